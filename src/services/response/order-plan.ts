import type { HandbookEntry, LevelLimits, LimitOverrides, Loop, SignLevel } from '#model/standard';
import type { Level } from '#model/warning';
import {
  dueMoments,
  ladderOf,
  type LimitSpan,
  limitsFor,
  nextMoment,
  type Rung,
  type RunningLimit,
  stepAt,
  type WorkingCalendar,
} from '#workflow';

import type { HandbookInForce, LimitsInForce } from './standard-in-force.ts';

/** What is frozen into an order for an item at a level: its handbook entry and the limits that follow from it. */
export interface OrderPlan {
  readonly handbook: HandbookEntry;
  readonly limits: LevelLimits;
  readonly overrides: LimitOverrides | undefined;
  readonly version: string;
  /** False where the handbook is silent; such an order waits for a dispatcher. */
  readonly inHandbook: boolean;
}

/** Loop by level where the handbook is silent (catalog §1.4). */
const DEFAULT_LOOP: Readonly<Record<Level, Loop>> = {
  blue: 'small',
  yellow: 'small',
  orange: 'medium',
  red: 'large',
};

export function planOf(
  subject: { readonly item: string; readonly level: Level; readonly owner: string },
  found: HandbookInForce | undefined,
  standard: LimitsInForce,
): OrderPlan {
  const handbook = found?.entry ?? withoutHandbook(subject);
  const overrides = handbook.limits;
  const limits = limitsFor(standard.classOf(handbook.limitClass), subject.level, overrides);
  return { handbook, limits, overrides, version: found?.version ?? '', inHandbook: found !== undefined };
}

/** What the ladder of an order's limits depends on. */
export interface Limited {
  readonly level: SignLevel;
  readonly limits: LevelLimits;
  readonly scenario: number;
}

/** A limit that may have become red after it began. */
export interface ChasedLimit extends RunningLimit {
  readonly redAt?: number | null | undefined;
}

/** A limit as its row holds it: what runs, and where it stands on its ladder. Epoch ms. */
export interface LimitRow extends ChasedLimit {
  readonly step: number;
  readonly pressAt: number | null;
  readonly nextAt: number | null;
}

/** The limits of an order that begins its plan at `from`. */
export function limitRows(
  plan: OrderPlan,
  { scenario, from }: { readonly scenario: number; readonly from: number },
  standard: LimitsInForce,
): readonly LimitRow[] {
  const { level, limitClass } = plan.handbook;
  const order = { limitClass: standard.classOf(limitClass), level, overrides: plan.overrides };
  return dueMoments(order, from, standard.calendarOf(scenario)).map((running) =>
    onLadder(running, { level, limits: plan.limits, scenario, at: from }, standard),
  );
}

/** Puts a running limit on its ladder: rungs that lie behind `at` are not climbed again. */
export function onLadder(
  running: RunningLimit,
  order: Limited & { readonly at: number },
  standard: LimitsInForce,
): LimitRow {
  const ladder = ladderIn(running, order, standard);
  const step = stepAt(ladder, order.at);
  const { kind, startedAt, dueAt } = running;
  return { kind, startedAt, dueAt, step, pressAt: null, nextAt: ladder[step]?.at ?? null };
}

/**
 * Puts a limit that keeps its moment onto the ladder of its order as it is now. What was climbed (`step` rungs of `before`) stays
 * climbed; what came due and was not climbed yet is climbed late, so that no order escapes 超期 by being upgraded. What becomes red
 * counts its voice call from then on (`after.at`), so that no upgrade swallows it.
 */
export function ontoLadder(
  limit: ChasedLimit & { readonly step: number; readonly pressAt: number | null },
  { before, after }: { readonly before: Limited; readonly after: Limited & { readonly at: number } },
  standard: LimitsInForce,
): LimitRow {
  const climbed = ladderIn(limit, before, standard)[limit.step - 1];
  const { kind, startedAt, dueAt, pauses, pressAt } = limit;
  const redAt = after.level === 'red' && before.level !== 'red' ? after.at : limit.redAt;
  const ladder = ladderIn({ ...limit, redAt }, after, standard);
  const step = climbed === undefined ? 0 : stepAt(ladder, climbed.at);
  const nextAt = nextMoment(ladder, { step, pressAt });
  return { kind, startedAt, dueAt, pauses, redAt, step, pressAt, nextAt };
}

/** The ladder of a limit of an order, by the rules in force. */
export function ladderIn(
  { kind, startedAt, dueAt, pauses, redAt }: ChasedLimit,
  order: Limited,
  standard: LimitsInForce,
): readonly Rung[] {
  const span: LimitSpan = {
    kind,
    level: order.level,
    startedAt,
    dueAt,
    calendar: calendarOf(order, standard),
    pauses,
    redAt,
  };
  return ladderOf(standard.escalation, span);
}

/** Present where only working time counts. */
export function calendarOf(
  order: Pick<Limited, 'limits' | 'scenario'>,
  standard: LimitsInForce,
): WorkingCalendar | undefined {
  return order.limits.workingHours ? standard.calendarOf(order.scenario) : undefined;
}

function withoutHandbook(subject: {
  readonly item: string;
  readonly level: Level;
  readonly owner: string;
}): HandbookEntry {
  return {
    item: subject.item,
    level: subject.level,
    loop: DEFAULT_LOOP[subject.level],
    disposalTypes: ['VERIFY'],
    steps: [],
    responsible: { role: 'handler', unit: subject.owner },
    reviewer: { role: 'business-admin', unit: subject.owner },
    coUnits: [],
    limitClass: 'T-std',
    notify: [],
    publicRelease: false,
    basis: { tag: 'A', document: '指挥手册没有这一项和等级，按标准时限由派单人处理', verified: false },
  };
}
