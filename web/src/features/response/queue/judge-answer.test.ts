import { expect, test } from 'vitest';

import { CallError } from '../../../app/call.ts';
import { backOff, judgeAnswer } from './judge-answer.ts';

test.each([
  [0, 'network', 'again'],
  [503, 'service.unavailable', 'again'],
  [500, 'internal', 'again'],
  [429, 'rate.limited', 'again'],
  [401, 'session.expired', 'signed-out'],
  [403, 'session.password-change-required', 'signed-out'],
  [413, 'attachment.too-large', 'too-large'],
  [403, 'work-order.not-yours', 'conflict'],
  [409, 'work-order.illegal-action', 'conflict'],
  [422, 'work-order.requirement-missing', 'conflict'],
  [404, 'record.not-found', 'conflict'],
] as const)('%i %s: %s', (status, code, judged) => {
  expect(judgeAnswer(new CallError(status, code, ''))).toBe(judged);
});

test('a fault of the page itself loses no act', () => {
  expect(judgeAnswer(new TypeError('x'))).toBe('again');
});

test('the phone calls less and less often, and at least every five minutes', () => {
  expect([1, 2, 3, 6, 7, 40].map(backOff)).toEqual([5000, 10_000, 20_000, 160_000, 300_000, 300_000]);
});
