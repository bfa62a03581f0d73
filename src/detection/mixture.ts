import { HORIZON, newestShare } from './running.ts';

/** Edges between kinds of readings, in mean deviations from the mean: each about three times as far out as the last. */
const EDGES = [-8, -3, -1.2, -0.4, 0.4, 1.2, 3, 8] as const;
const KINDS = EDGES.length + 1;
/** The long memory of a mixture reaches twenty times as far as the short one. */
const LONG = 20;
/** A kind that is rarer than one in fifty counts as that: one reading alone says nothing of a mixture. */
const RARE = 0.02;
/** Beyond the outermost edge no distance moves the mean any further. */
const CLIP = 8;

export const PLACE_SLOTS = 2;
export const mixtureSlots = (): number => 2 * KINDS;

/** Which kind of reading this is by its place among all: 0 far below … {@link KINDS} − 1 far above. Then learns it. */
export function kindOf(memory: Float32Array, slot: number, count: number, value: number): number {
  const mean = count === 1 ? value : (memory[slot] ?? 0);
  const deviation = memory[slot + 1] ?? 0;
  const share = newestShare(count, HORIZON);
  const apart = value - mean;
  if (deviation > 0) {
    const most = CLIP * deviation;
    memory[slot] = mean + share * Math.max(-most, Math.min(most, apart));
    memory[slot + 1] = deviation + share * (Math.min(most, Math.abs(apart)) - deviation);
  } else {
    memory[slot] = mean + share * apart;
    memory[slot + 1] = share * Math.abs(apart);
  }
  const place = deviation > 0 ? apart / deviation : 0;
  let kind = 0;
  while (kind < EDGES.length && place > (EDGES[kind] ?? 0)) kind += 1;
  return kind;
}

/** What a mixture is told: how many readings there were, which kind the newest is, and how many the short memory holds. */
export interface MixtureStep {
  readonly count: number;
  readonly kind: number;
  readonly short: number;
}

/**
 * How differently the kinds of readings are mixed of late than before (chi-square): more spikes than usual, fewer, a
 * level that comes more often, a point that has two states and stays in one. NaN until the short memory is full.
 */
export function mixtureDistance(memory: Float32Array, slot: number, step: MixtureStep): number {
  const newest = newestShare(step.count, step.short);
  const inLong = newestShare(step.count, step.short * LONG);
  let sum = 0;
  for (let i = 0; i < KINDS; i += 1) {
    const hit = i === step.kind ? 1 : 0;
    const was = memory[slot + i] ?? 0;
    const usual = memory[slot + KINDS + i] ?? 0;
    const now = was + newest * (hit - was);
    const long = usual + inLong * (hit - usual);
    memory[slot + i] = now;
    memory[slot + KINDS + i] = long;
    sum += ((now - long) * (now - long)) / (long + RARE);
  }
  return step.count > step.short ? sum : Number.NaN;
}
