import { fromBeijing, toBeijing } from '#base';
import { bcdByte, bcdValue } from './bcd.ts';

/** 报文里的时刻都是不带时区的北京时间，年份两位，取 2000–2099（6.6.2.5）。 */
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const HOUR_MS = 3_600_000;

/**
 * 压缩 BCD 的 `YYMMDDHH[mm[SS]]`（4、5 或 6 字节）→ 纪元毫秒。
 * 不是时刻（不是 BCD、13 月、2 月 30 日、24 时……）返回 `undefined`。
 */
export function parseStationTime(bytes: Uint8Array): number | undefined {
  const [year = -1, month = -1, day = -1, hour = -1, minute = 0, second = 0] = Array.from(bytes, bcdValue);
  if (year < 0 || day < 1 || day > daysIn(2000 + year, month)) return undefined;
  const clock = [hour, minute, second];
  if (!clock.every((value, at) => value >= 0 && value < (CLOCK[at] ?? 0))) return undefined;
  return fromBeijing(2000 + year, month, day, hour * HOUR_MS + minute * 60_000 + second * 1000);
}

const CLOCK = [24, 60, 60] as const;

function daysIn(year: number, month: number): number {
  // 2000–2099 里闰年就是能被 4 整除的年份。
  return month === 2 && year % 4 !== 0 ? 28 : (MONTH_DAYS[month - 1] ?? 0);
}

/** `length` 字节的 `YYMMDDHHmmSS`（6 发报时间、5 观测时间、4 起止时间）。 */
export function stationTime(epochMs: number, length: 4 | 5 | 6): Uint8Array {
  const { year, month, day, msOfDay } = toBeijing(Math.floor(epochMs));
  const minuteOfDay = Math.floor(msOfDay / 60_000);
  const fields = [year % 100, month, day, Math.floor(minuteOfDay / 60), minuteOfDay % 60];
  return Uint8Array.from([...fields, Math.floor(msOfDay / 1000) % 60].slice(0, length), bcdByte);
}

/** 给人看：`2024-01-10 14:20:33`；字节照写，不判断是否成立，年份补 20。 */
export function readableTime(bytes: Uint8Array): string {
  const [year, month, day, ...clock] = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  return `20${year}-${month}-${day} ${clock.join(':')}`;
}
