import { expect, test } from 'vitest';

import { coverageFigures, type LedgerCount, type ObjectCount } from './coverage.ts';

const NOTHING = { unclassified: 0, blind: 0, dead: 0, 'sign-off': 0, 'no-handbook': 0, post: 0 };

const held = (objects: number, more: Partial<ObjectCount> = {}): ObjectCount => ({
  scenario: 'FLOOD',
  kind: 'FLOOD.K05',
  town: 'A',
  village: null,
  objects,
  covered: objects,
  lacking: NOTHING,
  elements: 2 * objects,
  blind: 0,
  dead: 0,
  signs: objects,
  signsOff: 0,
  items: objects,
  noHandbook: 0,
  noPost: 0,
  ...more,
});

const told = (more: Partial<LedgerCount>): LedgerCount => ({
  scenario: 'FLOOD',
  kind: 'FLOOD.K05',
  town: 'A',
  village: null,
  figure: null,
  named: 0,
  linked: 0,
  ...more,
});

const missing = (objects: readonly ObjectCount[], ledger: readonly LedgerCount[]) => {
  const { should, lacking, registeredRate } = coverageFigures(objects, ledger);
  return [should, lacking.unregistered, registeredRate];
};

test('without a ledger nobody knows what should be there: no rate is made up', () => {
  expect(missing([held(5)], [])).toEqual([null, 0, null]);
  expect(coverageFigures([], [])).toMatchObject({
    should: null,
    registered: 0,
    rate: null,
    elementRate: null,
  });
});

test('a town’s figure, its villages’ and the names it knows: what is most is what should be there', () => {
  expect(missing([held(8)], [told({ figure: 10 })])).toEqual([10, 2, 0.8]);
  const villages = [
    told({ village: 'A1', figure: 7 }),
    told({ village: 'A2', figure: 2, named: 6, linked: 6 }),
  ];
  expect(missing([held(8)], [told({ figure: 10 }), ...villages])).toEqual([13, 5, 8 / 13]);
  expect(missing([held(3)], [told({ named: 4, linked: 3 })])).toEqual([4, 1, 0.75]);
});

test('a named one that is not registered is missing, however many others there are', () => {
  expect(missing([held(12)], [told({ figure: 10, named: 3, linked: 1 })])).toEqual([10, 2, 0.8]);
});

test('too many in one town or of one kind do not make up for others', () => {
  const ledger = [
    told({ figure: 4 }),
    told({ town: 'B', figure: 4 }),
    told({ kind: 'FLOOD.K06', figure: 1 }),
  ];
  expect(missing([held(9)], ledger)).toEqual([9, 5, 4 / 9]);
});

test('figures of many cells are summed; the rate is that of the objects with every element alive', () => {
  const cells = [
    held(6, { covered: 3, lacking: { ...NOTHING, blind: 2, dead: 1 }, blind: 3, dead: 1 }),
    held(4, {
      town: 'B',
      covered: 4,
      signsOff: 2,
      noPost: 1,
      lacking: { ...NOTHING, 'sign-off': 2, post: 1 },
    }),
  ];
  expect(coverageFigures(cells, [])).toMatchObject({
    registered: 10,
    covered: 7,
    rate: 0.7,
    elementRate: 0.8,
    elements: 20,
    blind: 3,
    dead: 1,
    signsOff: 2,
    noPost: 1,
    lacking: { unregistered: 0, blind: 2, dead: 1, 'sign-off': 2, post: 1 },
  });
});
