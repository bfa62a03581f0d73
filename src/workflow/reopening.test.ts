import { expect, test } from 'vitest';

import { type Reopenable, reopenFault } from './reopening.ts';

const HOUR = 3_600_000;
const CLOSED: Reopenable = { state: 'closed', closedAt: 0, again: null, open: null };

test.each([
  ['what was closed within a day is opened again', {}, 24 * HOUR, undefined],
  ['a day later it is not', {}, 24 * HOUR + 1, '结案已超过 24 小时，条件再成立时会另成一条新的预警'],
  [
    'what is only normal is handled where it is',
    { state: 'normal', closedAt: null },
    0,
    '它还没有结案，可以直接处理',
  ],
  ['once is enough', { again: 8 }, 0, '它已经重开为预警 #8'],
  [
    'where another one stands, that one is handled',
    { open: 9 },
    0,
    '同一对象、同一事项已有生效的预警 #9，请在那一条上处理',
  ],
] as const)('%s', (_, change, now, fault) => {
  expect(reopenFault({ ...CLOSED, ...change }, now)).toBe(fault);
});
