import { type Curve, HOUR_MS, MINUTE_MS, september } from './curve.ts';
import { chance } from './noise.ts';
import { DOCUMENTED } from './story.ts';

/** Water deep enough to close an underpass (cm). */
const CLOSING_CM = 25;
/** These are pumped dry in the same morning; the others drain in the afternoon and the night. */
const REOPENED: readonly number[] = [2, 6, 11, 15, 20, 25];
const FIRST_CLOSED = september('20 06:35');
const LAST_CLOSED = september('20 07:55');
const RISE_MS = 75 * MINUTE_MS;
const FALL_MS = 90 * MINUTE_MS;

/**
 * Depth in an underpass, cm. The first 28 reach the closing line one after another until 07:55; the last ones stay
 * below it.
 */
export function underpassDepth(index: number): Curve {
  const name = `underpass/${index}`;
  const closes = index < DOCUMENTED.closed;
  const part = index / (DOCUMENTED.closed - 1);
  const full = closes ? Math.round(FIRST_CLOSED + (LAST_CLOSED - FIRST_CLOSED) * part) : LAST_CLOSED;
  // At the closing moment the water stands just over the line, then rises to its peak within half an hour.
  const atFull = closes ? CLOSING_CM + 0.5 : ([16.5, 9][index - DOCUMENTED.closed] ?? 3);
  const peak = closes ? 28 + 9 * chance(name) : atFull + 1;
  const drained = REOPENED.includes(index)
    ? september('20 08:45') + chance(name, 1) * 25 * MINUTE_MS
    : september('20 13:00') + chance(name, 1) * 6 * HOUR_MS;
  const begins = full - RISE_MS;
  return (at) => {
    if (at <= begins) return 0;
    if (at <= full) return deci(atFull * ((at - begins) / RISE_MS) ** 1.4);
    if (at <= drained) return deci(atFull + (peak - atFull) * Math.min(1, (at - full) / (30 * MINUTE_MS)));
    return deci(peak * Math.max(0, 1 - (at - drained) / FALL_MS));
  };
}

const deci = (cm: number): number => Math.round(cm * 10) / 10;

/** Every five minutes when dry, every minute while there is water. */
export function underpassPeriod(depth: Curve): Curve {
  return (at) => (depth(at) > 0 || depth(at + 5 * MINUTE_MS) > 0 ? 60 : 300);
}
