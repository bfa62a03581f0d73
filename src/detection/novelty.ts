export const NOVELTY_SLOTS = 1;

/** What is told must exceed what was told last by two fifths, as far as that is not forgotten. */
const RATIO = 1.4;
/** The last news fades over 300 readings (a day of five-minute ones), and over more the longer a point is known. */
const FADE = 300;
const FADE_GROWTH = 0.06;

/**
 * An anomaly is told once: `rarity` where it is news beside what was told last, else 0. While nothing is told, what was
 * told fades.
 */
export function novelty(memory: Float32Array, slot: number, count: number, rarity: number): number {
  const told = memory[slot] ?? 0;
  const news = rarity > told * RATIO;
  memory[slot] = news ? rarity : told * (1 - 1 / (FADE + FADE_GROWTH * count));
  return news ? rarity : 0;
}
