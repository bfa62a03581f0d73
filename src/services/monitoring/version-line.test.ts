// Whatever order points report in, and however their readings are cut into batches, each is judged by the version of its moment.
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { VersionLine } from './version-line.ts';

const MINUTE = 60_000;

/** Judges readings (point, moment) one after another, as the hot path does; gives the version each was judged by. */
function judge(
  versions: readonly number[],
  readings: readonly (readonly [point: number, at: number])[],
  settleAt: (i: number) => number | undefined = () => undefined,
): readonly number[] {
  const line = new VersionLine(0);
  for (const from of versions) line.expect(from, from);
  return readings.map(([point, at], i) => {
    while (at >= line.nextAt && line.due(point, at) !== undefined) line.take(point);
    const judgedBy = line.of(point);
    const over = line.overAt(settleAt(i) ?? 0);
    if (over !== undefined) {
      for (const one of POINTS) while (line.due(one, over) !== undefined) line.take(one);
      line.settle(over);
    }
    return judgedBy;
  });
}

const POINTS = [1, 2, 3];
const moments = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 5 });
/** Readings of each point in the order of their moments, points among each other as they like. */
const stream = fc
  .array(fc.tuple(fc.constantFrom(...POINTS), fc.integer({ min: 0, max: 20 })), { maxLength: 60 })
  .map((steps) => {
    const clock = new Map<number, number>();
    return steps.map(([point, step]) => {
      const at = (clock.get(point) ?? 0) + step;
      clock.set(point, at);
      return [point, at] as const;
    });
  });

test('each reading is judged by the newest version whose moment is not after its own', () => {
  fc.assert(
    fc.property(moments, stream, (versions, readings) => {
      const expected = readings.map(([, at]) => Math.max(0, ...versions.filter((from) => from <= at)));
      expect(judge(versions, readings)).toEqual(expected);
    }),
  );
});

test('settling, once nothing of the time before is under way, changes nothing for what comes after', () => {
  fc.assert(
    fc.property(moments, stream, fc.integer({ min: 0, max: 59 }), (versions, readings, when) => {
      const scaled = readings.map(([point, at]) => [point, at * MINUTE] as const);
      const from = versions.map((at) => at * MINUTE);
      const newest = Math.max(0, ...scaled.map(([, at]) => at));
      // By then every point that is still to be heard is past every version that is settled.
      const now = Math.min(
        ...POINTS.map((point) => scaled.slice(when).find(([p]) => p === point)?.[1] ?? newest),
      );
      const settled = judge(from, scaled, (i) => (i === when - 1 ? now : undefined));
      expect(settled.slice(when)).toEqual(judge(from, scaled).slice(when));
    }),
  );
});

test('a version that was called off is taken by nobody; one with the same moment as another holds with it', () => {
  const line = new VersionLine('old');
  line.expect(10, 'flood');
  line.expect(20, 'gas');
  line.forget(10);
  expect(line.due(1, 15)).toBeUndefined();
  line.expect(20, 'gas and water');
  line.take(1);
  expect(line.of(1)).toBe('gas and water');
  expect(line.nextAt).toBe(20);
});

test('a point that took versions over by the clock is judged by the older one where it speaks of a time before', () => {
  const line = new VersionLine('first');
  line.expect(100, 'second');
  line.expect(200, 'third');
  expect(line.struck(99)).toBeUndefined();
  expect(line.struck(250)).toBe(200);
  while (line.due(1, 250) !== undefined) line.take(1);
  line.aheadOf = 200;
  expect(line.struck(250)).toBeUndefined();
  expect(line.of(1)).toBe('third');
  expect(line.takeBack(1, 150)).toBe(true);
  expect(line.of(1)).toBe('second');
  expect(line.takeBack(1, 150)).toBe(false);
  expect(line.takeBack(1, 20)).toBe(true);
  expect(line.of(1)).toBe('first');
  expect(line.due(1, 250)).toBe(100);
});
