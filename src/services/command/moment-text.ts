import { toBeijing } from '#base';

/** `11月20日 08:30`, Beijing time. */
export function momentText(at: number): string {
  const { month, day, msOfDay } = toBeijing(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${month}月${day}日 ${two(Math.floor(msOfDay / 3_600_000))}:${two(Math.floor(msOfDay / 60_000) % 60)}`;
}

/** `2026-11-20`, Beijing time. */
export function dayText(at: number): string {
  const { year, month, day } = toBeijing(at);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
