import { expect, test } from 'vitest';
import { formatBeijingTime, parseBeijingTime } from './beijing-time.ts';

test('DataTime 是北京时间，与服务器时区无关', () => {
  expect(parseBeijingTime('20160801080000')).toBe(Date.UTC(2016, 7, 1, 0, 0, 0));
  expect(parseBeijingTime('20240229235959')).toBe(Date.UTC(2024, 1, 29, 15, 59, 59));
});

test('17 位的 DataTime 取前 14 位', () => {
  expect(parseBeijingTime('20160824003817000')).toBe(Date.UTC(2016, 7, 23, 16, 38, 17));
});

test.each([
  '',
  '2016080108',
  '20161301000000',
  '20230229000000',
  '20160801240000',
  '20160801006000',
  '2016080100000x',
  '00000000000000',
  '19691231235959',
  '201608010000000000',
])('“%s”不是时刻', (text) => {
  expect(parseBeijingTime(text)).toBeUndefined();
});

test('写出去再读回来是同一毫秒', () => {
  for (const at of [0, 951_753_599_999, 1_582_905_600_000, 1_700_000_000_123, 4_102_444_799_000]) {
    const text = formatBeijingTime(at);
    expect(text).toHaveLength(17);
    expect(parseBeijingTime(text.slice(0, 14))).toBe(Math.floor(at / 1000) * 1000);
  }
});
