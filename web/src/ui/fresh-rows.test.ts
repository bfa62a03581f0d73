import { expect, test } from 'vitest';

import { freshRows } from './fresh-rows.ts';

const KNOWN = new Map([
  [1, 100],
  [2, 90],
]);

test('a list seen for the first time holds no news', () => {
  expect(freshRows(undefined, [{ id: 1, mark: 100 }])).toEqual([]);
});

test('a row that moved in above, and one that changed, are news, whatever year its clock shows', () => {
  const rows = [
    { id: 3, mark: 5 },
    { id: 1, mark: 100 },
    { id: 2, mark: 95 },
  ];
  expect(freshRows(KNOWN, rows)).toEqual([3, 2]);
});

test('the next page of the list is not news', () => {
  const rows = [
    { id: 1, mark: 100 },
    { id: 2, mark: 90 },
    { id: 8, mark: 80 },
    { id: 9, mark: 70 },
  ];
  expect(freshRows(KNOWN, rows)).toEqual([]);
});

test('the first row of an empty list is news', () => {
  expect(freshRows(new Map(), [{ id: 4, mark: 1 }])).toEqual([4]);
});
