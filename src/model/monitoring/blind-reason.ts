import {
  blindSpotOf,
  countOf,
  type ConditionCount,
  type ElementWatch,
  isLost,
  type PlaceWatch,
  POINT_CONDITIONS,
  type PointCondition,
  pointsOf,
  totalOf,
} from './blind-spot.ts';

/** What a sentence needs besides the figures. */
export interface Telling {
  /** Epoch ms. */
  readonly now: number;
  /** The name of an element by its code. */
  readonly nameOf: (element: string) => string;
}

/** Why a place is (not) watched, in one plain sentence. */
export function blindReason(watch: PlaceWatch, telling: Telling): string {
  const points = pointsOf(watch);
  if (points === 0) return watch.objects === 0 ? '未布设监测点' : `${watch.objects} 个对象，没有一个监测点`;
  if (blindSpotOf(watch).state === 'watched') return wellText(watch, points);
  const lacking = watch.elements.filter((one) => lostOf(one) > 0).toSorted(worseFirst);
  const [worst, ...others] = lacking;
  const parts = [
    worst ? [elementText(worst, telling)] : [],
    others.length > 0 ? [`另有 ${others.length} 类要素看不全`] : [],
    objectsText(watch),
  ].flat();
  return parts.join('；');
}

function wellText(watch: PlaceWatch, points: number): string {
  const watching = countOf(watch, 'watching');
  return watching === points ? `${points} 个监测点都在看` : `${points} 个监测点中 ${watching} 个在看`;
}

const lostOf = (one: ElementWatch): number => totalOf(one) - (one.points.watching?.count ?? 0);

/** Whole elements first, then by how many points; the code settles the rest, so that the sentence does not waver. */
function worseFirst(a: ElementWatch, b: ElementWatch): number {
  return Number(isLost(b)) - Number(isLost(a)) || lostOf(b) - lostOf(a) || (a.element < b.element ? -1 : 1);
}

/** “雨量”的 12 个监测点中 11 个已静默 40 分钟以上. */
function elementText(one: ElementWatch, { now, nameOf }: Telling): string {
  const total = totalOf(one);
  const lost = POINT_CONDITIONS.flatMap((condition) => {
    const held = condition === 'watching' ? undefined : one.points[condition];
    return held ? [{ condition, held }] : [];
  }).toSorted((a, b) => b.held.count - a.held.count);
  const [first] = lost;
  const head = `“${nameOf(one.element)}”的 ${total} 个监测点`;
  if (first && first.held.count === total)
    return `${head}${total === 1 ? '' : '都'}${conditionText(first.condition, first.held, now)}`;
  const texts = lost.map(({ condition, held }) => `${held.count} 个${conditionText(condition, held, now)}`);
  return `${head}中 ${texts.join('、')}`;
}

const CONDITION_TEXT: Readonly<Record<PointCondition, string>> = {
  silent: '已静默',
  doubtful: '存疑',
  faulty: '挂着没有修好的故障',
  serviced: '在检修标定',
  replaying: '在回放录制数据',
  unheard: '从未来数',
  watching: '在看',
};

function conditionText(condition: PointCondition, { at }: ConditionCount, now: number): string {
  const text = CONDITION_TEXT[condition];
  return condition === 'silent' && at !== null ? `${text} ${atLeast(now - at)}以上` : text;
}

function objectsText({ objects, watchedObjects, bareObjects }: PlaceWatch): readonly string[] {
  if (bareObjects > 0) return [`${bareObjects} 个对象没有监测点`];
  const unwatched = objects - watchedObjects;
  return unwatched > 0 && watchedObjects > 0 ? [`${objects} 个对象中 ${unwatched} 个没有在看的监测点`] : [];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A span rounded down: those of two units and more in the larger one. */
function atLeast(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.floor(ms / DAY_MS)} 天`;
  if (ms >= 2 * HOUR_MS) return `${Math.floor(ms / HOUR_MS)} 小时`;
  return `${Math.max(1, Math.floor(ms / MINUTE_MS))} 分钟`;
}
