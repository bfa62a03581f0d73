// What signs look at besides the reading itself: each measure told as the field knows it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { measureOf } from './measure-of.ts';
import type { ReadyMeasure } from './ready-measure.ts';
import { PointsPast } from './points-past.ts';

const START = 1_700_000_000_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const WEEK = 168 * HOUR;

/** What a measure says of readings, each [minutes from the start, value]. */
function say(measure: ReadyMeasure, readings: readonly (readonly [number, number])[]): readonly number[] {
  const memory = measureOf(measure);
  if (!memory) throw new Error('this measure has no memory');
  return readings.map(([minute, value]) => memory.next(START + minute * MINUTE, value));
}

function everyMinute(values: readonly number[]): readonly (readonly [number, number])[] {
  return values.map((value, i) => [i, value] as const);
}

describe('rolling', () => {
  const window = { kind: 'rolling', windowMs: 3 * MINUTE } as const;

  test('250 tips of a 0.2 mm bucket are 50 mm, not a hair less', () => {
    const hour = { kind: 'rolling', statistic: 'sum', windowMs: 250 * MINUTE } as const;
    const sums = say(hour, everyMinute(Array.from({ length: 600 }, () => 0.2)));
    expect(sums.slice(249)).toEqual(Array.from({ length: 351 }, () => 50));
  });

  test('sum, mean, least, greatest and number of the last three minutes; the edge has left', () => {
    const values = everyMinute([5, 1, 3, 2, 9]);
    expect(say({ ...window, statistic: 'sum' }, values)).toEqual([5, 6, 9, 6, 14]);
    expect(say({ ...window, statistic: 'mean' }, values)).toEqual([5, 3, 3, 2, 14 / 3]);
    expect(say({ ...window, statistic: 'min' }, values)).toEqual([5, 1, 1, 1, 2]);
    expect(say({ ...window, statistic: 'max' }, values)).toEqual([5, 5, 5, 3, 9]);
    expect(say({ ...window, statistic: 'count' }, values)).toEqual([1, 2, 3, 3, 3]);
  });

  test('every statistic is that of the readings in the window, whatever they are and whenever they come', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: -999, max: 999 })), {
      maxLength: 3000,
    });
    fc.assert(
      fc.property(steps, fc.constantFrom('sum', 'min', 'max', 'count'), (gaps, statistic) => {
        let minute = 0;
        const readings = gaps.map(([gap, value]) => [(minute += gap), value] as const);
        const windowMs = 1000 * MINUTE;
        const said = say({ kind: 'rolling', statistic, windowMs }, readings);
        const last = readings.at(-1);
        const inWindow = readings.filter(([at]) => last && at > last[0] - 1000).map(([, value]) => value);
        const expected = {
          sum: inWindow.reduce((sum, value) => sum + value, 0),
          min: Math.min(...inWindow),
          max: Math.max(...inWindow),
          count: inWindow.length,
        }[statistic];
        expect(said.at(-1) ?? expected).toBe(expected);
      }),
      { numRuns: 60 },
    );
  });
});

test('rate: a pressure that falls from 0.40 to 0.28 MPa within ten minutes has changed by −0.12', () => {
  const rate = { kind: 'rate', windowMs: 10 * MINUTE } as const;
  const said = say(rate, [
    [0, 0.4],
    [5, 0.35],
    [9, 0.28],
    [12, 0.28],
  ]);
  expect(said[0]).toBeNaN();
  expect(said.slice(1).map((one) => Number(one.toFixed(6)))).toEqual([-0.05, -0.12, -0.07]);
});

test('duration: thirty days without protection are counted from the first bad reading; one good reading ends them', () => {
  const unprotected = { kind: 'duration', past: -0.85, direction: 'high' } as const;
  const day = 24 * 60;
  const said = say(unprotected, [
    [0, -0.9],
    [day, -0.8],
    [15 * day, -0.7],
    [31 * day, -0.8],
    [32 * day, -0.86],
    [33 * day, -0.8],
  ]);
  expect(said.map((seconds) => seconds / 86_400)).toEqual([0, 0, 14, 30, 0, 0]);
});

describe('deviation', () => {
  test('Tuesday 08:00 is held against the Tuesdays before, and not against the night', () => {
    const deviation = { kind: 'deviation', weeks: 4, as: 'percent' } as const;
    const readings = Array.from({ length: 3 * 168 }, (_, hour) => {
      const isRush = hour % 24 === 8;
      return [hour * 60, isRush ? 1000 : 100] as const;
    });
    const rush = 3 * 168 + 8;
    const said = say(deviation, [...readings, [rush * 60, 1500], [(rush + 1) * 60, 150]]);
    // Two weeks must have passed before there is anything to compare with.
    expect(said[168 + 8]).toBeNaN();
    expect(said[2 * 168 + 8]).toBe(0);
    expect(said.slice(-2)).toEqual([50, 50]);
  });

  test('the unusual week itself moves the mean only as one of several', () => {
    const deviation = { kind: 'deviation', weeks: 2, as: 'absolute' } as const;
    const weekly = [10, 10, 40, 10].map((value, week) => [(week * WEEK) / MINUTE, value] as const);
    expect(say(deviation, weekly)).toEqual([Number.NaN, Number.NaN, 30, -15]);
  });
});

