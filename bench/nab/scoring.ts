/** What alarms are worth under one of NAB's application profiles (Lavin & Ahmad 2015, config/profiles.json). */
export interface Profile {
  readonly name: 'standard' | 'reward_low_FP_rate' | 'reward_low_FN_rate';
  readonly found: number;
  readonly missed: number;
  readonly false: number;
}

export const PROFILES: readonly Profile[] = [
  { name: 'standard', found: 1, missed: 1, false: 0.11 },
  { name: 'reward_low_FP_rate', found: 1, missed: 1, false: 0.22 },
  { name: 'reward_low_FN_rate', found: 1, missed: 2, false: 0.11 },
];

/** First and last row of a labelled anomaly; the last row is inside. */
export type Window = readonly [left: number, right: number];

/** A file with the detector's score (0…1) of each row. */
export interface ScoredFile {
  readonly scores: ArrayLike<number>;
  readonly windows: readonly Window[];
  /** Rows at the beginning that take no part; {@link probationOf} of a whole file. */
  readonly probation: number;
}

/** Every row that counts, from the highest score to the lowest. */
export interface Ranking {
  /** Rounded to twelve digits, as NAB does. */
  readonly score: Float64Array;
  /** Of a hit: its worth, 1 at the left edge of a window to nearly 0 at the right. Of a false alarm: −1 … 0. */
  readonly worth: Float64Array;
  /** Number of its window over all files; −1 outside. */
  readonly window: Int32Array;
  readonly windows: number;
}

/** Above every score: nothing is an alarm. */
export const SILENT = 1.1;
const DIGITS = 1e12;
const PROBATION = 0.15;
const LONGEST_PROBATION = 750;

/** How many rows at the beginning of a file take no part. */
export const probationOf = (rows: number): number =>
  Math.min(Math.floor(PROBATION * rows), LONGEST_PROBATION);

/** NAB's scaled sigmoid: near 1 far before the right edge of a window, 0 at it, −1 far behind. */
export const sigmoid = (x: number): number => (x > 3 ? -1 : 2 / (1 + Math.exp(5 * x)) - 1);

/** Ranks the rows of a corpus. */
export function rank(files: readonly ScoredFile[]): Ranking {
  const rows: { score: number; worth: number; window: number }[] = [];
  let windows = 0;
  for (const file of files) {
    for (let i = file.probation; i < file.scores.length; i += 1) {
      const score = Math.round((file.scores[i] ?? 0) * DIGITS) / DIGITS;
      const inside = file.windows.findIndex(([left, right]) => i >= left && i <= right);
      rows.push({
        score,
        worth: worthOf(i, file.windows, file.windows[inside]),
        window: inside < 0 ? -1 : windows + inside,
      });
    }
    windows += file.windows.length;
  }
  rows.sort((a, b) => b.score - a.score);
  return {
    score: Float64Array.from(rows, (row) => row.score),
    worth: Float64Array.from(rows, (row) => row.worth),
    window: Int32Array.from(rows, (row) => row.window),
    windows,
  };
}

function worthOf(row: number, windows: readonly Window[], inside: Window | undefined): number {
  if (inside) {
    const [left, right] = inside;
    return sigmoid(-(right - row + 1) / (right - left + 1)) / sigmoid(-1);
  }
  const ended = windows.filter(([, right]) => right < row);
  if (ended.length === 0) return -1;
  const [left, right] = ended.reduce((last, next) => (next[1] > last[1] ? next : last));
  return sigmoid(Math.abs(row - right) / (right - left));
}

export interface Tally {
  readonly raw: number;
  readonly found: number;
  readonly falseAlarms: number;
}

/** What alarms at and above a threshold come to. */
export function tally(ranking: Ranking, profile: Profile, threshold: number): Tally {
  const sweep = new Sweep(ranking, profile);
  while (sweep.next() >= threshold) sweep.take();
  return sweep.tally();
}

/** The threshold under which the raw score is highest; of equally good ones the highest. */
export function bestThreshold(ranking: Ranking, profile: Profile): number {
  const sweep = new Sweep(ranking, profile);
  let best = SILENT;
  let highest = sweep.tally().raw;
  for (let at = sweep.next(); at > Number.NEGATIVE_INFINITY; at = sweep.next()) {
    sweep.take();
    const { raw } = sweep.tally();
    if (raw <= highest) continue;
    highest = raw;
    best = at;
  }
  return best;
}

/** 0 for a detector that says nothing, 100 for one that finds every window at once without a false alarm. */
export function normalised(raw: number, windows: number, profile: Profile): number {
  const silent = -profile.missed * windows;
  return (100 * (raw - silent)) / (profile.found * windows - silent);
}

/** Walks down a ranking, all rows of a score at a time. */
class Sweep {
  readonly #ranking: Ranking;
  readonly #profile: Profile;
  /** The best worth taken so far in each window; NaN while it is missed. */
  readonly #best: Float64Array;
  #row = 0;
  #raw: number;
  #found = 0;
  #falseAlarms = 0;

  constructor(ranking: Ranking, profile: Profile) {
    this.#ranking = ranking;
    this.#profile = profile;
    this.#best = new Float64Array(ranking.windows).fill(Number.NaN);
    this.#raw = -profile.missed * ranking.windows;
  }

  /** The next lower score; −∞ at the end. */
  next(): number {
    return this.#ranking.score[this.#row] ?? Number.NEGATIVE_INFINITY;
  }

  take(): void {
    const score = this.next();
    for (; this.next() === score; this.#row += 1) {
      const worth = this.#ranking.worth[this.#row] ?? 0;
      const window = this.#ranking.window[this.#row] ?? -1;
      if (window < 0) {
        this.#falseAlarms += 1;
        this.#raw += this.#profile.false * worth;
      } else this.#hit(window, worth);
    }
  }

  #hit(window: number, worth: number): void {
    const before = this.#best[window] ?? Number.NaN;
    if (before >= worth) return;
    const missed = Number.isNaN(before);
    this.#raw +=
      this.#profile.found * worth + (missed ? this.#profile.missed : -this.#profile.found * before);
    this.#best[window] = worth;
    if (missed) this.#found += 1;
  }

  tally(): Tally {
    return { raw: this.#raw, found: this.#found, falseAlarms: this.#falseAlarms };
  }
}
