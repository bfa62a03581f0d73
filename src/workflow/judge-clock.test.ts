import { expect, test } from 'vitest';

import { type ClockMark, judgeClock, LEAP_MS } from './judge-clock.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.UTC(2026, 6, 1);

/** The marks of rounds at these moments. */
function rounds(moments: readonly number[]): readonly ClockMark[] {
  let mark: ClockMark = { lookedAt: START, leaptAt: null };
  return moments.map((now) => (mark = judgeClock(mark, now)));
}
const waits = (moments: readonly number[]): readonly boolean[] =>
  rounds(moments).map(({ leaptAt }) => leaptAt !== null);

test('rounds go on while the clock goes on, and after a night without power', () => {
  expect(waits([START + 10 * MINUTE, START + 20 * MINUTE, START + 20 * MINUTE + LEAP_MS])).toEqual([
    false,
    false,
    false,
  ]);
});

test('a clock that has leapt a year ahead holds the rounds up until it is put right, however long that takes', () => {
  const leapt = START + 365 * DAY;
  const moments = [leapt, leapt + 3 * DAY, START + 3 * DAY, START + 12 * 60 * MINUTE];
  expect(waits(moments)).toEqual([true, true, true, false]);
  expect(rounds(moments)[1]).toEqual({ lookedAt: START, leaptAt: leapt });
});

test('a step back is followed: the next leap is measured from there', () => {
  expect(waits([START - 30 * DAY, START])).toEqual([false, true]);
});
