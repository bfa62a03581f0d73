import { expect, test } from 'vitest';

import { isReadable } from './readable-answer.ts';

const HOUR = 3_600_000;
const now = Date.UTC(2026, 10, 30);

test('what was written down in the shapes this page knows is shown for three days', () => {
  const answer = { at: now - 71 * HOUR, shapes: 'a', data: {} };
  expect(isReadable(answer, { now, shapes: 'a' })).toBe(true);
  expect(isReadable(answer, { now: now + 2 * HOUR, shapes: 'a' })).toBe(false);
});

test('after an update whose answers look otherwise, what an earlier page wrote down is not read: the page would stumble over it', () => {
  const before = { at: now - HOUR, shapes: 'a', data: {} };
  expect(isReadable(before, { now, shapes: 'b' })).toBe(false);
  expect(isReadable({ at: now - HOUR, data: {} }, { now, shapes: 'b' })).toBe(false);
});
