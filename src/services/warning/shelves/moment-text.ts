import { toBeijing } from '#base';

/** `18:00`, or `12月1日 02:00` where that is another day than `now` (epoch ms, Beijing time). */
export function momentText(at: number, now: number): string {
  const [there, here] = [toBeijing(at), toBeijing(now)];
  const two = (n: number): string => String(n).padStart(2, '0');
  const clock = `${two(Math.floor(there.msOfDay / 3_600_000))}:${two(Math.floor(there.msOfDay / 60_000) % 60)}`;
  const isToday = there.day === here.day && there.month === here.month && there.year === here.year;
  return isToday ? clock : `${there.month}月${there.day}日 ${clock}`;
}
