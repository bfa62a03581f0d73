import { expect, test } from 'vitest';

import { newestFirst } from './newest-first.ts';

test('an order raised and dispatched in one moment shows the dispatch above the raising', () => {
  const entries = [
    { at: 1, kind: 'raised' },
    { at: 1, kind: 'dispatch' },
    { at: 2, kind: 'accept' },
  ];
  expect(newestFirst(entries).map(({ kind }) => kind)).toEqual(['accept', 'dispatch', 'raised']);
});
