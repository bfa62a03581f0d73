import { HORIZON, newestShare } from './running.ts';

/** Numbers kept per distance. */
export const RARITY_SLOTS = 5;

const COUNT = 0;
const SCALE = 1;
const RECENT = 2;
const RATE = 3;
const OPEN = 4;

/**
 * What lies far out counts as twice an event at most when the scale is learnt: it must not hide the next one, and a new
 * normal must become one within days.
 */
const CLIP = 2;
/** The scale of the last 400 readings, at two fifths: where a point has been restless lately, more is needed. */
const LATELY = 400;
const LATELY_SHARE = 0.4;
/** Ten readings without any end an event; the readings of one event are counted once. */
const CALM = 10;
/** Before anything was seen: one event in the horizon. */
const FEWEST = 1 / HORIZON;
/** Tails are taken as of power two, which is heavy: few instruments do worse, and nothing seems impossible. */
const TAIL = 2;
/** Rarer than once in a million readings says no more. */
const RAREST = 6;

/** What a part hears of one reading. */
export interface Distance {
  readonly distance: number;
  /** What is left of it when what is known of the time of day has explained its share; the scale is learnt from the whole. */
  readonly unexplained: number;
  /** It is an event beyond so many times its mean. */
  readonly event: number;
}

/**
 * How rarely a distance like this one comes, in decades of its return period: 3 is once in a thousand readings, 0 is
 * ordinary. Judged against the distance's own past only: its mean (the scale), how often it was an event (the rate), and a
 * heavy tail from there on. Then learns it.
 */
export function rarityOf(memory: Float32Array, base: number, heard: Distance): number {
  const count = Math.min((memory[base + COUNT] ?? 0) + 1, HORIZON);
  memory[base + COUNT] = count;
  const scale = scaleOf(memory, base, count);
  learnScale(memory, base, count, heard);
  const event = heard.event * scale;
  if (heard.unexplained <= event || count === 1) {
    learnRate(memory, base, count, false);
    return 0;
  }
  const rate = memory[base + RATE] ?? 0;
  learnRate(memory, base, count, true);
  // Where nothing had ever moved, all that is known is for how many readings.
  if (event === 0) return Math.log10(count);
  return Math.min(RAREST, TAIL * Math.log10(heard.unexplained / event) - Math.log10(rate));
}

function scaleOf(memory: Float32Array, base: number, count: number): number {
  return count === 1 ? 0 : Math.max(memory[base + SCALE] ?? 0, LATELY_SHARE * (memory[base + RECENT] ?? 0));
}

function learnScale(memory: Float32Array, base: number, count: number, { distance, event }: Distance): void {
  const scale = memory[base + SCALE] ?? 0;
  const recent = memory[base + RECENT] ?? 0;
  const clipped = scale > 0 ? Math.min(distance, CLIP * event * scale) : distance;
  memory[base + SCALE] = scale + newestShare(count, HORIZON) * (clipped - scale);
  memory[base + RECENT] = recent + newestShare(count, LATELY) * (clipped - recent);
}

function learnRate(memory: Float32Array, base: number, count: number, event: boolean): void {
  const open = memory[base + OPEN] ?? 0;
  const share = newestShare(count, HORIZON);
  const begins = event && open === 0 ? share : 0;
  memory[base + OPEN] = event ? CALM : Math.max(0, open - 1);
  memory[base + RATE] = Math.max(FEWEST, ((memory[base + RATE] ?? 0) + begins) * (1 - share));
}
