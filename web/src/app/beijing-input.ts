import { fromBeijing, toBeijing } from '#base';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** `2026-12-31` → the last moment of that day in Beijing; null for what is not a date. */
export function endOfDay(text: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (!found) return null;
  return fromBeijing(Number(found[1]), Number(found[2]), Number(found[3])) + DAY_MS - 1;
}

/** `2026-12-31` of a moment. */
export function dayOf(at: number): string {
  const { year, month, day } = toBeijing(at);
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}

/** `2026-12-31T08:30` → the moment in Beijing, whatever zone the browser is in; null for what is none. */
export function momentOf(text: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/u.exec(text);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  return fromBeijing(year, month, day, (hour * 60 + minute) * MINUTE_MS);
}

/** What a field for date and time shows of a moment. */
export function fieldOf(at: number): string {
  const minutes = Math.floor(toBeijing(at).msOfDay / MINUTE_MS);
  return `${dayOf(at)}T${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

function pad(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}
