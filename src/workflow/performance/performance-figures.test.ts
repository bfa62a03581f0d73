import { expect, test } from 'vitest';

import { type FigureKey, type LoadCounts, performanceFigures } from './performance-figures.ts';

const DAY = 86_400_000;
const QUIET: LoadCounts = {
  spanMs: DAY,
  warnings: 0,
  slotsOver: 0,
  slotPeak: 0,
  floodMs: 0,
  byLevel: [0, 0, 0, 0],
  ackMedianMs: null,
  ackP95Ms: null,
  judged: 0,
  falseAlarms: 0,
  alarms: 0,
  topTen: 0,
  actors: 0,
  chattering: 0,
  stale: 0,
};

const figure = (counts: Partial<LoadCounts>, key: FigureKey) =>
  performanceFigures({ ...QUIET, ...counts }).find((one) => one.key === key)!;

type Said = [value: number | null, verdict: string | null];

test.each<[string, Partial<LoadCounts>, FigureKey, Said]>([
  ['144 warnings a day are one in ten minutes', { warnings: 144 }, 'per-slot', [1, 'met']],
  ['twice as many can be borne', { warnings: 288 }, 'per-slot', [2, 'manageable']],
  ['more cannot', { warnings: 289 }, 'per-slot', [289 / 144, 'missed']],
  ['six an hour', { warnings: 144 }, 'per-hour', [6, 'met']],
  ['ten in ten minutes are the most', { slotPeak: 10 }, 'peak', [10, 'met']],
  ['eleven are a flood', { slotPeak: 11 }, 'peak', [11, 'missed']],
  ['one slot of 144 is 0.7 %', { slotsOver: 1 }, 'slots-over', [1 / 144, 'met']],
  ['two are 1.4 %', { slotsOver: 2 }, 'slots-over', [2 / 144, 'missed']],
  ['a flood of an hour', { floodMs: 3_600_000 }, 'in-flood', [1 / 24, 'missed']],
  [
    'ten actors with half of the alarms',
    { alarms: 200, topTen: 100, actors: 40 },
    'top-ten',
    [0.5, 'missed'],
  ],
  ['ten are all there are: no share', { alarms: 200, topTen: 200, actors: 10 }, 'top-ten', [null, null]],
  ['no alarms: no share', {}, 'top-ten', [null, null]],
  ['one that chatters is one too many', { chattering: 1 }, 'chattering', [1, 'missed']],
  ['four that stand a day', { stale: 4 }, 'stale', [4, 'met']],
  ['five', { stale: 5 }, 'stale', [5, 'missed']],
  ['nine in two days', { stale: 9, spanMs: 2 * DAY }, 'stale', [4.5, 'met']],
  ['four in an hour are not made into a hundred a day', { stale: 4, spanMs: 3_600_000 }, 'stale', [4, 'met']],
  ['80 of a hundred blue', { warnings: 100, byLevel: [80, 15, 4, 1] }, 'blue', [0.8, 'met']],
  ['15 yellow', { warnings: 100, byLevel: [80, 15, 4, 1] }, 'yellow', [0.15, 'met']],
  ['orange and red together', { warnings: 100, byLevel: [80, 15, 4, 1] }, 'severe', [0.05, 'met']],
  ['too many orange', { warnings: 100, byLevel: [70, 15, 14, 1] }, 'severe', [0.15, 'missed']],
  ['no warnings: no share of levels', {}, 'severe', [null, null]],
  ['how soon they were seen is told, not judged', { ackMedianMs: 42_000 }, 'ack-median', [42_000, null]],
  ['one false of ten judged', { judged: 10, falseAlarms: 1 }, 'false-alarms', [0.1, 'met']],
  ['nobody has judged', {}, 'false-alarms', [null, null]],
])('%s', (_, counts, key, [value, verdict]) => {
  expect(figure(counts, key)).toMatchObject({ value, verdict });
});

test('every figure names its target and where it is from', () => {
  for (const { target, source } of performanceFigures(QUIET))
    expect([target, source].includes('')).toBe(false);
});
