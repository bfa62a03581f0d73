/** Device clocks (catalog §0.4, protocols §12): ahead by more than this is a wrong clock. */
const AHEAD_MS = 60_000;
/** Behind by more than this is a wrong clock; less is a late delivery. */
const BEHIND_MS = 7 * 86_400_000;

/** `age` is receiving time less the device's time, in ms. */
export function isWrongClock(age: number): boolean {
  return age < -AHEAD_MS || age > BEHIND_MS;
}
