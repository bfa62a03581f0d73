import { expect, test } from 'vitest';

import { LagWatch } from './lag-watch.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What a device says at minute `minute`, `lag` behind. */
const at = (minute: number, lag: number) => ({ key: 'hj212/D1', lag, newest: minute * MINUTE - lag });

test('a device that keeps Greenwich time is eight hours behind, minute after minute: found at the third look', () => {
  const watch = new LagWatch();
  const found = [1, 2, 3].map((minute) => watch.look([at(minute, 8 * HOUR + minute * 900)], []).length);
  expect(found).toEqual([0, 0, 1]);
});

test('it is as wrong as it was while it says nothing, and right again once something comes in time', () => {
  const watch = new LagWatch();
  for (const minute of [1, 2, 3]) watch.look([at(minute, 8 * HOUR)], []);
  expect(watch.look([], [])).toHaveLength(1);
  expect(watch.look([], ['hj212/D1'])).toEqual([]);
});

test('a logger that sends a lost night afterwards comes nearer with every frame: its clock is right', () => {
  const watch = new LagWatch();
  const found = [1, 2, 3, 4, 5].map((minute) =>
    watch.look([at(minute, 8 * HOUR - minute * 90 * MINUTE)], []),
  );
  expect(found.flat()).toEqual([]);
});

test('the same frames sent again and again say nothing new', () => {
  const watch = new LagWatch();
  const same = { key: 'hj212/D1', newest: 0 };
  const found = [1, 2, 3, 4].map((minute) => watch.look([{ ...same, lag: 8 * HOUR + minute * MINUTE }], []));
  expect(found.flat()).toEqual([]);
});

test('some minutes of delay on a line are no wrong clock', () => {
  const watch = new LagWatch();
  expect([1, 2, 3, 4].flatMap((minute) => watch.look([at(minute, 6 * MINUTE)], []))).toEqual([]);
});
