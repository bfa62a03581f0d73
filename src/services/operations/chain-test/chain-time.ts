import { type SettingValue, SETTINGS } from '#model/platform';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** When a scenario's daily test is due after midnight (ms): at the time that is set, a minute later from scenario to scenario. */
export function dueAfterMidnight(time: SettingValue, scenario: number): number {
  const text = typeof time === 'string' ? time : SETTINGS['chain-test.time'].default;
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return Math.min(hours * HOUR_MS + (minutes + scenario) * MINUTE_MS, 24 * HOUR_MS - MINUTE_MS);
}

/** `06:14`. */
export function timeText(afterMidnight: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(afterMidnight / HOUR_MS))}:${two(Math.floor((afterMidnight % HOUR_MS) / MINUTE_MS))}`;
}
