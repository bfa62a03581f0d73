/** 火险天气指数 from spread and build-up; equations 28–30 of Van Wagner (1987). */
export function fwi(isi: number, bui: number): number {
  const duff = bui > 80 ? 1000 / (25 + 108.64 * Math.exp(-0.023 * bui)) : 0.626 * bui ** 0.809 + 2;
  const intensity = 0.1 * isi * duff;
  // 0.434 as the equation has it, not the logarithm of e.
  // oxlint-disable-next-line oxc/approx-constant
  return intensity <= 1 ? intensity : Math.exp(2.72 * (0.434 * Math.log(intensity)) ** 0.647);
}
