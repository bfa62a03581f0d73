/** How a place is watched. `never` is not `blind`: there nothing has ever told anything, here it has stopped. */
export const BLIND_STATES = ['blind', 'thin', 'never', 'watched'] as const;
export type BlindState = (typeof BLIND_STATES)[number];

/**
 * What a point that should watch does now. `watching`: its newest value stands for the present and is believed; `silent`: longer
 * quiet than its rhythm allows; `doubtful`: its newest value is suspect; `faulty`: it or its device has an open fault;
 * `serviced`: in a window of service; `replaying`: it tells a recording, not the present; `unheard`: it never told anything.
 */
export const POINT_CONDITIONS = [
  'silent',
  'doubtful',
  'faulty',
  'serviced',
  'replaying',
  'unheard',
  'watching',
] as const;
export type PointCondition = (typeof POINT_CONDITIONS)[number];

/** Points in one condition. Moments are epoch ms. */
export interface ConditionCount {
  readonly count: number;
  /** When the last of them stopped watching; null for those that watch and those that never did. */
  readonly at: number | null;
  /** When the last window of service ends. */
  readonly until?: number;
}

export interface ElementWatch {
  readonly element: string;
  readonly points: Readonly<Partial<Record<PointCondition, ConditionCount>>>;
}

/** What there is of a scenario in a place, and what of it watches. */
export interface PlaceWatch {
  readonly elements: readonly ElementWatch[];
  readonly objects: number;
  /** Objects with a point that watches. */
  readonly watchedObjects: number;
  /** Objects without any point. */
  readonly bareObjects: number;
}

export interface BlindSpot {
  readonly state: BlindState;
  /** Since when (epoch ms); null where it is watched, or never was. */
  readonly since: number | null;
}

/** Less than this share of the points, or of the objects, is thin (约定值). */
const THIN_SHARE = 0.5;

/** Whether a place is watched now, and since when not. */
export function blindSpotOf(watch: PlaceWatch): BlindSpot {
  const { elements, objects, watchedObjects } = watch;
  const points = pointsOf(watch);
  const heard = points - countOf(watch, 'unheard');
  if (heard === 0) return { state: 'never', since: null };
  const watching = countOf(watch, 'watching');
  if (watching === 0) return { state: 'blind', since: stoppedAt(elements) };
  const isThin =
    watching < THIN_SHARE * points ||
    watchedObjects < THIN_SHARE * objects ||
    elements.some((one) => isLost(one) && one.points.unheard?.count !== totalOf(one));
  return isThin ? { state: 'thin', since: stoppedAt(elements) } : { state: 'watched', since: null };
}

export function pointsOf({ elements }: PlaceWatch): number {
  return elements.reduce((all, one) => all + totalOf(one), 0);
}

export function countOf({ elements }: PlaceWatch, condition: PointCondition): number {
  return elements.reduce((all, { points }) => all + (points[condition]?.count ?? 0), 0);
}

/** When the last window of service there ends (epoch ms); null where nothing is being serviced. */
export function servicedUntil({ elements }: PlaceWatch): number | null {
  const ends = elements.flatMap(({ points }) => points.serviced?.until ?? []);
  return ends.length === 0 ? null : Math.max(...ends);
}

/** Places together: a town of its villages. */
export function mergeWatches(watches: readonly PlaceWatch[]): PlaceWatch {
  const elements = new Map<string, ElementWatch>();
  for (const one of watches.flatMap((watch) => watch.elements)) {
    const held = elements.get(one.element);
    elements.set(one.element, held ? mergeElements(held, one) : one);
  }
  const sum = (of: 'objects' | 'watchedObjects' | 'bareObjects'): number =>
    watches.reduce((all, watch) => all + watch[of], 0);
  return {
    elements: [...elements.values()].toSorted((a, b) => (a.element < b.element ? -1 : 1)),
    objects: sum('objects'),
    watchedObjects: sum('watchedObjects'),
    bareObjects: sum('bareObjects'),
  };
}

function mergeElements(one: ElementWatch, other: ElementWatch): ElementWatch {
  const points: Partial<Record<PointCondition, ConditionCount>> = { ...one.points };
  for (const condition of POINT_CONDITIONS) {
    const [a, b] = [one.points[condition], other.points[condition]];
    if (a && b) points[condition] = mergeCounts(a, b);
    else if (b) points[condition] = b;
  }
  return { element: one.element, points };
}

function mergeCounts(a: ConditionCount, b: ConditionCount): ConditionCount {
  const until = later(a.until ?? null, b.until ?? null);
  return {
    count: a.count + b.count,
    at: later(a.at, b.at),
    ...(until === null ? {} : { until }),
  };
}

function later(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

/** Points of an element that should watch. */
export function totalOf({ points }: ElementWatch): number {
  return POINT_CONDITIONS.reduce((all, condition) => all + (points[condition]?.count ?? 0), 0);
}

/** None of an element's points watches. */
export function isLost({ points }: ElementWatch): boolean {
  return (points.watching?.count ?? 0) === 0;
}

function stoppedAt(elements: readonly ElementWatch[]): number | null {
  const moments = elements.flatMap(({ points }) =>
    POINT_CONDITIONS.flatMap((condition) => points[condition]?.at ?? []),
  );
  return moments.length === 0 ? null : Math.max(...moments);
}
