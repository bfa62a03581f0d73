/** How many came through, and how many were refused with a reason. */
export interface FuzzTally {
  frames: number;
  refused: number;
}

/** 0 up to, but not, 1; the same for the same seed. */
export type Random = () => number;

/** Throws with the promise that does not hold. */
export type Fuzz = (rounds: number, random: Random) => FuzzTally;

export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

export function pick<T>(random: Random, from: readonly [T, ...T[]]): T {
  return from[below(random, from.length)] ?? from[0];
}

/** Whatever was found stands in the message, cut to what one can read. */
export function check(holds: boolean, promise: string, given: unknown): void {
  if (holds) return;
  const text = given instanceof Uint8Array ? Buffer.from(given).toString('hex') : String(given);
  throw new Error(`不成立：${promise}。输入：${text.slice(0, 2000)}`);
}

/** Rounds played with one seed: what a stretch finds is found again at once with its seed. */
export const STRETCH = 100;
