// What is watched, thin, blind or never was, and the sentence that says why.
import { expect, test } from 'vitest';

import { blindReason } from './blind-reason.ts';
import { blindSpotOf, type ElementWatch, mergeWatches, type PlaceWatch } from './blind-spot.ts';

const NOW = Date.UTC(2026, 8, 20, 3);
const MINUTE = 60_000;
const ago = (minutes: number): number => NOW - minutes * MINUTE;

function place(elements: readonly ElementWatch[], objects: Partial<PlaceWatch> = {}): PlaceWatch {
  return { elements, objects: 1, watchedObjects: 1, bareObjects: 0, ...objects };
}
const rain = (points: ElementWatch['points']): ElementWatch => ({ element: 'RAIN', points });
const level = (points: ElementWatch['points']): ElementWatch => ({ element: 'LEVEL', points });
const watching = (count: number) => ({ watching: { count, at: null } });
const silent = (count: number, minutes: number) => ({ silent: { count, at: ago(minutes) } });
const told = (watch: PlaceWatch) =>
  blindReason(watch, { now: NOW, nameOf: (code) => (code === 'RAIN' ? '雨量' : '水位') });

test('eleven of twelve rain gauges are silent: thin, since the last of them fell silent, and the least silence is told', () => {
  const watch = place([rain({ ...watching(1), ...silent(11, 40) })]);
  expect(blindSpotOf(watch)).toEqual({ state: 'thin', since: ago(40) });
  expect(told(watch)).toBe('“雨量”的 12 个监测点中 11 个已静默 40 分钟以上');
});

test('a town is blind once nothing watches, since the last that did; spans are told in the larger unit, rounded down', () => {
  const watch = place([rain(silent(2, 130)), level({ doubtful: { count: 1, at: ago(20) } })]);
  expect(blindSpotOf(watch)).toEqual({ state: 'blind', since: ago(20) });
  expect(told(watch)).toBe('“雨量”的 2 个监测点都已静默 2 小时以上；另有 1 类要素看不全');
  expect(told(place([rain(silent(1, 60 * 24 * 3 + 5))]))).toBe('“雨量”的 1 个监测点已静默 3 天以上');
});

test('one element of which nothing is left makes a place thin, however many points of others watch', () => {
  const watch = place([rain(silent(1, 6)), level(watching(9))]);
  expect(blindSpotOf(watch)).toEqual({ state: 'thin', since: ago(6) });
  expect(told(watch)).toBe('“雨量”的 1 个监测点已静默 6 分钟以上');
});

test('most points and most objects watch: watched, and how many do not is said', () => {
  const watch = place([rain({ ...watching(11), ...silent(1, 9) })]);
  expect(blindSpotOf(watch)).toEqual({ state: 'watched', since: null });
  expect(told(watch)).toBe('12 个监测点中 11 个在看');
  expect(told(place([rain(watching(2))]))).toBe('2 个监测点都在看');
});

test('what never told anything is never, not blind: nothing set up, objects without a point, points that were only registered', () => {
  const nothing = { objects: 0, watchedObjects: 0 };
  for (const watch of [
    place([], nothing),
    place([], { objects: 3, watchedObjects: 0, bareObjects: 3 }),
    place([rain({ unheard: { count: 2, at: null } })]),
  ])
    expect(blindSpotOf(watch)).toEqual({ state: 'never', since: null });
  expect(told(place([], nothing))).toBe('未布设监测点');
  expect(told(place([], { objects: 3, bareObjects: 3 }))).toBe('3 个对象，没有一个监测点');
  expect(told(place([rain({ unheard: { count: 2, at: null } })]))).toBe('“雨量”的 2 个监测点都从未来数');
});

test('what is being serviced does not watch, and is said to be serviced; so are faults, doubt and recordings', () => {
  const serviced = { serviced: { count: 1, at: ago(10), until: NOW + MINUTE } };
  expect(blindSpotOf(place([rain(serviced)]))).toEqual({ state: 'blind', since: ago(10) });
  expect(told(place([rain(serviced)]))).toBe('“雨量”的 1 个监测点在检修标定');
  const mixed = place([
    rain({
      ...silent(3, 7),
      faulty: { count: 2, at: ago(30) },
      doubtful: { count: 1, at: ago(3) },
      replaying: { count: 1, at: ago(2) },
    }),
  ]);
  expect(told(mixed)).toBe(
    '“雨量”的 7 个监测点中 3 个已静默 7 分钟以上、2 个挂着没有修好的故障、1 个存疑、1 个在回放录制数据',
  );
});

test('objects that nothing watches make a place thin, and are said', () => {
  const watch = place([rain(watching(2))], { objects: 8, watchedObjects: 2, bareObjects: 6 });
  expect(blindSpotOf(watch)).toEqual({ state: 'thin', since: null });
  expect(told(watch)).toBe('6 个对象没有监测点');
  const unwatched = place([rain({ ...watching(2), ...silent(1, 8) })], { objects: 5, watchedObjects: 2 });
  expect(told(unwatched)).toBe(
    '“雨量”的 3 个监测点中 1 个已静默 8 分钟以上；5 个对象中 3 个没有在看的监测点',
  );
});

test('a town is its villages together: counts add up, the last to fall silent counts', () => {
  const town = mergeWatches([
    place([rain({ ...watching(1), ...silent(2, 50) })]),
    place([rain({ ...silent(3, 12) }), level(watching(1))], { watchedObjects: 0, bareObjects: 1 }),
  ]);
  expect(town).toEqual({
    elements: [level(watching(1)), rain({ ...watching(1), ...silent(5, 12) })],
    objects: 2,
    watchedObjects: 1,
    bareObjects: 1,
  });
  expect(blindSpotOf(town)).toEqual({ state: 'thin', since: ago(12) });
});
