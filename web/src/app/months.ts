import { momentOf } from './beijing-input.ts';

/** The month `by` months away from `YYYY-MM`. */
export function monthAway(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + (number - 1) + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The last `count` months, the newest first. */
export function monthsBack(month: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => monthAway(month, -i));
}

/** From its first moment in Beijing to that of the next month. */
export function spanOfMonth(month: string): { readonly from: number; readonly to: number } {
  const startOf = (one: string): number => momentOf(`${one}-01T00:00`) ?? 0;
  return { from: startOf(month), to: startOf(monthAway(month, 1)) };
}
