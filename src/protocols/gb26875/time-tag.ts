import { fromBeijing, toBeijing } from '#base';
import { isZero } from './bytes.ts';

/**
 * 时间标签（标准表 1、8.2）：秒、分、时、日、月、年各一个字节，纯二进制（不是 BCD），年是 2000 以后的年数；
 * 北京时间。现场常见全零，意思是“没有时间”。
 */
export type TimeTag = Uint8Array;

export const TIME_TAG_BYTES = 6;

/** 秒、分、时、日、月、年最大到多少。 */
const MOST = [59, 59, 23, 31, 12, 99];

/** 时间标签 → 纪元毫秒；全零或不是一个真实的时刻为 `undefined`。 */
export function momentOf(tag: TimeTag): number | undefined {
  if (isZero(tag)) return undefined;
  const [second = 0, minute = 0, hour = 0, day = 0, month = 0, year = 0] = tag;
  if (tag.some((value, at) => value > (MOST[at] ?? 0)) || month === 0) return undefined;
  const at = fromBeijing(2000 + year, month, day, ((hour * 60 + minute) * 60 + second) * 1000);
  // 2 月 30 日会滚到 3 月：日子对不上就不是真实的日期。
  return toBeijing(at).day === day ? at : undefined;
}

/** 纪元毫秒 → 时间标签；毫秒舍去。 */
export function timeTag(at: number): TimeTag {
  const { year, month, day, msOfDay } = toBeijing(at);
  const seconds = Math.floor(msOfDay / 1000);
  return Uint8Array.of(
    seconds % 60,
    Math.floor(seconds / 60) % 60,
    Math.floor(seconds / 3600),
    day,
    month,
    year - 2000,
  );
}

/** `2021-07-02 09:00:04`；没有时间为 `null`。 */
export function tagText(tag: TimeTag): string | null {
  const at = momentOf(tag);
  if (at === undefined) return null;
  const [second = 0, minute = 0, hour = 0, day = 0, month = 0, year = 0] = tag;
  return `${2000 + year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

const two = (value: number): string => String(value).padStart(2, '0');
