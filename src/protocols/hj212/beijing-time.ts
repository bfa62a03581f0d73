import { fromBeijing, toBeijing } from '#base';

/** 协议里的时刻都是不带时区的北京时间。 */
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * `YYYYMMDDhhmmss`（14 位；现场有 17 位带毫秒的，取前 14 位）→ 纪元毫秒。
 * 不是时刻（位数不对、含非数字、13 月、2 月 30 日、24 时…）返回 `undefined`。
 */
export function parseBeijingTime(text: string): number | undefined {
  if (text.length < 14 || text.length > 17) return undefined;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return undefined;
  }
  const year = digits(text, 0, 4);
  const month = digits(text, 4, 6);
  const day = digits(text, 6, 8);
  if (year < 1970 || day < 1 || day > daysIn(year, month)) return undefined;
  const hour = digits(text, 8, 10);
  const minute = digits(text, 10, 12);
  const second = digits(text, 12, 14);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return fromBeijing(year, month, day, (hour * 3600 + minute * 60 + second) * 1000);
}

/** 纪元毫秒 → 17 位 `YYYYMMDDhhmmsszzz`（QN 的写法）；DataTime 取前 14 位。 */
export function formatBeijingTime(epochMs: number): string {
  const { year, month, day, msOfDay } = toBeijing(Math.floor(epochMs));
  const hour = Math.floor(msOfDay / 3_600_000);
  const minute = Math.floor(msOfDay / 60_000) % 60;
  const second = Math.floor(msOfDay / 1000) % 60;
  const date = pad(year, 4) + pad(month, 2) + pad(day, 2);
  return date + pad(hour, 2) + pad(minute, 2) + pad(second, 2) + pad(msOfDay % 1000, 3);
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}
