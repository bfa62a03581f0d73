import { BLOCKING_CONFLICTS, type ConflictKind } from '#model/command';

import type { Span } from './duty-roster.ts';
import type { StandIn } from './duty-watch.ts';

/** Nobody stands longer in a row (one 24-hour watch is usual in this trade, a second one behind it is not). */
export const LONGEST_WATCH_MS = 24 * 3_600_000;

/** A shift to be judged, or one that stands already. */
export interface JudgedShift extends Span {
  /** Number of the seat, and its name with the roster's where it is another one. */
  readonly seat: number;
  readonly seatName: string;
  readonly person: string;
  /** True: this one is being planned; false: it only stands in the way. */
  readonly planned: boolean;
}

export interface ConflictFacts {
  /** When an account was or will be closed, by its key. */
  readonly closedAt: ReadonlyMap<string, number>;
  readonly standIns: readonly StandIn[];
}

export interface DutyConflict extends Span {
  readonly kind: ConflictKind;
  readonly seatName: string;
  readonly person: string | null;
  readonly blocking: boolean;
  /** The other seat, or the deputy's key. */
  readonly other: string | null;
}

/** What is wrong with shifts that are being planned, the earliest first. */
export function dutyConflicts(
  shifts: readonly JudgedShift[],
  { closedAt, standIns }: ConflictFacts,
): readonly DutyConflict[] {
  const found: DutyConflict[] = [];
  for (const [person, theirs] of Map.groupBy(shifts, (shift) => shift.person)) {
    const sorted = theirs.toSorted((a, b) => a.from - b.from || a.to - b.to);
    found.push(...twoSeats(sorted), ...tooLong(sorted));
    const planned = sorted.filter((shift) => shift.planned);
    const closed = closedAt.get(person);
    for (const shift of planned) {
      if (closed !== undefined && closed < shift.to) found.push(conflict('closed-account', shift, null));
      for (const { principal, deputy, from, to } of standIns) {
        if (principal !== person || to <= shift.from || from >= shift.to) continue;
        const span = { from: Math.max(from, shift.from), to: Math.min(to, shift.to) };
        found.push({ ...conflict('absent', shift, deputy), ...span });
      }
    }
  }
  return found.toSorted((a, b) => a.from - b.from || a.seatName.localeCompare(b.seatName));
}

function conflict(kind: ConflictKind, shift: JudgedShift, other: string | null): DutyConflict {
  const { seatName, person, from, to } = shift;
  return { kind, seatName, person, from, to, other, blocking: BLOCKING_CONFLICTS.includes(kind) };
}

/** Two shifts of one person at the same time. Sorted by their beginnings. */
function twoSeats(sorted: readonly JudgedShift[]): readonly DutyConflict[] {
  const found: DutyConflict[] = [];
  for (const [i, one] of sorted.entries()) {
    for (const other of sorted.slice(i + 1)) {
      if (other.from >= one.to) break;
      const [planned, standing] = other.planned ? [other, one] : [one, other];
      if (!planned.planned) continue;
      const span = { from: other.from, to: Math.min(one.to, other.to) };
      found.push({ ...conflict('two-seats', planned, standing.seatName), ...span });
    }
  }
  return found;
}

/** Shifts of one person without a pause between them, longer than a watch may be. */
function tooLong(sorted: readonly JudgedShift[]): readonly DutyConflict[] {
  const found: DutyConflict[] = [];
  const close = (run: readonly JudgedShift[]): void => {
    const from = Math.min(...run.map((shift) => shift.from));
    const to = Math.max(...run.map((shift) => shift.to));
    const planned = run.find((shift) => shift.planned);
    if (planned && to - from > LONGEST_WATCH_MS) {
      found.push({ ...conflict('too-long', planned, null), from, to });
    }
  };
  let run: JudgedShift[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const shift of sorted) {
    if (shift.from > end) {
      if (run.length > 0) close(run);
      run = [];
    }
    run.push(shift);
    end = Math.max(end, shift.to);
  }
  if (run.length > 0) close(run);
  return found;
}
