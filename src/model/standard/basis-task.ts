import { fromBeijing } from '#base';

const DAY_MS = 86_400_000;

/** When a changed basis must be answered (epoch ms): by the end of the last day of so many after the day it changed on. */
export function basisDueAt(changedOn: string, days: number): number {
  const [year = 0, month = 0, day = 0] = changedOn.split('-').map(Number);
  return fromBeijing(year, month, day) + (days + 1) * DAY_MS;
}

/** What became of a task so far. Moments in epoch ms. */
export interface TaskCourse {
  readonly dueAt: number;
  /** Null while it is open. */
  readonly answeredAt: number | null;
}

/** 标准更新及时率 (indicator A12) of a stretch of time. */
export interface UpdatesInTime {
  /** Tasks to be answered in it: each counts in the stretch in which it falls due, once it is answered or due. */
  readonly due: number;
  readonly inTime: number;
  /** Null while nothing was due. */
  readonly rate: number | null;
}

/** A task that is answered, by a version or with the reason why nothing needs to change, at the latest when it was due. */
export function updatesInTime(
  tasks: readonly TaskCourse[],
  span: { readonly from: number; readonly to: number },
  now: number,
): UpdatesInTime {
  const counted = tasks.filter(
    ({ dueAt, answeredAt }) => dueAt > span.from && dueAt <= span.to && (answeredAt !== null || dueAt <= now),
  );
  const inTime = counted.filter(({ dueAt, answeredAt }) => answeredAt !== null && answeredAt <= dueAt).length;
  return { due: counted.length, inTime, rate: counted.length === 0 ? null : inTime / counted.length };
}
