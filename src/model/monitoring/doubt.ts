/**
 * Doubt of a point's data, 0 (all good) to 1 (all suspect): each reading moves it by this share of what is left. Half the doubt is
 * gone, or come, after seven.
 */
export const DOUBT_STEP = 0.1;
/** Above it a point is poor (seven suspect readings in a row); below the other it is good again (two dozen good ones). */
export const DOUBT_POOR = 0.5;
export const DOUBT_GOOD = 0.1;

/** The doubt after one more reading. */
export const doubtAfter = (doubt: number, isSuspect: boolean): number =>
  isSuspect ? doubt + DOUBT_STEP * (1 - doubt) : (1 - DOUBT_STEP) * doubt;
