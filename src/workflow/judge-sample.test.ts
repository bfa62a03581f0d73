import { expect, test } from 'vitest';

import { missingForFailure, reopenableUntil } from './judge-sample.ts';

const NOW = 1_796_000_000_000;
const DAY = 86_400_000;
const WHOLE = {
  reason: '照片看不出水深',
  mend: '补拍水位标尺的照片',
  remedy: 'reopen',
  answerBy: NOW + DAY,
} as const;
const order = { closedAt: NOW - 10 * DAY };

test('a record fails only with what is wrong, what has to be mended, how, and until when', () => {
  expect(missingForFailure(WHOLE, order, NOW)).toEqual([]);
  expect(missingForFailure({ reason: '不行', answerBy: NOW }, order, NOW)).toEqual([
    '不合格的原因（不少于 5 字）',
    '整改要求（不少于 5 字）',
    '整改方式',
    '答复时限（须晚于现在）',
  ]);
});

test('after thirty days an order is not asked to be reopened, but may be amended', () => {
  const old = { closedAt: NOW - 31 * DAY };
  expect(missingForFailure(WHOLE, old, NOW)).toEqual(['另一种整改方式（结案已超过 30 天，不能重开）']);
  expect(missingForFailure({ ...WHOLE, remedy: 'amend' }, old, NOW)).toEqual([]);
  expect(reopenableUntil(NOW)).toBe(NOW + 30 * DAY);
  expect(reopenableUntil(null)).toBeNull();
});
