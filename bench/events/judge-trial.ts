import { detect, detectTogether, newDetectorMemory, newJointMemory } from '#detection';

/** Rows of something that happened; the last one is inside. */
export type Span = readonly [from: number, to: number];

/** A recording in which it is known when something happened. */
export interface Trial {
  /** Epoch ms of each row. */
  readonly at: Float64Array;
  /** What each instrument read; NaN where it read nothing. */
  readonly instruments: readonly Float64Array[];
  readonly events: readonly Span[];
  /** Rows in which the detectors only learn. */
  readonly learning: number;
}

export interface Verdict {
  /** Events that begin after the learning. */
  readonly events: number;
  readonly found: number;
  /** How many of them as many alarms at random moments would have found. */
  readonly byChance: number;
  /** How long each of those events lasted, in days, times the watchers. */
  readonly exposures: readonly number[];
  /** From the beginning of each found event to its first alarm, ms. */
  readonly delays: readonly number[];
  readonly falseAlarms: number;
  /** Days outside events, counted for each watcher: an instrument, or the object as a whole. */
  readonly watchedDays: number;
  /** The same, counted once. */
  readonly days: number;
}

/** Who watches a trial: gives the rows at which each watcher tells something of at least this rarity, learning or not. */
export type Watch = (trial: Trial, rarest: number) => readonly (readonly number[])[];

/** One detector for each instrument. */
export const ALONE: Watch = ({ at, instruments }, rarest) =>
  instruments.map((instrument) => {
    const memory = newDetectorMemory();
    return rowsOf(instrument, (value, row) => detect(memory, at[row] ?? 0, value) >= rarest);
  });

/** One detector for all instruments; one that reads nothing stands where it stood. */
export const TOGETHER: Watch = ({ at, instruments }, rarest) => {
  const memory = newJointMemory(instruments.length);
  const newest = new Float64Array(instruments.length).fill(Number.NaN);
  const told = (_: number, row: number): boolean => {
    instruments.forEach((instrument, i) => {
      const value = instrument[row] ?? Number.NaN;
      if (!Number.isNaN(value)) newest[i] = value;
    });
    return detectTogether(memory, newest) >= rarest;
  };
  return [rowsOf(at, told)];
};

function rowsOf(column: Float64Array, is: (value: number, row: number) => boolean): readonly number[] {
  const rows: number[] = [];
  column.forEach((value, row) => {
    if (is(value, row)) rows.push(row);
  });
  return rows;
}

const DAY_MS = 86_400_000;
/** A gap in a recording is no time in which anything could have been told. */
const LONGEST_STEP_MS = 3_600_000;

/**
 * Watches a trial. An event is found by an alarm of any watcher while it lasts. An alarm elsewhere is false, but for those in the
 * aftermath of an event: as long as the event itself, the return is part of it.
 */
export function judgeTrial(trial: Trial, rarest: number, watch: Watch = ALONE): Verdict {
  const where = placesOf(trial);
  const first = new Map<number, number>();
  let falseAlarms = 0;
  const watchers = watch(trial, rarest);
  for (const row of watchers.flat()) {
    if (row < trial.learning) continue;
    const place = where[row] ?? OUTSIDE;
    if (place === OUTSIDE) falseAlarms += 1;
    else if (place >= 0) first.set(place, Math.min(row, first.get(place) ?? row));
  }
  const judged = trial.events.filter(([from]) => from >= trial.learning);
  const days = daysOutside(trial, where);
  const length = ([from, to]: Span): number => ((trial.at[to] ?? 0) - (trial.at[from] ?? 0)) / DAY_MS;
  return withChance({
    events: judged.length,
    found: first.size,
    exposures: judged.map((event) => length(event) * watchers.length),
    delays: [...first].map(
      ([event, row]) => (trial.at[row] ?? 0) - (trial.at[trial.events[event]?.[0] ?? 0] ?? 0),
    ),
    falseAlarms,
    watchedDays: days * watchers.length,
    days,
  });
}

function withChance(verdict: Omit<Verdict, 'byChance'>): Verdict {
  const { falseAlarms, watchedDays, exposures } = verdict;
  const rate = watchedDays > 0 ? falseAlarms / watchedDays : 0;
  return { ...verdict, byChance: exposures.reduce((sum, days) => sum + 1 - Math.exp(-rate * days), 0) };
}

/** Verdicts of several trials as one. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const sum = (figure: (verdict: Verdict) => number): number =>
    verdicts.reduce((total, verdict) => total + figure(verdict), 0);
  return withChance({
    events: sum(({ events }) => events),
    found: sum(({ found }) => found),
    exposures: verdicts.flatMap(({ exposures }) => exposures),
    delays: verdicts.flatMap(({ delays }) => delays),
    falseAlarms: sum(({ falseAlarms }) => falseAlarms),
    watchedDays: sum(({ watchedDays }) => watchedDays),
    days: sum(({ days }) => days),
  });
}

const OUTSIDE = -1;
/** Aftermath, learning, and events that began while it lasted: neither found nor false. */
const UNJUDGED = -2;

/** For each row the number of its event, or {@link OUTSIDE}, or {@link UNJUDGED}. */
function placesOf({ at, events, learning }: Trial): Int32Array {
  const where = new Int32Array(at.length).fill(OUTSIDE);
  for (const [from, to] of events) where.fill(UNJUDGED, to + 1, to + 1 + (to + 1 - from));
  events.forEach(([from, to], event) => where.fill(from >= learning ? event : UNJUDGED, from, to + 1));
  where.fill(UNJUDGED, 0, learning);
  return where;
}

function daysOutside({ at }: Trial, where: Int32Array): number {
  let ms = 0;
  for (let row = 1; row < at.length; row += 1) {
    if (where[row] !== OUTSIDE) continue;
    ms += Math.min(LONGEST_STEP_MS, Math.max(0, (at[row] ?? 0) - (at[row - 1] ?? 0)));
  }
  return ms / DAY_MS;
}
