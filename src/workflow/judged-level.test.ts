import { expect, test } from 'vitest';

import { judgedLevel } from './judged-level.ts';

test.each([
  ['nobody has said anything', 3, undefined, 3],
  ['lowered to yellow', 3, { signs: 3, given: 2 }, 2],
  ['lowered to yellow, and blue by itself', 1, { signs: 3, given: 2 }, 1],
  ['lowered to yellow, but red now', 4, { signs: 3, given: 2 }, 4],
  ['raised to red', 2, { signs: 2, given: 4 }, 4],
  ['raised to red, and normal', 0, { signs: 2, given: 4 }, 0],
  ['as the signs had it, and milder now', 1, { signs: 3, given: 3 }, 3],
])('%s', (_, level, judged, counts) => {
  expect(judgedLevel(level, judged)).toBe(counts);
});
