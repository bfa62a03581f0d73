import type { QualityMark } from '#model/monitoring';
import { expect, test } from 'vitest';

import { PointReview } from './point-review.ts';

const MINUTE = 60_000;
const BEGIN = Date.UTC(2024, 0, 1);

/** A gauge of the minute: what it says in each, undefined where it says nothing. */
function review(minutes: readonly (readonly QualityMark[] | undefined)[]): ReturnType<PointReview['result']> {
  const point = new PointReview(MINUTE);
  minutes.forEach((marks, n) => marks && point.add(BEGIN + n * MINUTE, marks));
  return point.result();
}

const times = <T>(n: number, what: T): readonly T[] => Array.from({ length: n }, () => what);
const good: readonly QualityMark[] = [];
const out: readonly QualityMark[] = ['range'];

test('a whole morning of a gauge: everything arrived, always online, nothing found', () => {
  expect(review(times(241, good))).toMatchObject({
    received: 241,
    suspect: 0,
    expected: 240,
    arrived: 240,
    onlineMs: 240 * MINUTE,
    requiredMs: 240 * MINUTE,
    gaps: 0,
    findings: [],
  });
});

test('eight values out of range in a row are a finding, as live; two dozen good ones end it', () => {
  const { findings, marks } = review([...times(10, good), ...times(8, out), ...times(30, good)]);
  expect(marks).toEqual(new Map([['range', 8]]));
  expect(findings).toEqual([{ reason: 'range', from: BEGIN + 17 * MINUTE, to: expect.any(Number) }]);
});

test('single spoiled values are none', () => {
  const swinging = Array.from({ length: 60 }, (_, n) => (n % 10 === 0 ? out : good));
  expect(review(swinging)).toMatchObject({ suspect: 6, findings: [] });
});

test('half an hour of silence is one gap, and the five minutes of freshness count as online', () => {
  const { gaps, longestGap, onlineMs } = review([
    ...times(60, good),
    ...times(30, undefined),
    ...times(60, good),
  ]);
  expect({ gaps, longestGap, onlineMs }).toEqual({
    gaps: 1,
    longestGap: 31 * MINUTE,
    onlineMs: (59 + 5 + 59) * MINUTE,
  });
});

test('a source that tells the hour what should be told every minute is hardly complete, and silent only until its rhythm is known', () => {
  const point = new PointReview(MINUTE);
  for (let hour = 0; hour < 25; hour += 1) point.add(BEGIN + hour * 60 * MINUTE, []);
  const { expected, arrived, gaps } = point.result();
  expect({ expected, arrived, gaps }).toEqual({ expected: 1440, arrived: 25, gaps: 1 });
});

test('what events tell has no rhythm: nothing is expected and nothing is a gap', () => {
  const point = new PointReview(0);
  for (const at of [0, 86_400_000]) point.add(BEGIN + at, []);
  expect(point.result()).toMatchObject({ expected: null, requiredMs: 0, gaps: 0 });
});
