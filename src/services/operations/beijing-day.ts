import { fromBeijing, toBeijing } from '#base';

const two = (n: number): string => String(n).padStart(2, '0');

/** The Beijing day of a moment (epoch ms), `2026-11-30`. */
export function beijingDay(at: number): string {
  const { year, month, day } = toBeijing(at);
  return `${year}-${two(month)}-${two(day)}`;
}

/** The first moment of the Beijing day a moment lies in; epoch ms. */
export function startOfDay(at: number): number {
  const { year, month, day } = toBeijing(at);
  return fromBeijing(year, month, day);
}
