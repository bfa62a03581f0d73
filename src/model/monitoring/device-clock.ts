/** Device clocks (catalog §0.4, protocols §12): ahead by more than this is a wrong clock; behind by more, a late delivery. */
const SLACK_MS = 60_000;
/** Behind by more than this is a wrong clock. */
const LATEST_MS = 7 * 86_400_000;

/** `age` is receiving time less the device's time, in ms. */
export function isWrongClock(age: number): boolean {
  return age < -SLACK_MS || age > LATEST_MS;
}

/** What is told about the past: later than any clock is off. */
export function isLate(age: number): boolean {
  return age > SLACK_MS && age <= LATEST_MS;
}
