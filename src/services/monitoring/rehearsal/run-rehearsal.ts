import type { Sign, StandardFile } from '#model/standard';

import { ahead } from './ahead.ts';
import { JudgedObjects, type PastDay, type RehearsedChange, type RehearsedPoint } from './judged-objects.ts';
import type { PointReadings } from './walk-readings.ts';
import { type KnownCase, WarningTally } from './warning-tally.ts';

/** A stretch of the past: what each point said in it, by the point's number, and where it ends (epoch ms). */
interface HistoryWindow {
  readonly to: number;
  readonly readings: ReadonlyMap<number, PointReadings>;
}

/** Reads the past of some points, window after window; those without a reading may be left out. */
export type ReadHistory = (
  points: readonly number[],
  from: number,
  to: number,
) => AsyncIterable<HistoryWindow>;

export interface NumberedPoint extends RehearsedPoint {
  /** Of its row. */
  readonly id: number;
}

/** What is to be rehearsed: `draft` beside the version in force, over [from, to) (epoch ms). */
export interface RehearsalPlan {
  readonly draft: StandardFile;
  readonly current: StandardFile;
  readonly points: readonly NumberedPoint[];
  /** Days of fire weather by the point's number, oldest first. */
  readonly days: ReadonlyMap<number, readonly PastDay[]>;
  readonly cases: readonly KnownCase[];
  readonly from: number;
  readonly to: number;
}

/** How far a rehearsal has come. */
export interface SeenSoFar {
  readonly readings: number;
  /** 0 to 1. */
  readonly done: number;
}

/** One of the two standards, rehearsed. */
export interface RehearsedSide {
  readonly tally: WarningTally;
  readonly conditions: number;
  readonly switchedOff: ReadonlyMap<string, number>;
}

export interface Rehearsed {
  readonly readings: number;
  /** Time spent judging, without reading from the disk (ms). */
  readonly judgedMs: number;
  readonly draft: RehearsedSide;
  readonly current: RehearsedSide;
}

/** Watching a rehearsal, and ending it. */
export interface RehearsalWatch {
  /** Epoch ms, to measure with. */
  readonly now: () => number;
  readonly progress: (seen: SeenSoFar) => void;
  readonly signal: AbortSignal;
}

/** So many points are walked at once: what they say in ten days fits the memory, and what is not packed yet is searched seldom. */
const POINTS_AT_ONCE = 256;

/**
 * Runs a draft and the version in force over the same past. Signs that are alike in both are judged once. Object after object, so
 * that the memory it takes does not grow with their number. Throws the signal's reason when it is called off.
 */
export async function runRehearsal(
  plan: RehearsalPlan,
  read: ReadHistory,
  { now, progress, signal }: RehearsalWatch,
): Promise<Rehearsed> {
  const { from, to, cases } = plan;
  const signs = splitSigns(plan);
  const [both, draft, current] = [signs.both, signs.draft, signs.current].map((own) => new Part(own));
  if (!both || !draft || !current) throw new Error('a rehearsal has three parts');
  const tallies = { draft: new WarningTally(cases), current: new WarningTally(cases) };
  const watched = new Set([...plan.draft.signs, ...plan.current.signs].map(({ element }) => element));
  const batches = batchesOf(plan.points.filter(({ element }) => watched.has(element)));
  let readings = 0;
  let judgedMs = 0;
  for (const [n, points] of batches.entries()) {
    const numbers = new Map(points.map(({ id }, place) => [id, place]));
    for (const part of [both, draft, current]) part.begin(points);
    let since = Number.NEGATIVE_INFINITY;
    const judge = (placed: ReadonlyMap<number, PointReadings>, until: number): void => {
      const begun = now();
      const days = daysWithin(plan.days, numbers, { since, until });
      const shared = both.judge(placed, days, until);
      tallies.draft.take(together(shared, draft.judge(placed, days, until)));
      tallies.current.take(together(shared, current.judge(placed, days, until)));
      judgedMs += now() - begun;
      since = until;
    };
    for await (const window of ahead(read([...numbers.keys()], from, to))) {
      signal.throwIfAborted();
      const placed = new Map<number, PointReadings>();
      for (const [id, columns] of window.readings) {
        readings += columns.length;
        placed.set(numbers.get(id) ?? -1, columns);
      }
      judge(placed, window.to);
      progress({ readings, done: (n + (window.to - from) / (to - from)) / batches.length });
    }
    signal.throwIfAborted();
    judge(new Map(), to);
    for (const tally of Object.values(tallies)) tally.finish(to);
  }
  return {
    readings,
    judgedMs,
    draft: sideOf(tallies.draft, both, draft),
    current: sideOf(tallies.current, both, current),
  };
}

