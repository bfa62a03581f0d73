// What is asked of each reading beyond its range, as the field knows it: spikes, broken wires, stuck floats, millimetres for metres.
import { QUALITY, qualityMarks } from '#model/monitoring';
import type { CompiledSign } from '#signs';
import { beforeEach, expect, test } from 'vitest';

import { ElementBook } from './element-book.ts';
import { ReadingChecks } from './reading-checks.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const P = 7;
const NOON = Date.UTC(2026, 8, 23, 4);

let elements: ElementBook;
let checks: ReadingChecks;
let before: number;
beforeEach(() => {
  elements = new ElementBook();
  checks = new ReadingChecks(elements);
  before = Number.NaN;
});

const point = (element: string, periodMs: number, value: number) => {
  elements.add({
    id: P,
    code: 'P7',
    objectId: 1,
    element,
    place: 1,
    scenario: 1,
    deviceId: null,
    simulated: false,
    periodMs,
    parameters: {},
    ownLimits: {},
    range: null,
    maxChange: { value, perMs: periodMs },
  });
};
const sign = (side: { high?: number; low?: number }, kind = 'value') =>
  ({
    measure: { kind },
    lowestHigh: side.high ?? Number.POSITIVE_INFINITY,
    highestLow: side.low ?? Number.NEGATIVE_INFINITY,
  }) as unknown as CompiledSign;

const told = (at: number, value: number, q = 0): string => {
  const marks = checks.mark(P, NOON + at, value, q, value === before);
  before = value;
  return qualityMarks(marks).join(' ');
};

test('a river that is watched for its height: a spike upwards is believed and marked, its return is believed at once', () => {
  point('FLOOD.RIVER', 5 * MINUTE, 0.2);
  checks.watch(P, sign({ high: 3.6 }));
  expect([2.6, 2.65, 4.9, 2.66, 2.7].map((v, i) => told(i * 5 * MINUTE, v))).toEqual([
    '',
    '',
    'surge',
    '',
    '',
  ]);
});

test('a broken wire tells zero: held back until the next reading says the same, for zero is no recovery', () => {
  point('FLOOD.RIVER', 5 * MINUTE, 0.2);
  checks.watch(P, sign({ high: 3.6 }));
  expect([3.9, 0, 3.92].map((v, i) => told(i * 5 * MINUTE, v))).toEqual(['', 'jump', '']);
  expect([0, 0.01, 0].map((v, i) => told((i + 3) * 5 * MINUTE, v))).toEqual(['jump', '', '']);
});

test('a wire that swings hides nothing for long: after two readings held back the third is believed', () => {
  point('FLOOD.RIVER', 5 * MINUTE, 0.2);
  checks.watch(P, sign({ high: 3.6 }));
  expect([3.9, 0, 1.2, 2.1].map((v, i) => told(i * 5 * MINUTE, v))).toEqual(['', 'jump', 'jump', '']);
});

test('a cabinet that burns: 20 °C a minute is its red limit and its largest credible change, and is never held back', () => {
  point('FIRE.ETEMP', MINUTE, 20);
  checks.watch(P, sign({ high: 20 }, 'rate'));
  expect([30, 55, 120, 180, 25].map((v, i) => told(i * MINUTE, v))).toEqual([
    '',
    'surge',
    'surge',
    'surge',
    '',
  ]);
});

test('low water in a hydrant is what is watched: the fall is believed, the rise held back', () => {
  point('FIRE.HYDP', 5 * MINUTE, 0.3);
  checks.watch(P, sign({ low: 0.2 }));
  expect([1, 0.1, 0.1, 1.4, 1.4].map((v, i) => told(i * 5 * MINUTE, v))).toEqual([
    '',
    'surge',
    '',
    'jump',
    '',
  ]);
});

test('after an hour of silence so much more may have changed', () => {
  point('FLOOD.RIVER', 5 * MINUTE, 0.2);
  expect([told(0, 2.6), told(HOUR, 4.4), told(HOUR + 5 * MINUTE, 3.4)]).toEqual(['', '', 'jump']);
});

test('a suspect reading is nobody’s past: the next one is held against the one before it', () => {
  point('FLOOD.RIVER', 5 * MINUTE, 0.2);
  expect([told(0, 2.6), told(5 * MINUTE, 9.9, QUALITY.range), told(10 * MINUTE, 2.65)]).toEqual([
    '',
    'range',
    '',
  ]);
});

test('a tide that stands still for six hours is a stuck float; at its first move it is believed again', () => {
  point('FLOOD.TIDE', 5 * MINUTE, 0.3);
  const marks = Array.from({ length: 15 }, (_, i) => told(i * 0.5 * HOUR, 2.31));
  expect([marks.slice(0, 12).every((mark) => mark === ''), ...marks.slice(12)]).toEqual([
    true,
    'flat',
    'flat',
    'flat',
  ]);
  expect(told(7 * HOUR + 5 * MINUTE, 2.32)).toBe('');
});

test('two noons with the same temperature are no stuck thermometer', () => {
  point('MET.T', MINUTE, 1);
  expect([0, 24].map((h) => told(h * HOUR, 18.4))).toEqual(['', '']);
});

test('calm air and dry streets may rest', () => {
  point('MET.WIND_AVG', MINUTE, 10);
  const still = (value: number) => new Set(Array.from({ length: 40 }, (_, i) => told(i * HOUR, value)));
  expect([...still(0)]).toEqual(['']);
  point('FLOOD.PONDING', 10 * MINUTE, 60);
  expect([...still(4)]).toEqual(['']);
});

test('millimetres where metres are agreed are told as such', () => {
  point('FLOOD.RIVER', 5 * MINUTE, 0.2);
  expect([
    told(0, 2.6),
    told(5 * MINUTE, 2610, QUALITY.range),
    told(10 * MINUTE, 9.2, QUALITY.range),
  ]).toEqual(['', 'range unit', 'range']);
});

test('doubt grows with what is suspect in a row, and goes with what is good', () => {
  point('FLOOD.RIVER', 5 * MINUTE, 0.2);
  for (let i = 0; i < 7; i += 1) told(i * MINUTE, 99, QUALITY.range);
  expect(checks.doubt[P]).toBeGreaterThan(0.5);
  for (let i = 7; i < 30; i += 1) told(i * MINUTE, 2.6);
  expect(checks.doubt[P]).toBeLessThan(0.1);
});
