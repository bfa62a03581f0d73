import type { DeadlineKind } from '#model/response';
import type {
  EscalationChannel,
  EscalationRecipient,
  EscalationRules,
  HandbookRole,
  SignLevel,
} from '#model/standard';

import { afterRunning, type Pause, runningTime } from './stop-clock.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** One rung of a limit's ladder with its moment. From `dueAt` on it also marks the order 超期. */
export interface Rung {
  readonly at: number;
  readonly why: RungReason;
  readonly overdue: boolean;
  readonly channels: readonly EscalationChannel[];
  readonly recipients: readonly EscalationRecipient[];
}

/**
 * `percent` of the limit has passed; a red order waited `seconds` without anybody accepting it; or nobody acknowledged the
 * rung before for `seconds`, so that the one of `percent` came early.
 */
export type RungReason =
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'unacknowledged'; readonly seconds: number }
  | { readonly kind: 'unaccepted-red'; readonly seconds: number };

/** A limit of an order, or the time a 督办 has to be answered in. */
type LimitKind = DeadlineKind | 'supervision';

export interface LimitSpan {
  readonly kind: LimitKind;
  readonly level: SignLevel;
  readonly startedAt: number;
  readonly dueAt: number;
  /** Present where only working time counts, so that nobody is called at night about a blue order. */
  readonly calendar?: WorkingCalendar | undefined;
  /** When it stood still: a rung comes as much later. */
  readonly pauses?: readonly Pause[] | null | undefined;
  /** Since when the order is red, where that is later than the limit's start: it rose while it waited to be accepted. */
  readonly redAt?: number | null | undefined;
}

/** For whom an order waits where it is not its handler (误报由复核人核实). */
const ACTS: Readonly<Partial<Record<LimitKind, HandbookRole>>> = {
  verify: 'business-admin',
  supervision: 'business-admin',
};

/** The rungs of one limit in the order of their moments (催办阶梯, catalog §3.2). */
export function ladderOf(rules: EscalationRules, span: LimitSpan): readonly Rung[] {
  const rungs: Rung[] = rules.ladder.map(({ percent, channels, recipients }) => ({
    at: momentOf(span, percent),
    why: { kind: 'percent', percent },
    overdue: percent >= 100,
    channels,
    recipients: recipients.map((one) => asked(span.kind, one)),
  }));
  if (span.kind === 'accept' && span.level === 'red') {
    const { afterSeconds, channels, recipients } = rules.unacceptedRed;
    const at = Math.max(span.startedAt, span.redAt ?? span.startedAt) + afterSeconds * 1000;
    const why = { kind: 'unaccepted-red', seconds: afterSeconds } as const;
    rungs.push({ at, why, overdue: at >= span.dueAt, channels, recipients });
  }
  return rungs.toSorted((a, b) => a.at - b.at);
}

function asked(kind: LimitKind, recipient: EscalationRecipient): EscalationRecipient {
  const role = ACTS[kind];
  return role !== undefined && recipient.kind === 'role' && recipient.role === 'handler'
    ? { kind: 'role', role }
    : recipient;
}

/** Where a limit stands on its ladder. */
export interface Standing {
  /** Rungs climbed or passed over. */
  readonly step: number;
  /** When the next rung is climbed though its moment has not come, unless somebody acknowledges the last one before. */
  readonly pressAt: number | null;
}

export type NextStep =
  | { readonly kind: 'wait'; readonly nextAt: number }
  | {
      readonly kind: 'remind';
      /** The rungs to climb now: the worst one missed, and whatever falls on the same moment. */
      readonly rungs: readonly Rung[];
      readonly overdue: boolean;
      /** Rungs passed over, because after a long outage one call says it all. */
      readonly skipped: number;
      readonly step: number;
    }
  | { readonly kind: 'top' };

/** What a limit asks for at a moment, as it stands on its ladder. */
export function nextStep(
  ladder: readonly Rung[],
  { step, pressAt }: Standing,
  at: number,
  unacknowledged: EscalationRules['unacknowledged'],
): NextStep {
  const next = ladder[step];
  if (!next) return { kind: 'top' };
  const nextAt = Math.min(next.at, pressAt ?? next.at);
  if (nextAt > at) return { kind: 'wait', nextAt };
  // One rung for each time that nobody answered; the moments of the ladder itself go on beside it.
  if (next.at > at) return pressed(next, step, unacknowledged);
  const reached = stepAt(ladder, at);
  const missed = ladder.slice(step, reached);
  const worstAt = missed.at(-1)?.at ?? next.at;
  // The call to a red order that nobody accepted is made however late it is.
  const rungs = missed.filter((rung) => rung.at === worstAt || rung.why.kind === 'unaccepted-red');
  return {
    kind: 'remind',
    rungs,
    overdue: missed.some((rung) => rung.overdue),
    skipped: missed.length - rungs.length,
    step: reached,
  };
}

function pressed(
  next: Rung,
  step: number,
  { afterSeconds }: EscalationRules['unacknowledged'],
): Extract<NextStep, { kind: 'remind' }> {
  const why = { kind: 'unacknowledged', seconds: afterSeconds } as const;
  return { kind: 'remind', rungs: [{ ...next, why }], overdue: next.overdue, skipped: 0, step: step + 1 };
}

/**
 * Until when what was climbed has to be acknowledged, else the next rung follows (升级提醒无人签收): only what went beyond the
 * handler, only at the levels the rules name, and only while there is somebody further up.
 */
export function pressAfter(
  rules: EscalationRules,
  { ladder, level }: { readonly ladder: readonly Rung[]; readonly level: SignLevel },
  climbed: Extract<NextStep, { kind: 'remind' }>,
  at: number,
): number | null {
  const { afterSeconds, levels } = rules.unacknowledged;
  const asks = climbed.rungs.some(isEscalation) && levels.includes(level) && climbed.step < ladder.length;
  return asks ? at + afterSeconds * 1000 : null;
}

/** Whether a rung goes beyond the one who has to act, and asks to be acknowledged. */
export function isEscalation({ overdue, why }: Rung): boolean {
  return overdue || why.kind === 'unaccepted-red';
}

/** When a limit that stands on its ladder is looked at again; null at the top. */
export function nextMoment(ladder: readonly Rung[], { step, pressAt }: Standing): number | null {
  const next = ladder[step];
  return next ? Math.min(next.at, pressAt ?? next.at) : null;
}

/** How many rungs lie behind a moment. A limit whose span or level changed goes on from there without a storm. */
export function stepAt(ladder: readonly Rung[], at: number): number {
  const ahead = ladder.findIndex((rung) => rung.at > at);
  return ahead === -1 ? ladder.length : ahead;
}

function momentOf(span: LimitSpan, percent: number): number {
  if (percent === 100) return span.dueAt;
  const { startedAt, dueAt, calendar } = span;
  const pauses = span.pauses ?? [];
  const whole = runningTime(calendar, { from: startedAt, to: dueAt }, pauses);
  const at = afterRunning(calendar, { from: startedAt, ms: Math.round((whole * percent) / 100) }, pauses);
  return percent < 100 ? Math.min(at, dueAt) : Math.max(at, dueAt);
}
