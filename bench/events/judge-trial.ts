import { detect, newDetectorMemory } from '#detection';

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
  /** From the beginning of each found event to its first alarm, ms. */
  readonly delays: readonly number[];
  readonly falseAlarms: number;
  /** Days outside events, counted for each instrument. */
  readonly pointDays: number;
}

const DAY_MS = 86_400_000;
/** A gap in a recording is no time in which anything could have been told. */
const LONGEST_STEP_MS = 3_600_000;

/**
 * Runs one detector for each instrument over a trial. An event is found by an alarm of any of them while it lasts. An alarm
 * elsewhere is false, but for those in the aftermath of an event: as long as the event itself, the return is part of it.
 */
export function judgeTrial(trial: Trial, rarest: number): Verdict {
  const where = placesOf(trial);
  const first = new Map<number, number>();
  let falseAlarms = 0;
  for (const instrument of trial.instruments)
    for (const row of alarmsOf(trial, instrument, rarest)) {
      const place = where[row] ?? OUTSIDE;
      if (place === OUTSIDE) falseAlarms += 1;
      else if (place >= 0) first.set(place, Math.min(row, first.get(place) ?? row));
    }
  const judged = trial.events.filter(([from]) => from >= trial.learning);
  const pointDays = daysOutside(trial, where) * trial.instruments.length;
  const length = ([from, to]: Span): number => ((trial.at[to] ?? 0) - (trial.at[from] ?? 0)) / DAY_MS;
  const rate = pointDays > 0 ? falseAlarms / pointDays : 0;
  const expected = (event: Span): number => 1 - Math.exp(-rate * length(event) * trial.instruments.length);
  return {
    events: judged.length,
    found: first.size,
    byChance: judged.reduce((sum, event) => sum + expected(event), 0),
    delays: [...first].map(
      ([event, row]) => (trial.at[row] ?? 0) - (trial.at[trial.events[event]?.[0] ?? 0] ?? 0),
    ),
    falseAlarms,
    pointDays,
  };
}

/** Verdicts of several trials as one. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const sum = (figure: (verdict: Verdict) => number): number =>
    verdicts.reduce((total, verdict) => total + figure(verdict), 0);
  return {
    events: sum(({ events }) => events),
    found: sum(({ found }) => found),
    byChance: sum(({ byChance }) => byChance),
    delays: verdicts.flatMap(({ delays }) => delays),
    falseAlarms: sum(({ falseAlarms }) => falseAlarms),
    pointDays: sum(({ pointDays }) => pointDays),
  };
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

function alarmsOf({ at, learning }: Trial, instrument: Float64Array, rarest: number): number[] {
  const memory = newDetectorMemory();
  const alarms: number[] = [];
  instrument.forEach((value, row) => {
    if (detect(memory, at[row] ?? 0, value) >= rarest && row >= learning) alarms.push(row);
  });
  return alarms;
}

function daysOutside({ at }: Trial, where: Int32Array): number {
  let ms = 0;
  for (let row = 1; row < at.length; row += 1) {
    if (where[row] !== OUTSIDE) continue;
    ms += Math.min(LONGEST_STEP_MS, Math.max(0, (at[row] ?? 0) - (at[row - 1] ?? 0)));
  }
  return ms / DAY_MS;
}