/** Some signs on their way through the past. */
class Part {
  readonly #signs: readonly Sign[];
  #objects: JudgedObjects | undefined;
  conditions = 0;
  readonly switchedOff = new Map<string, number>();

  constructor(signs: readonly Sign[]) {
    this.#signs = signs;
  }

  begin(points: readonly RehearsedPoint[]): void {
    this.#objects = new JudgedObjects(this.#signs, points);
    this.conditions += this.#objects.conditions;
    for (const [sign, n] of this.#objects.switchedOff)
      this.switchedOff.set(sign, (this.switchedOff.get(sign) ?? 0) + n);
  }

  judge(
    readings: ReadonlyMap<number, PointReadings>,
    days: ReadonlyMap<number, readonly PastDay[]>,
    until: number,
  ): readonly RehearsedChange[] {
    return this.#objects?.judge(readings, days, until) ?? [];
  }
}

/** Days of a stretch of time by the point's place. */
function daysWithin(
  all: RehearsalPlan['days'],
  numbers: ReadonlyMap<number, number>,
  { since, until }: { readonly since: number; readonly until: number },
): ReadonlyMap<number, readonly PastDay[]> {
  const found = new Map<number, readonly PastDay[]>();
  if (all.size === 0) return found;
  for (const [id, place] of numbers) {
    const days = all.get(id)?.filter(({ noon }) => noon >= since && noon < until);
    if (days && days.length > 0) found.set(place, days);
  }
  return found;
}

function sideOf(tally: WarningTally, both: Part, own: Part): RehearsedSide {
  return {
    tally,
    conditions: both.conditions + own.conditions,
    switchedOff: new Map([...both.switchedOff, ...own.switchedOff]),
  };
}

/** Signs that the two standards write alike, and those that only one has, or has otherwise. */
function splitSigns({ draft, current }: Pick<RehearsalPlan, 'draft' | 'current'>): {
  readonly both: readonly Sign[];
  readonly draft: readonly Sign[];
  readonly current: readonly Sign[];
} {
  const written = (sign: Sign): string => JSON.stringify(sign);
  const ofDraft = new Set(draft.signs.map(written));
  const ofCurrent = new Set(current.signs.map(written));
  return {
    both: draft.signs.filter((sign) => ofCurrent.has(written(sign))),
    draft: draft.signs.filter((sign) => !ofCurrent.has(written(sign))),
    current: current.signs.filter((sign) => !ofDraft.has(written(sign))),
  };
}

/** Changes of both kinds of signs in the order of their moments; a condition's number says which kind it is of. */
function together(
  shared: readonly RehearsedChange[],
  own: readonly RehearsedChange[],
): readonly RehearsedChange[] {
  if (own.length === 0) return shared;
  return [...shared, ...own.map((change) => ({ ...change, binding: -1 - change.binding }))].toSorted(
    (a, b) => a.at - b.at,
  );
}

/** Points of one object stay together. */
function batchesOf(points: readonly NumberedPoint[]): readonly (readonly NumberedPoint[])[] {
  const batches: NumberedPoint[][] = [];
  for (const object of Map.groupBy(points, ({ objectId }) => objectId).values()) {
    const last = batches.at(-1);
    if (last && last.length + object.length <= POINTS_AT_ONCE) last.push(...object);
    else batches.push([...object]);
  }
  return batches;
}
