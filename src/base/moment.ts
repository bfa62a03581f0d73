/** Years 1970–9999: beyond these a number is not a time. Wrong clocks within are stored and marked. */
const LAST_MOMENT = 253_402_300_800_000;

/** Whether epoch milliseconds can be a time at all; NaN cannot. */
export const isMoment = (at: number): boolean => at >= 0 && at < LAST_MOMENT;
