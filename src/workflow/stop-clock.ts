import { addWorkingTime, type WorkingCalendar, workingTimeBetween } from './working-calendar.ts';

/** A time in which a limit stood still (停表). Epoch ms. */
export interface Pause {
  readonly from: number;
  readonly to: number;
}

/** Time as a limit counts it: all of it, or only working time. */
export function timeBetween(calendar: WorkingCalendar | undefined, from: number, to: number): number {
  if (to <= from) return 0;
  return calendar ? workingTimeBetween(calendar, from, to) : to - from;
}

function addTime(calendar: WorkingCalendar | undefined, from: number, ms: number): number {
  return calendar ? addWorkingTime(calendar, from, ms) : from + ms;
}

/** How long a limit has run between two moments: what it stood still is no time of it. Pauses are apart and ascending. */
export function runningTime(
  calendar: WorkingCalendar | undefined,
  span: { readonly from: number; readonly to: number },
  pauses: readonly Pause[],
): number {
  const still = pauses.reduce(
    (sum, one) => sum + timeBetween(calendar, Math.max(one.from, span.from), Math.min(one.to, span.to)),
    0,
  );
  return timeBetween(calendar, span.from, span.to) - still;
}

/** The moment at which a limit has run for `ms` since `from`. */
export function afterRunning(
  calendar: WorkingCalendar | undefined,
  { from, ms }: { readonly from: number; readonly ms: number },
  pauses: readonly Pause[],
): number {
  let at = addTime(calendar, from, ms);
  for (const pause of pauses) if (pause.to > from && pause.from < at) at = goesOn(calendar, at, pause);
  return at;
}

/**
 * When something is due after a pause that was due at `dueAt` before it: exactly as much later as the limit stood still. What was
 * due before the pause began stays as late as it was.
 */
export function goesOn(calendar: WorkingCalendar | undefined, dueAt: number, pause: Pause): number {
  if (dueAt <= pause.from) return dueAt;
  // Due at an hour at which nobody works: no working time was left, the hours that were are given back as they are.
  if (timeBetween(calendar, pause.from, dueAt) === 0) return pause.to + (dueAt - pause.from);
  return addTime(calendar, dueAt, timeBetween(calendar, pause.from, pause.to));
}
