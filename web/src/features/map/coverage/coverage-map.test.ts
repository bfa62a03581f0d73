import type { CoverageLack, CoverageRow } from '#contract/standard';
import { expect, test } from 'vitest';

import { coveredBorders, townMarks } from './coverage-features.ts';
import { lackMarks } from './lack-marks.ts';
import { gapsOf, townCoverages, wordOf } from './town-coverage.ts';

const NOTHING = {
  unregistered: 0,
  unclassified: 0,
  blind: 0,
  dead: 0,
  'sign-off': 0,
  'no-handbook': 0,
  post: 0,
};
const figures = (more: Partial<CoverageRow>): CoverageRow => ({
  should: null,
  registered: 4,
  covered: 2,
  lacking: NOTHING,
  elements: 0,
  blind: 0,
  dead: 0,
  signs: 0,
  signsOff: 0,
  items: 0,
  noHandbook: 0,
  noPost: 0,
  rate: 0.5,
  elementRate: null,
  registeredRate: null,
  ...more,
});
const row = (town: string, more: Partial<CoverageRow>) => ({ ...figures(more), town, name: town });
const at = { lon: 121.6, lat: 31.2 };
const TOWNS = ['A', 'B', 'C', 'D', 'E'].map((code) => ({ code, name: code, ...at }));
const ROWS = [
  row('A', { elements: 6, elementRate: 1 }),
  row('B', { elements: 10, blind: 2, dead: 1, elementRate: 0.7 }),
  row('C', { lacking: { ...NOTHING, unclassified: 4 } }),
  row('D', { registered: 0, should: 5, lacking: { ...NOTHING, unregistered: 5 } }),
  row('', { elements: 2, blind: 2, elementRate: 0 }),
];

test('a town says its rate and what lacks, or why there is no rate; without ledger and objects there is no figure', () => {
  const towns = townCoverages(TOWNS, ROWS);
  expect(towns.map((town) => [town.code, wordOf(town), gapsOf(town)])).toEqual([
    ['', '0 %', '无测点 2'],
    ['B', '70 %', '无测点 2 · 失联 1'],
    ['A', '100 %', ''],
    ['C', '未归类 4', ''],
    ['D', '未登记 5', ''],
    ['E', '无数据', ''],
  ]);
});

test('towns and their borders are shaded by one scale; what nothing is known of is outside of it', () => {
  const towns = townCoverages(TOWNS, ROWS);
  expect(townMarks(towns).features.map(({ properties }) => properties)).toEqual([
    { code: 'B', depth: 3, figure: '70%' },
    { code: 'A', depth: 5, figure: '100%' },
    { code: 'C', depth: -1, figure: '—' },
    { code: 'D', depth: -1, figure: '—' },
    { code: 'E', depth: -1, figure: '—' },
  ]);
  const border = (code: string): unknown => ({
    type: 'Feature',
    properties: { code, name: code },
    geometry: { type: 'Polygon', coordinates: [] },
  });
  const shaded = coveredBorders([border('B'), border('elsewhere')], towns);
  expect(shaded.features.map(({ properties }) => properties)).toEqual([{ code: 'B', depth: 3 }]);
});

test('an object that lacks several things is one mark that tells them all; the ledger’s lines have none', () => {
  const lack = (more: Partial<CoverageLack>): CoverageLack => ({
    gap: 'blind',
    scenario: 'FLOOD',
    scenarioName: '防汛防台',
    town: 'A',
    townName: '张江镇',
    villageName: null,
    kindName: null,
    object: { id: 7, code: 'U-7', name: '下立交', simulated: false, ...at },
    ledger: null,
    missing: [{ code: 'X', name: '人员被困' }],
    posts: [],
    plans: [],
    allowedActions: [],
    ...more,
  });
  const marks = lackMarks([
    lack({}),
    lack({ gap: 'dead', missing: [{ code: 'Y', name: '积水深度' }] }),
    lack({ object: null, gap: 'unregistered' }),
  ]);
  expect(marks.map(({ id, lacks }) => [id, lacks])).toEqual([
    [
      7,
      [
        { gap: 'blind', scenarioName: '防汛防台', elements: ['人员被困'] },
        { gap: 'dead', scenarioName: '防汛防台', elements: ['积水深度'] },
      ],
    ],
  ]);
});
