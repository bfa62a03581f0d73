import { describe, expect, test } from 'vitest';

import {
  bestThreshold,
  normalised,
  probationOf,
  PROFILES,
  rank,
  type ScoredFile,
  sigmoid,
  SILENT,
  tally,
} from './scoring.ts';

const [standard, lowFalse, lowMissed] = PROFILES;
if (!standard || !lowFalse || !lowMissed) throw new Error('three profiles');

/** A hundred rows with one window of ten, 50…59, and these scores. */
function file(scores: Readonly<Record<number, number>>): ScoredFile {
  return {
    scores: Array.from({ length: 100 }, (_, row) => scores[row] ?? 0),
    windows: [[50, 59]],
    probation: probationOf(100),
  };
}

const AT_LEFT = 1;
/** S(−0.5) / S(−1) = 0.848283… / 0.986614… */
const AT_MIDDLE = 0.8482836 / 0.9866143;

describe('the worth of a row', () => {
  test('the sigmoid is NAB’s', () => {
    expect(sigmoid(-1)).toBeCloseTo(0.986_614_3, 7);
    expect(sigmoid(-0.5)).toBeCloseTo(0.848_283_6, 7);
    expect(sigmoid(0)).toBe(0);
    expect(sigmoid(3)).toBeCloseTo(-0.999_999_4, 7);
    expect(sigmoid(3.01)).toBe(-1);
  });

  test('the left edge of a window is worth 1, the middle 0.86, the right edge still counts', () => {
    const worth = (row: number): number => tally(rank([file({ [row]: 0.9 })]), standard, 0.5).raw;
    expect(worth(50)).toBeCloseTo(AT_LEFT, 7);
    expect(worth(55)).toBeCloseTo(AT_MIDDLE, 6);
    // x = −1/10: S = 2/(1 + e^−0.5) − 1 = 0.244919.
    expect(worth(59)).toBeCloseTo(0.244_918_7 / 0.986_614_3, 6);
  });

  test('a false alarm before any window costs its whole weight, soon after one hardly anything', () => {
    const raw = (row: number): number =>
      tally(rank([file({ 50: 0.9, [row]: 0.9 })]), standard, 0.5).raw - AT_LEFT;
    expect(raw(30)).toBeCloseTo(-0.11, 9);
    // One row behind, W − 1 = 9: S(1/9) = 2/(1 + e^0.5556) − 1 = −0.270843.
    expect(raw(60)).toBeCloseTo(-0.11 * 0.270_843, 6);
    expect(raw(99)).toBeCloseTo(-0.11, 6);
  });

  test('only the best hit of a window counts, and rows of the probation take no part', () => {
    expect(tally(rank([file({ 50: 0.6, 55: 0.9, 58: 0.9 })]), standard, 0.5).raw).toBeCloseTo(AT_LEFT, 7);
    expect(tally(rank([file({ 50: 0.6, 14: 0.9 })]), standard, 0.5)).toMatchObject({
      falseAlarms: 0,
      found: 1,
    });
    expect(tally(rank([file({ 50: 0.6, 15: 0.9 })]), standard, 0.5)).toMatchObject({ falseAlarms: 1 });
  });

  test('the probation is 15 % of a file, 750 rows at most', () => {
    expect(probationOf(4033)).toBe(604);
    expect(probationOf(22_695)).toBe(750);
  });
});

describe('the threshold', () => {
  test('is the same for all files and makes the raw score highest', () => {
    // At 0.9 one of two windows is found; at 0.7 both, with one false alarm: 1 + 0.86 − 0.11 against 1 − 1.
    const ranking = rank([file({ 50: 0.9 }), file({ 55: 0.7, 30: 0.7 })]);
    expect(bestThreshold(ranking, standard)).toBe(0.7);
    const { raw } = tally(ranking, standard, 0.7);
    expect(raw).toBeCloseTo(AT_LEFT + AT_MIDDLE - 0.11, 6);
    expect(normalised(raw, 2, standard)).toBeCloseTo((100 * (raw + 2)) / 4, 9);
  });

  test('of two that are equally good is the higher', () => {
    const ranking = rank([file({ 50: 0.9, 53: 0.6 })]);
    expect(bestThreshold(ranking, standard)).toBe(0.9);
  });

  test('stays above every score where silence is best', () => {
    const busy = file(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [16 + i, 0.8])));
    const ranking = rank([busy]);
    expect(bestThreshold(ranking, standard)).toBe(SILENT);
    expect(normalised(tally(ranking, standard, SILENT).raw, 1, standard)).toBe(0);
  });

  test('scores that differ beyond the twelfth digit are the same', () => {
    const ranking = rank([file({ 50: 0.7, 30: 0.7 + 1e-14 })]);
    expect(tally(ranking, standard, 0.7)).toMatchObject({ found: 1, falseAlarms: 1 });
  });
});

test('a perfect detector scores 100 under every profile, a silent one 0', () => {
  const ranking = rank([file({ 50: 1 }), file({ 50: 1 })]);
  for (const profile of PROFILES) {
    expect(normalised(tally(ranking, profile, 0.5).raw, 2, profile)).toBeCloseTo(100, 9);
    expect(normalised(tally(ranking, profile, SILENT).raw, 2, profile)).toBeCloseTo(0, 9);
  }
});

test('false alarms weigh twice where few of them are wanted, misses where none is', () => {
  const ranking = rank([file({ 30: 0.9 })]);
  expect(tally(ranking, standard, 0.5).raw).toBeCloseTo(-1.11, 9);
  expect(tally(ranking, lowFalse, 0.5).raw).toBeCloseTo(-1.22, 9);
  expect(tally(ranking, lowMissed, 0.5).raw).toBeCloseTo(-2.11, 9);
});
