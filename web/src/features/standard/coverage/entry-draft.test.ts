import { expect, test } from 'vitest';

import { draftOf, factsOf } from './entry-draft.ts';

const begun = { ...draftOf(undefined), source: ' 区防汛办台账 ', asOf: '2026-10-31' };

test('a figure needs a number, a named line none; what is blank is nothing', () => {
  const facts = { source: '区防汛办台账', asOf: '2026-10-31', note: null };
  expect(factsOf(begun)).toBeUndefined();
  expect(factsOf({ ...begun, quantity: 0 })).toEqual({ ...facts, quantity: 0 });
  expect(factsOf({ ...begun, name: '金科路下立交', object: ' ' })).toEqual({ ...facts, object: null });
  expect(factsOf({ ...begun, quantity: 3, source: ' ' })).toBeUndefined();
});
