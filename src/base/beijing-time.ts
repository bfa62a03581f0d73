/**
 * Asia/Shanghai without the server's zone: China has kept UTC+8 without summer time since 1991, so a fixed offset is
 * exact for every date this system can meet.
 */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** Civil date of a moment in Beijing. Month and day count from 1; weekday 0 is Sunday. */
export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly msOfDay: number;
}

/** Days since 1970-01-01 of a proleptic Gregorian date (the well-known era arithmetic, without a Date object). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Beijing civil time of an epoch moment. */
export function toBeijing(epochMs: number): CivilTime {
  const local = epochMs + OFFSET_MS;
  const days = Math.floor(local / DAY_MS);
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1,
    weekday: (((days + 4) % 7) + 7) % 7,
    msOfDay: local - days * DAY_MS,
  };
}

/** Epoch moment of a Beijing date and time of day. */
export function fromBeijing(year: number, month: number, day: number, msOfDay = 0): number {
  return daysFromCivil(year, month, day) * DAY_MS + msOfDay - OFFSET_MS;
}

/** Epoch moment at which the Beijing month of `epochMs` began. */
export function startOfBeijingMonth(epochMs: number): number {
  const { year, month } = toBeijing(epochMs);
  return fromBeijing(year, month, 1);
}

/** The Beijing month in which a moment lies, as `2026-11`. */
export function beijingMonth(epochMs: number): string {
  const { year, month } = toBeijing(epochMs);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

/** A Beijing month of `2026-11`: `[from, to)` in epoch ms. */
export function spanOfBeijingMonth(month: string): { readonly from: number; readonly to: number } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const to = number === 12 ? fromBeijing(year + 1, 1, 1) : fromBeijing(year, number + 1, 1);
  return { from: fromBeijing(year, number, 1), to };
}

/** `11月20日 08:30`, Beijing time. */
export function momentText(at: number): string {
  const { month, day, msOfDay } = toBeijing(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${month}月${day}日 ${two(Math.floor(msOfDay / 3_600_000))}:${two(Math.floor(msOfDay / 60_000) % 60)}`;
}
