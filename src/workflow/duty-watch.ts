import type { Span } from './duty-roster.ts';

/** A shift of a seat that stands. Shifts of one seat never overlap. */
export interface SeatShift extends Span {
  readonly id: number;
  /** Key of its holder. */
  readonly person: string;
}

/** Somebody who stands in for somebody else for a time (代理). */
export interface StandIn extends Span {
  readonly principal: string;
  readonly deputy: string;
}

export interface Watch {
  readonly kind: 'on';
  readonly shift: SeatShift;
  /** Who is really on: the holder, or the deputy. */
  readonly person: string;
  readonly deputyFor: string | null;
  /** Until when this person is on: the shift's end, or the deputy's coming or going. */
  readonly until: number;
}
export interface Gap {
  readonly kind: 'gap';
  /** When the next shift begins; null: none is planned. */
  readonly until: number | null;
}

/** Who is on duty in a seat at a moment: exactly one person, or a gap. A deputy does not pass on the watch to a third. */
export function watchAt(shifts: readonly SeatShift[], standIns: readonly StandIn[], at: number): Watch | Gap {
  const shift = shifts.find(({ from, to }) => from <= at && at < to);
  if (!shift) {
    const later = shifts.filter(({ from }) => from > at).map(({ from }) => from);
    return { kind: 'gap', until: later.length === 0 ? null : Math.min(...later) };
  }
  const its = standIns.filter(({ principal }) => principal === shift.person);
  const active = its.filter(({ from, to }) => from <= at && at < to).toSorted((a, b) => b.from - a.from)[0];
  // The next moment at which another stand-in comes or this one goes.
  const changes = its
    .flatMap(({ from, to }) => [from, to])
    .filter((moment) => moment > at && moment < shift.to);
  return {
    kind: 'on',
    shift,
    person: active?.deputy ?? shift.person,
    deputyFor: active ? shift.person : null,
    until: Math.min(shift.to, ...changes),
  };
}

/** Who comes next: when this watch ends, or when the gap does. Undefined: nobody is planned. */
export function nextWatch(
  shifts: readonly SeatShift[],
  standIns: readonly StandIn[],
  at: number,
): Watch | undefined {
  const last = Math.max(...shifts.map(({ to }) => to), at);
  const now = watchAt(shifts, standIns, at);
  for (let moment = now.until; moment !== null && moment < last;) {
    const then = watchAt(shifts, standIns, moment);
    // One person twice in a row is one watch.
    if (then.kind === 'on' && (now.kind === 'gap' || differs(now, then))) return then;
    moment = then.until;
  }
  return undefined;
}

function differs(now: Watch, then: Watch): boolean {
  return now.person !== then.person || now.shift.id !== then.shift.id;
}

/** Spans of a stretch that no shift covers. */
export function gapsOf(shifts: readonly Span[], stretch: Span): readonly Span[] {
  const gaps: Span[] = [];
  let from = stretch.from;
  for (const shift of shifts.toSorted((a, b) => a.from - b.from)) {
    if (shift.from >= stretch.to) break;
    if (shift.from > from) gaps.push({ from, to: shift.from });
    from = Math.max(from, shift.to);
  }
  if (from < stretch.to) gaps.push({ from, to: stretch.to });
  return gaps;
}
