import { expect, test } from 'vitest';

import { isAccepting } from './channel.ts';

test.each(['1', '１', ' 1。', '收到', '收到！', '接单', 'OK', '1#'])('“%s” accepts an order', (answer) => {
  expect(isAccepting(answer)).toBe(true);
});

test.each(['', '2', '11', '没收到', '不接单', '收到了吗'])('“%s” does not', (answer) => {
  expect(isAccepting(answer)).toBe(false);
});
