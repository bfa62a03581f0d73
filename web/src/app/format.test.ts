import { expect, test } from 'vitest';

import {
  formatClock,
  formatDateTime,
  formatDuration,
  formatMinutes,
  formatMonth,
  formatShare,
  formatShort,
  formatSpot,
  formatValue,
  remaining,
} from './format.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** 2024-09-19 17:00:05 in Beijing. */
const PULASAN = Date.UTC(2024, 8, 19, 9, 0, 5);

test('a moment reads in Beijing time whatever the zone of the machine', () => {
  expect(formatDateTime(PULASAN)).toBe('2024-09-19 17:00');
  expect(formatClock(PULASAN)).toBe('17:00:05');
  expect(formatDateTime(Date.UTC(2024, 11, 31, 16, 30))).toBe('2025-01-01 00:30');
});

test('a list writes today by the hour, this year by the day, and older ones whole', () => {
  expect(formatShort(PULASAN, PULASAN + HOUR)).toBe('17:00');
  expect(formatShort(PULASAN, PULASAN + 48 * HOUR)).toBe('09-19 17:00');
  expect(formatShort(PULASAN, PULASAN + 365 * 24 * HOUR)).toBe('2024-09-19 17:00');
});

test('the day begins at midnight in Beijing, not in Greenwich', () => {
  const beforeMidnight = Date.UTC(2024, 8, 19, 15, 59);
  expect(formatShort(beforeMidnight, beforeMidnight + 2 * MINUTE)).toBe('09-19 23:59');
});

test('durations are said with their two largest units', () => {
  expect([45_000, 12 * MINUTE, 2 * HOUR, 125 * MINUTE, 76 * HOUR].map(formatDuration)).toEqual([
    '45 秒',
    '12 分',
    '2 小时',
    '2 小时 5 分',
    '3 天 4 小时',
  ]);
});

test('a limit says what is left, how much is used, and when it is over by how much', () => {
  const limit = { from: 0, dueAt: 10 * MINUTE };
  expect(remaining(limit, 4 * MINUTE)).toEqual({ late: false, text: '还剩 6 分', share: 0.4 });
  expect(remaining(limit, 10 * MINUTE)).toEqual({ late: false, text: '还剩 0 秒', share: 1 });
  expect(remaining(limit, 13 * MINUTE)).toEqual({ late: true, text: '已超 3 分', share: 1 });
});

test('a limit that had passed when the order opened is used up', () => {
  expect(remaining({ from: 100, dueAt: 50 }, 60).share).toBe(1);
});

test('values carry the unit as it is written, a pure number none, and a missing share a dash', () => {
  expect(formatValue(0.28, 'm')).toBe('0.28 m');
  expect(formatValue(31.5, 'degC')).toBe('31.5 ℃');
  expect(formatValue(1583, '1')).toBe('1,583');
  expect(formatShare(null)).toBe('—');
  expect(formatShare(0.974)).toBe('97.4%');
});

test('a month is written as people write it', () => {
  expect(formatMonth('2026-09')).toBe('2026年9月');
});

test('a limit in whole hours is said in hours, and a spot says which of its numbers is which', () => {
  expect([5, 60, 90, 1440].map(formatMinutes)).toEqual(['5 分钟', '1 小时', '90 分钟', '24 小时']);
  expect(formatSpot({ lat: 31.128, lon: 121.55 })).toBe('北纬 31.12800°，东经 121.55000°');
});
