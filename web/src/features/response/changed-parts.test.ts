import { expect, test } from 'vitest';

import { changedParts } from './changed-parts.ts';

test('what is written in the blink before the kept draft has been read goes on top of it, and nothing kept is lost', () => {
  const empty = { kind: '', text: '', photos: [] as readonly string[] };
  const found = { kind: '井盖缺失', text: '井盖破损', photos: ['a', 'b'] };
  const written = { ...empty, text: '井盖破损松动' };
  expect({ ...found, ...changedParts(written, empty) }).toEqual({ ...found, text: '井盖破损松动' });
  expect(changedParts(empty, empty)).toEqual({});
});
