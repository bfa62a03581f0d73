import { fromBeijing } from '#base';

const MINUTE_MS = 60_000;

/** `2026-12-31T08:30` → the moment in Beijing, whatever zone the browser is in; undefined for what is none. */
export function momentOf(text: string): number | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/u.exec(text);
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  return fromBeijing(year, month, day, (hour * 60 + minute) * MINUTE_MS);
}
