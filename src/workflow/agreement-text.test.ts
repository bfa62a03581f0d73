import { expect, test } from 'vitest';

import { withAgreement } from './agreement-text.ts';

/** 16:30 in Beijing. */
const AT = Date.UTC(2026, 10, 20, 8, 30);
const RAIN = '1小时雨量：1 小时累计 61.6 mm ≥ 50 mm（黄色）';
const said = { since: null, at: AT, agreeing: 0, mostCounted: 20, others: [] };

test('since when, how many agree, what else agrees', () => {
  const since = Date.UTC(2026, 10, 20, 8);
  expect(
    withAgreement(RAIN, { ...said, since, agreeing: 3, others: ['视频“积水”', '12345 上报“路面积水”'] }),
  ).toBe(`${RAIN}，16:00 起，附近 3 个同类测点一致，另有视频“积水”、12345 上报“路面积水”`);
});

test('what is not known is not said', () => {
  expect(withAgreement(RAIN, said)).toBe(RAIN);
  expect(withAgreement(RAIN, { ...said, since: AT - 1000 })).toBe(RAIN);
});

test('yesterday is said with its day, and many neighbours are not counted to the end', () => {
  expect(withAgreement(RAIN, { ...said, since: AT - 86_400_000, agreeing: 20 })).toBe(
    `${RAIN}，11月19日 16:30 起，附近 20 个以上同类测点一致`,
  );
});
