import { NEVER_SECONDS } from './measures/forecast.ts';

/** "预计 12 分钟后越限": what a forecast came to, in seconds until its limit; `spanOf` tells a span in words. */
export function forecastText(seconds: number, spanOf: (seconds: number) => string): string {
  if (seconds <= 0) return '已越限';
  return seconds >= NEVER_SECONDS ? '走势不再趋向限值' : `预计 ${spanOf(seconds)}后越限`;
}
