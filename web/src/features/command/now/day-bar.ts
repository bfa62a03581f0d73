import type { Shift } from '#contract/command';

/** A stretch of a seat's day: a shift, or nobody. In shares of the window, 0–1. */
export interface Stretch {
  readonly shift: Shift | undefined;
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly width: number;
}

/**
 * A seat's shifts laid on a window of time; what lies between them is a gap. Where two overlap (after a change by hand)
 * the later one begins where the earlier ends, as only one stands the seat.
 */
export function stretchesOf(
  shifts: readonly Shift[],
  window: { readonly from: number; readonly to: number },
): readonly Stretch[] {
  const whole = window.to - window.from;
  const stretches: Stretch[] = [];
  let at = window.from;
  const add = (to: number, shift: Shift | undefined): void => {
    if (to <= at) return;
    stretches.push({
      shift,
      from: at,
      to,
      left: (at - window.from) / whole,
      width: (to - at) / whole,
    });
    at = to;
  };
  for (const shift of shifts.toSorted((a, b) => a.from - b.from)) {
    if (shift.status === 'cancelled') continue;
    add(Math.min(shift.from, window.to), undefined);
    add(Math.min(shift.to, window.to), shift);
  }
  add(window.to, undefined);
  return stretches;
}
