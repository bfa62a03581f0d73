import { fromBeijing } from '#base';
import { expect, test } from 'vitest';

import { basisDueAt, updatesInTime } from './basis-task.ts';

const DAY = 86_400_000;
const NOVEMBER = { from: fromBeijing(2026, 11, 1), to: fromBeijing(2026, 12, 1) };

test('thirty days after the basis changed are over at the end of the thirtieth day', () => {
  expect(basisDueAt('2026-10-31', 30)).toBe(fromBeijing(2026, 12, 1));
  expect(basisDueAt('2027-02-27', 3)).toBe(fromBeijing(2027, 3, 3));
});

test('a task counts in the month it falls due in, once; one that is not due yet counts when it is answered', () => {
  const dueAt = fromBeijing(2026, 11, 20);
  const late = { dueAt, answeredAt: dueAt + DAY };
  const early = { dueAt, answeredAt: dueAt - 40 * DAY };
  const open = { dueAt, answeredAt: null };
  const before = fromBeijing(2026, 11, 10);
  expect(updatesInTime([early, open], NOVEMBER, before)).toEqual({ due: 1, inTime: 1, rate: 1 });
  expect(updatesInTime([early, open, late], NOVEMBER, dueAt)).toEqual({ due: 3, inTime: 1, rate: 1 / 3 });
  expect(updatesInTime([{ dueAt: NOVEMBER.to, answeredAt: null }], NOVEMBER, NOVEMBER.to).due).toBe(1);
  expect(updatesInTime([{ dueAt: NOVEMBER.from, answeredAt: null }], NOVEMBER, NOVEMBER.to).due).toBe(0);
  expect(updatesInTime([], NOVEMBER, dueAt)).toEqual({ due: 0, inTime: 0, rate: null });
});
