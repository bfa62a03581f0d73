const MINUTE_MS = 60_000;

/** When something may be felt, seen from now: 约 12 分钟后; what is due already: 随时. */
export function soonText(at: number, now: number): string {
  const minutes = Math.round((at - now) / MINUTE_MS);
  return minutes <= 0 ? '随时' : `约 ${minutes} 分钟后`;
}
