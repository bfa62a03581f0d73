import type { ReportDutyKind, ReportLimits } from '#model/command';

const MINUTE_MS = 60_000;
/** A first or last report that has not come a day after its limit will not come (漏报). */
const MISSING_AFTER_MS = 24 * 60 * MINUTE_MS;

/** A report that is owed, with its moments (epoch ms). */
export interface ReportDuty {
  readonly kind: ReportDutyKind;
  /** In its series, from 1. */
  readonly n: number;
  readonly startedAt: number;
  readonly dueAt: number;
  readonly missingAt: number;
  readonly repeatMinutes: number | null;
}

/** What a rule asks for once its trigger is known: the first report, and where there is a series, the next one behind it. */
export function firstDuties(limits: ReportLimits, knownAt: number): readonly ReportDuty[] {
  const dueAt = knownAt + limits.withinMinutes * MINUTE_MS;
  const first: ReportDuty = {
    kind: 'first',
    n: 1,
    startedAt: knownAt,
    dueAt,
    missingAt: dueAt + MISSING_AFTER_MS,
    repeatMinutes: null,
  };
  return limits.repeatMinutes === null ? [first] : [first, updateAfter(dueAt, limits.repeatMinutes, 1)];
}

/** 续报 number `n`, one interval behind `from`; it is missing once the next one is due. */
export function updateAfter(from: number, repeatMinutes: number, n: number): ReportDuty {
  const dueAt = from + repeatMinutes * MINUTE_MS;
  return {
    kind: 'update',
    n,
    startedAt: from,
    dueAt,
    missingAt: dueAt + repeatMinutes * MINUTE_MS,
    repeatMinutes,
  };
}

/** 终报, once the matter is over. */
export function finalDuty(finalMinutes: number, closedAt: number, n: number): ReportDuty {
  const dueAt = closedAt + finalMinutes * MINUTE_MS;
  return {
    kind: 'final',
    n,
    startedAt: closedAt,
    dueAt,
    missingAt: dueAt + MISSING_AFTER_MS,
    repeatMinutes: null,
  };
}
