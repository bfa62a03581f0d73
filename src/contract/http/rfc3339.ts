import { daysFromCivil } from '#base';

/**
 * Epoch milliseconds of an RFC 3339 moment, or undefined when it is none. The zone is required: a time without one
 * would be read in somebody's local time. Fractions beyond milliseconds are cut off.
 */
export function parseRfc3339(text: string): number | undefined {
  if (text.length < 20 || text.length > 40) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  if (!separatorsHold(text)) return undefined;
  if (!dateHolds(year, month, day) || !timeHolds(hour, minute, second)) return undefined;

  let at = 19;
  let fraction = 0;
  if (text.charCodeAt(at) === 46) {
    let scale = 100;
    at += 1;
    const start = at;
    for (let c = text.charCodeAt(at); c >= 48 && c <= 57; c = text.charCodeAt(at)) {
      fraction += (c - 48) * scale;
      scale /= 10;
      at += 1;
    }
    if (at === start) return undefined;
  }
  const offsetMinutes = zone(text, at);
  if (offsetMinutes === undefined) return undefined;
  return (
    daysFromCivil(year, month, day) * 86_400_000 +
    (hour * 60 + minute - offsetMinutes) * 60_000 +
    second * 1000 +
    Math.floor(fraction)
  );
}

function digits(text: string, from: number, count: number): number {
  let n = 0;
  for (let i = from; i < from + count; i += 1) {
    const c = text.charCodeAt(i) - 48;
    if (!(c >= 0 && c <= 9)) return Number.NaN;
    n = n * 10 + c;
  }
  return n;
}

function separatorsHold(text: string): boolean {
  const t = text.charCodeAt(10);
  return (
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    (t === 84 || t === 116 || t === 32) &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58
  );
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function dateHolds(year: number, month: number, day: number): boolean {
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (MONTH_DAYS[month - 1] ?? 0) + (leap && month === 2 ? 1 : 0);
}

function timeHolds(hour: number, minute: number, second: number): boolean {
  return hour <= 23 && minute <= 59 && second <= 60;
}

/** Offset in minutes of `Z`, `z`, `+hh:mm` or `-hh:mm` that ends the text. */
function zone(text: string, at: number): number | undefined {
  const c = text.charCodeAt(at);
  if ((c === 90 || c === 122) && text.length === at + 1) return 0;
  if ((c !== 43 && c !== 45) || text.length !== at + 6 || text.charCodeAt(at + 3) !== 58) return undefined;
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, at + 4, 2);
  if (!(hours <= 23 && minutes <= 59)) return undefined;
  return (c === 45 ? -1 : 1) * (hours * 60 + minutes);
}
