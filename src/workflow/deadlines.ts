import { ARISING_LIMITS, DEADLINE_KINDS, type DeadlineKind } from '#model/response';
import {
  type LevelLimits,
  type LimitClass,
  type LimitOverrides,
  SIGN_LEVELS,
  type SignLevel,
  type TimeLimit,
} from '#model/standard';

import type { Pause } from './stop-clock.ts';
import { addWorkingTime, endOfWorkingDay, type WorkingCalendar } from './working-calendar.ts';

/** A limit as it runs: from its start to the moment it is due. Epoch ms. */
export interface RunningLimit {
  readonly kind: DeadlineKind;
  readonly startedAt: number;
  readonly dueAt: number;
  /** When it stood still (停表). */
  readonly pauses?: readonly Pause[] | null | undefined;
}

const LIMIT_OF: Readonly<Record<DeadlineKind, keyof LevelLimits & `${string}Seconds`>> = {
  accept: 'acceptSeconds',
  'on-site': 'onSiteSeconds',
  feedback: 'feedbackSeconds',
  progress: 'followUpSeconds',
  analysis: 'analystReportSeconds',
  clear: 'clearSeconds',
  verify: 'verifySeconds',
  close: 'closeSeconds',
};

const OPENING_LIMITS = DEADLINE_KINDS.filter((kind) => !ARISING_LIMITS.some((one) => one === kind));

/** The limits of a level: its class's, where the handbook entry does not say otherwise. */
export function limitsFor(
  limitClass: LimitClass,
  level: SignLevel,
  overrides: LimitOverrides = {},
): LevelLimits {
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  return { ...limitClass.levels[level], ...Object.fromEntries(given) };
}

/**
 * The due moments of an order that opens at `from`. A limit that lasts as long as the sign does has none.
 * A milder level is never due before a severer one of its class: 当日到场 of a blue order opened at 17:20 would else
 * hurry more than a yellow one. What the entry itself overrides is taken as it stands.
 */
export function dueMoments(
  order: {
    readonly limitClass: LimitClass;
    readonly level: SignLevel;
    readonly overrides?: LimitOverrides | undefined;
  },
  from: number,
  calendar: WorkingCalendar,
): readonly RunningLimit[] {
  const limits = limitsFor(order.limitClass, order.level, order.overrides);
  return restarted(limits, OPENING_LIMITS, from, calendar).map((running) => {
    if (order.overrides?.[LIMIT_OF[running.kind]] !== undefined) return running;
    const severer = SIGN_LEVELS.slice(0, SIGN_LEVELS.indexOf(order.level));
    const notBefore = severer.flatMap((level) =>
      restarted(order.limitClass.levels[level], [running.kind], from, calendar).map((limit) => limit.dueAt),
    );
    return { ...running, dueAt: Math.max(running.dueAt, ...notBefore) };
  });
}

/** The same limits counted from a new start, for those that begin anew. */
export function restarted(
  limits: LevelLimits,
  kinds: readonly DeadlineKind[],
  from: number,
  calendar: WorkingCalendar,
): readonly RunningLimit[] {
  return kinds.flatMap((kind) => {
    const dueAt = dueOf(limits[LIMIT_OF[kind]], limits.workingHours, from, calendar);
    return dueAt === undefined ? [] : [{ kind, startedAt: from, dueAt }];
  });
}

/**
 * The next 续报 of an order, counted from the feedback before it: `turn` 1 follows the first feedback, later ones may widen.
 * It is due again and again until the order is cleared.
 */
export function nextProgress(
  limits: LevelLimits,
  { from, turn }: { readonly from: number; readonly turn: number },
  calendar: WorkingCalendar,
): readonly RunningLimit[] {
  const followUpSeconds =
    turn > 1 ? (limits.followUpLaterSeconds ?? limits.followUpSeconds) : limits.followUpSeconds;
  return restarted({ ...limits, followUpSeconds }, ['progress'], from, calendar);
}

/**
 * Limits of an order whose warning rose: what is still open is due at the earlier of its old moment and the new limit
 * counted from the upgrade. `fresh` are the new level's limits from the upgrade on; kept (met) ones stay as they are.
 * Returns only what changes.
 */
export function tightened(
  current: readonly (RunningLimit & { readonly met: boolean })[],
  fresh: readonly RunningLimit[],
): readonly RunningLimit[] {
  return fresh.filter((limit) => {
    const old = current.find((one) => one.kind === limit.kind);
    return !old || (!old.met && limit.dueAt < old.dueAt);
  });
}

function dueOf(
  limit: TimeLimit | undefined,
  workingHours: boolean,
  from: number,
  calendar: WorkingCalendar,
): number | undefined {
  if (limit === undefined) return undefined;
  if (typeof limit === 'number') {
    return workingHours ? addWorkingTime(calendar, from, limit * 1000) : from + limit * 1000;
  }
  return limit.kind === 'end-of-working-day' ? endOfWorkingDay(calendar, from) : undefined;
}
