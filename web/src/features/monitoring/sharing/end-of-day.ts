import { fromBeijing } from '#base';

/** `2026-12-31` as a date field gives it → the moment its day ends in Beijing; undefined for none. */
export function endOfDay(text: string): number | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (!found) return undefined;
  const [, year, month, day] = found.map(Number);
  return fromBeijing(year ?? 0, month ?? 0, (day ?? 0) + 1);
}
