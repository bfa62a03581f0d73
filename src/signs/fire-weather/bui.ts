/** 累积指数: the fuel there is for burning, of duff and deep layers; equations 27a and 27b of Van Wagner (1987). */
export function bui(dmc: number, dc: number): number {
  if (dmc === 0) return 0;
  const both = (0.8 * dmc * dc) / (dmc + 0.4 * dc);
  if (dmc <= 0.4 * dc) return both;
  return Math.max(dmc - (1 - (0.8 * dc) / (dmc + 0.4 * dc)) * (0.92 + (0.0114 * dmc) ** 1.7), 0);
}
