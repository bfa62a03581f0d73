import type { DeadlineKind } from '#model/response';
import type { EscalationChannel, EscalationRecipient, EscalationRules, SignLevel } from '#model/standard';

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

/** `percent` of the limit has passed; or a red order waited `seconds` without anybody accepting it. */
export type RungReason =
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'unaccepted-red'; readonly seconds: number };

export interface LimitSpan {
  readonly kind: DeadlineKind;
  readonly level: SignLevel;
  readonly startedAt: number;
  readonly dueAt: number;
  /** Present where only working time counts, so that nobody is called at night about a blue order. */
  readonly calendar?: WorkingCalendar | undefined;
  /** When it stood still: a rung comes as much later. */
  readonly pauses?: readonly Pause[] | null | undefined;
}

/** The rungs of one limit in the order of their moments (催办阶梯, catalog §3.2). */
export function ladderOf(rules: EscalationRules, span: LimitSpan): readonly Rung[] {
  const rungs: Rung[] = rules.ladder.map(({ percent, channels, recipients }) => ({
    at: momentOf(span, percent),
    why: { kind: 'percent', percent },
    overdue: percent >= 100,
    channels,
    recipients,
  }));
  if (span.kind === 'accept' && span.level === 'red') {
    const { afterSeconds, channels, recipients } = rules.unacceptedRed;
    const at = span.startedAt + afterSeconds * 1000;
    const why = { kind: 'unaccepted-red', seconds: afterSeconds } as const;
    rungs.push({ at, why, overdue: at >= span.dueAt, channels, recipients });
  }
  return rungs.toSorted((a, b) => a.at - b.at);
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
      readonly nextAt: number | null;
    }
  | { readonly kind: 'top' };

/** What a limit asks for at a moment, when `step` rungs of its ladder have been climbed. */
export function nextStep(ladder: readonly Rung[], step: number, at: number): NextStep {
  const next = ladder[step];
  if (!next) return { kind: 'top' };
  if (next.at > at) return { kind: 'wait', nextAt: next.at };
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
    nextAt: ladder[reached]?.at ?? null,
  };
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
