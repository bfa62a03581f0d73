/** How far apart units stand that are mixed up in the field: m and mm, MPa and kPa, mg and µg; m and cm; kPa and hPa. */
const FACTORS = [1000, 1 / 1000, 100, 1 / 100, 10, 1 / 10] as const;
/** Of what it was before; a factor of ten apart from it is never within a twentieth. */
const NEAR = 0.05;

/** Whether a value is what its point told before, times a step between units: sent in mm where metres are agreed. */
export function isInOtherUnit(value: number, before: number): boolean {
  if (value === 0 || before === 0) return false;
  return FACTORS.some((factor) => Math.abs(value * factor - before) <= NEAR * Math.abs(before));
}