describe('forecast', () => {
  const tide = { kind: 'forecast', windowMs: 60 * MINUTE, past: 4.55, direction: 'high' } as const;

  test('a tide that rises by 1 cm a minute reaches 4.55 m when it will', () => {
    const rising = Array.from({ length: 40 }, (_, i) => [i, 4 + i / 100] as const);
    const said = say(tide, rising);
    expect(said[20]).toBeNaN();
    expect(said.at(-1)).toBeCloseTo((4.55 - 4.39) * 100 * 60, 3);
  });

  test('a tide that falls or stands never does; one that is over it has', () => {
    const falling = Array.from({ length: 40 }, (_, i) => [i, 4.4 - i / 100] as const);
    expect(say(tide, falling).at(-1)).toBe(366 * 86_400);
    const still = Array.from({ length: 40 }, (_, i) => [i, 4] as const);
    expect(say(tide, still).at(-1)).toBe(366 * 86_400);
    expect(say(tide, [[0, 4.6]])).toEqual([0]);
  });

  test('the line stays the line of the window after days of readings', () => {
    const days = Array.from({ length: 5000 }, (_, i) => [i, 3 + Math.sin(i / 60)] as const);
    const end: readonly (readonly [number, number])[] = Array.from(
      { length: 61 },
      (_, i) => [5000 + i, 4 + i / 200] as const,
    );
    expect(say(tide, [...days, ...end]).at(-1)).toBeCloseTo((4.55 - 4.3) * 200 * 60, 2);
  });
});

describe('anomaly', () => {
  const anomaly = { kind: 'anomaly', windowMs: 60 * MINUTE } as const;
  const calm = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => 10 + Math.sin(i * 1.7));

  test('ten times the usual swing is unusual, the usual swing is not, and the first hour says nothing', () => {
    const said = say(anomaly, everyMinute([...calm(300), 20]));
    expect(said.slice(0, 60).every(Number.isNaN)).toBe(true);
    expect(Math.max(...said.slice(60, 300))).toBeLessThan(3);
    expect(said.at(-1)).toBeGreaterThan(10);
  });

  test('a stuck fault is not learnt as the new normal at once', () => {
    const said = say(anomaly, everyMinute([...calm(300), ...Array.from({ length: 20 }, () => 30)]));
    expect(said.slice(300).every((score) => score > 5)).toBe(true);
  });

  test('a value that never moves has no scale to be unusual on', () => {
    expect(say(anomaly, everyMinute(Array.from({ length: 200 }, () => 5))).every(Number.isNaN)).toBe(true);
  });
});

test('two detectors of one room count together, and one that falls silent no longer does', () => {
  const past = new PointsPast(25, 'high');
  expect(past.next(1, START, 30, 5 * MINUTE)).toBe(1);
  expect(past.next(2, START + MINUTE, 10, 5 * MINUTE)).toBe(1);
  expect(past.next(2, START + 2 * MINUTE, 40, 5 * MINUTE)).toBe(2);
  expect(past.next(2, START + 7 * MINUTE, 40, 5 * MINUTE)).toBe(1);
  expect(past.next(2, START + 8 * MINUTE, 10, 5 * MINUTE)).toBe(0);
});

const KINDS: readonly ReadyMeasure[] = [
  { kind: 'rolling', statistic: 'sum', windowMs: 30 * MINUTE },
  { kind: 'rolling', statistic: 'mean', windowMs: 30 * MINUTE },
  { kind: 'rolling', statistic: 'max', windowMs: 30 * MINUTE },
  { kind: 'rate', windowMs: 10 * MINUTE },
  { kind: 'duration', past: 5, direction: 'high' },
  { kind: 'deviation', weeks: 2, as: 'absolute' },
  { kind: 'forecast', windowMs: 30 * MINUTE, past: 9, direction: 'high' },
  { kind: 'anomaly', windowMs: 10 * MINUTE },
];

test.each(KINDS)('asked again for the same moment, $kind only answers', (measure) => {
  const readings = everyMinute(Array.from({ length: 500 }, (_, i) => (i * 7) % 11));
  const doubled = readings.flatMap((one) => [one, one]);
  const once = say(measure, readings);
  expect(say(measure, doubled).filter((_, i) => i % 2 === 1)).toEqual(once);
});

test.each(KINDS.slice(0, 4))(
  'made anew from one window, $kind says the very same ($statistic)',
  (measure) => {
    const readings = everyMinute(Array.from({ length: 500 }, (_, i) => ((i * 7) % 11) / 10));
    const whole = say(measure, readings).at(-1);
    expect(say(measure, readings.slice(-31)).at(-1)).toBe(whole);
  },
);
