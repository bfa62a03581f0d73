// k of n: one reading that is alone raises nothing, and one good reading between bad ones ends nothing.
import type { Agreement, Sign } from '#model/standard';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { compileSign } from '../compile-sign.ts';
import { evaluate, type Outcome } from '../evaluate.ts';
import { levelSentence } from '../sentence.ts';
import { SignStates } from '../sign-states.ts';
import { Agreeing } from './agreeing.ts';
import { measureOf } from './measure-of.ts';

const START = 1_700_000_000_000;
const MINUTE = 60_000;
const FRESH = 3 * MINUTE;
const THREE_OF_FIVE: Agreement = { atLeast: 3, of: 5 };

const depth: Sign = {
  code: 'FLOOD.S06',
  item: 'FLOOD.I06',
  name: '下立交积水',
  element: 'FLOOD.UNDERPASS',
  measure: { kind: 'value' },
  direction: 'high',
  levels: { orange: { limit: 25, onDelaySeconds: 0 }, red: { limit: 40, onDelaySeconds: 0 } },
  agreement: THREE_OF_FIVE,
  deadband: 2,
  offDelaySeconds: 0,
  unit: 'cm',
  basis: { tag: 'A', document: '设定', verified: false },
};

/** The levels a sign goes through over readings, each [minute, value]. */
function levels(sign: Sign, readings: readonly (readonly [number, number])[]): readonly string[] {
  const compiled = compileSign(1, sign);
  if (compiled.kind !== 'ready') throw new Error('switched off');
  const states = new SignStates();
  const i = states.add();
  const outcome: Outcome = { changes: [], touched: new Set() };
  const measure = measureOf(compiled.sign.measure);
  for (const [minute, value] of readings) {
    const at = START + minute * MINUTE;
    const compared = measure?.next(at, value, FRESH) ?? value;
    if (!Number.isNaN(compared)) evaluate(compiled.sign, states, i, at, compared, FRESH, outcome);
  }
  return outcome.changes.map(
    ({ fromLevel, toLevel, at }) => `${(at - START) / MINUTE}: ${fromLevel}→${toLevel}`,
  );
}

function everyMinute(values: readonly number[]): readonly (readonly [number, number])[] {
  return values.map((value, i) => [i, value] as const);
}

test('a wave that splashes the gauge twice is no flood; the third of five readings is', () => {
  expect(levels(depth, everyMinute([5, 30, 5, 30, 5, 5, 5]))).toEqual([]);
  expect(levels(depth, everyMinute([5, 30, 5, 30, 30]))).toEqual(['4: 0→3']);
});

test('one dry reading between wet ones ends nothing; it is over when fewer than three of five are wet', () => {
  expect(levels(depth, everyMinute([30, 30, 30, 5, 30, 30, 30]))).toEqual(['2: 0→3']);
  expect(levels(depth, everyMinute([30, 30, 30, 5, 5, 5]))).toEqual(['2: 0→3', '5: 3→0']);
});

test('each level asks for its own three, and the sentence says what at least three came to', () => {
  expect(levels(depth, everyMinute([30, 45, 30, 45, 45]))).toEqual(['2: 0→3', '4: 3→4']);
  expect(levelSentence(depth, 3, 30)).toBe('下立交积水：最近 5 次读数至少 3 次实测 30 cm ≥ 25 cm（橙色）');
});

test('a pressure that falls is judged from below, over what another measure gives too', () => {
  const low = {
    ...depth,
    direction: 'low',
    levels: { yellow: { limit: 0.2, onDelaySeconds: 0 } },
    deadband: 0,
  } as const;
  expect(levels(low, everyMinute([0.3, 0.1, 0.3, 0.1, 0.3, 0.1]))).toEqual(['5: 0→2']);
  const rolling = { ...depth, measure: { kind: 'rolling', statistic: 'sum', windowSeconds: 120 } } as const;
  expect(levels(rolling, everyMinute([15, 15, 15, 15]))).toEqual(['3: 0→3']);
});

test('what stood before a silence has no say after it', () => {
  expect(
    levels(depth, [
      [0, 30],
      [1, 30],
      [60, 30],
      [61, 30],
    ]),
  ).toEqual([]);
  expect(
    levels(depth, [
      [0, 30],
      [1, 30],
      [60, 30],
      [61, 30],
      [62, 30],
    ]),
  ).toEqual(['62: 0→3']);
});

test('the kth worst of the last n is past a limit exactly where at least k of them are', () => {
  const value = fc.integer({ min: 0, max: 20 });
  const agreement = fc
    .integer({ min: 2, max: 8 })
    .chain((of) => fc.tuple(fc.integer({ min: 2, max: of }), fc.constant(of)));
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 40 }),
      agreement,
      value,
      (values, [atLeast, of], limit) => {
        const [high, low] = [
          new Agreeing(undefined, { atLeast, of }, 'high'),
          new Agreeing(undefined, { atLeast, of }, 'low'),
        ];
        values.forEach((one, i) => {
          const last = values.slice(Math.max(0, i + 1 - of), i + 1);
          const [up, down] = [high.next(i, one), low.next(i, one)];
          expect(high.next(i, one)).toBe(up);
          expect(up >= limit).toBe(last.filter((each) => each >= limit).length >= atLeast);
          expect(down < limit).toBe(last.filter((each) => each < limit).length >= atLeast);
        });
      },
    ),
    { numRuns: 200 },
  );
});
