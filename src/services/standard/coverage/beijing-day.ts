import { toBeijing } from '#base';

const two = (n: number): string => String(n).padStart(2, '0');

/** The day in Beijing of a moment (epoch ms), `2026-11-23`. */
export function beijingDay(at: number): string {
  const { year, month, day } = toBeijing(at);
  return `${year}-${two(month)}-${two(day)}`;
}
