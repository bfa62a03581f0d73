import { toBeijing } from '#base';

/** `2026-11-20`, Beijing time. */
export function dayText(at: number): string {
  const { year, month, day } = toBeijing(at);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
