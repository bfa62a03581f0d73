import { expect, test } from 'vitest';

import { boundsText, readSetting } from './setting-value.ts';

const MINUTES = { type: 'number', min: 5, max: 30, unit: '分钟' } as const;

test('a number outside the bounds set above is refused with the bounds', () => {
  expect(readSetting(MINUTES, ' 20 ')).toEqual({ value: 20 });
  expect(readSetting(MINUTES, '45')).toEqual({ fault: '须在 5–30 分钟 之间。' });
  expect(readSetting(MINUTES, '半小时')).toEqual({ fault: '请填整数。' });
  expect(readSetting(MINUTES, '')).toEqual({ fault: '请填整数。' });
});

test('a list is read line by line, blank lines left out', () => {
  const list = { type: 'list', min: null, max: null, unit: null } as const;
  expect(readSetting(list, '防汛值守甲\n\n 防汛值守乙 ')).toEqual({ value: ['防汛值守甲', '防汛值守乙'] });
});

test('bounds are said as far as there are any', () => {
  expect(boundsText(MINUTES)).toBe('5–30 分钟');
  expect(boundsText({ type: 'number', min: 1, max: null, unit: '天' })).toBe('不小于 1 天');
  expect(boundsText({ type: 'text', min: null, max: null, unit: null })).toBeUndefined();
});
