const BINS = 48;
const DAY_MS = 86_400_000;
const BIN_MS = DAY_MS / BINS;
/** Beijing is eight hours ahead of the epoch's midnight. */
const OFFSET_MS = 8 * 3_600_000;

/** A new day's half hour weighs a quarter: about a week is remembered, a changed timetable is learnt in days. */
const NEW_DAY = 0.25;
/** What lies outside is smoothed over 24 readings: what a rhythm lacks for two hours counts, one odd reading does not. */
const SMOOTHING = 24;

const PRESENT = BINS;
const MEAN = BINS + 1;
const COUNT = BINS + 2;
const RESIDUAL = BINS + 3;
export const RHYTHM_SLOTS = BINS + 4;

export function beginRhythm(memory: Float32Array, base: number): void {
  memory.fill(Number.NaN, base, base + BINS);
  memory[base + PRESENT] = Number.NaN;
}

/**
 * How far a reading lies above (+) or below (−) what is usual at this time of the day: the band that the half hour (of
 * Beijing time) and those beside it span, for a rhythm may come a little early or late. NaN for times of which no earlier
 * day told anything. Then learns the reading.
 */
export function outsideRhythm(memory: Float32Array, base: number, at: number, value: number): number {
  const bin = binOf(at);
  if (memory[base + PRESENT] !== bin) turnTo(memory, base, bin);
  const count = (memory[base + COUNT] ?? 0) + 1;
  const mean = memory[base + MEAN] ?? 0;
  memory[base + COUNT] = count;
  memory[base + MEAN] = mean + (value - mean) / count;
  return outsideBand(memory, base, bin, value);
}

/** How far the last readings stand outside the rhythm together; `outside` is the newest, NaN tells nothing. */
export function rhythmDistance(memory: Float32Array, base: number, outside: number): number {
  if (Number.isNaN(outside)) return Number.NaN;
  const residual = memory[base + RESIDUAL] ?? 0;
  const smoothed = residual + (outside - residual) / SMOOTHING;
  memory[base + RESIDUAL] = smoothed;
  return Math.abs(smoothed);
}

function binOf(at: number): number {
  const ofDay = (((at + OFFSET_MS) % DAY_MS) + DAY_MS) % DAY_MS;
  return Math.floor(ofDay / BIN_MS);
}

/** Another half hour begins: what the last one told goes into the profile of the days. */
function turnTo(memory: Float32Array, base: number, bin: number): void {
  const left = memory[base + PRESENT] ?? Number.NaN;
  if (!Number.isNaN(left)) {
    const told = memory[base + MEAN] ?? 0;
    const usual = memory[base + left] ?? Number.NaN;
    memory[base + left] = Number.isNaN(usual) ? told : usual + NEW_DAY * (told - usual);
  }
  memory[base + PRESENT] = bin;
  memory[base + MEAN] = 0;
  memory[base + COUNT] = 0;
}

function outsideBand(memory: Float32Array, base: number, bin: number, value: number): number {
  const here = memory[base + bin] ?? Number.NaN;
  const before = known(memory[base + ((bin + BINS - 1) % BINS)], here);
  const after = known(memory[base + ((bin + 1) % BINS)], here);
  const low = Math.min(here, before, after);
  const high = Math.max(here, before, after);
  if (value > high) return value - high;
  if (value < low) return value - low;
  return Number.isNaN(here) ? Number.NaN : 0;
}

const known = (usual: number | undefined, otherwise: number): number =>
  usual === undefined || Number.isNaN(usual) ? otherwise : usual;
