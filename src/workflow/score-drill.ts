import { momentText } from '#base';
import {
  DEADLINE_TEXT,
  type DeadlineKind,
  type DrillExpectation,
  type DrillOutcome,
  type DrillScript,
  OUTCOME_SHARE,
} from '#model/response';

/** What the records say of a drill; moments are epoch ms. */
export interface DrillFacts {
  /** Whether anything can still be done. */
  readonly over: boolean;
  /** The first order at an object of the script, by the object's key. */
  readonly orders: ReadonlyMap<
    string,
    {
      readonly id: number;
      readonly limits: ReadonlyMap<DeadlineKind, { readonly dueAt: number; readonly metAt: number | null }>;
    }
  >;
  readonly warnings: ReadonlyMap<
    string,
    { readonly id: number; readonly openedAt: number; readonly acknowledgedAt: number | null }
  >;
  /** The incident of the order at an object, with when somebody first signed for it. */
  readonly incidents: ReadonlyMap<string, { readonly openedAt: number; readonly takenAt: number | null }>;
  /** What was first owed upwards on the order at an object, by the object's key and the channel. */
  readonly reports: ReadonlyMap<string, { readonly dueAt: number; readonly metAt: number | null }>;
  /** Words that were given, by their code. */
  readonly injects: ReadonlyMap<string, { readonly firedAt: number; readonly answeredAt: number | null }>;
}

/** How an expectation was met, with the record that says so. */
export interface ScoredLine {
  /** Undefined while its time is not over. */
  readonly outcome: DrillOutcome | undefined;
  readonly given: number;
  readonly dueAt: number | null;
  readonly metAt: number | null;
  readonly order: number | null;
  readonly warning: number | null;
  readonly found: string;
}

interface Evidence {
  readonly dueAt: number | null;
  readonly metAt: number | null;
  readonly order?: number;
  readonly warning?: number;
  /** What there is none of; undefined where there is one. */
  readonly lacks?: string | undefined;
}

const MINUTE_MS = 60_000;

/** Each expectation of a script beside what the records say: on time all of its points, late half, missed none. */
export function scoreDrill({ expectations }: DrillScript, facts: DrillFacts): readonly ScoredLine[] {
  return expectations.map((one) => {
    const { dueAt, metAt, order = null, warning = null, lacks } = evidenceOf(one, facts);
    const outcome = judge({ dueAt, metAt }, facts.over);
    const found = foundText({ dueAt, metAt, lacks }, facts.over);
    const given = outcome === undefined ? 0 : one.points * OUTCOME_SHARE[outcome];
    return { outcome, given, dueAt, metAt, order, warning, found };
  });
}

function judge(
  { dueAt, metAt }: { readonly dueAt: number | null; readonly metAt: number | null },
  over: boolean,
): DrillOutcome | undefined {
  if (metAt !== null) return dueAt !== null && metAt <= dueAt ? 'kept' : 'late';
  return over ? 'missed' : undefined;
}

function foundText({ dueAt, metAt, lacks }: Evidence, over: boolean): string {
  if (lacks !== undefined) return over ? `没有${lacks}` : `还没有${lacks}`;
  const until = dueAt === null ? '' : `，时限 ${momentText(dueAt)}`;
  if (metAt !== null) return `${momentText(metAt)} 完成${until}`;
  return over ? `到演练结束没有完成${until}` : `等待完成${until}`;
}

/** Where the first report on an object's order by a channel stands among the facts. */
export function reportKey(object: string, channel: string): string {
  return `${object} ${channel}`;
}

type EvidenceOf<Kind extends DrillExpectation['kind']> = (
  one: Extract<DrillExpectation, { kind: Kind }>,
  facts: DrillFacts,
) => Evidence;

const nothing = (lacks: string): Evidence => ({ dueAt: null, metAt: null, lacks });

const EVIDENCE: { readonly [Kind in DrillExpectation['kind']]: EvidenceOf<Kind> } = {
  limit: (one, { orders }) => {
    const order = orders.get(one.object);
    if (!order) return nothing('工单');
    const limit = order.limits.get(one.limit);
    return limit
      ? { ...limit, order: order.id }
      : { ...nothing(`${DEADLINE_TEXT[one.limit]}时限`), order: order.id };
  },
  acknowledged: (one, { warnings }) => {
    const warning = warnings.get(one.object);
    if (!warning) return nothing('预警');
    const { id, openedAt, acknowledgedAt } = warning;
    return { dueAt: openedAt + one.minutes * MINUTE_MS, metAt: acknowledgedAt, warning: id };
  },
  answered: (one, { injects }) => {
    const inject = injects.get(one.inject);
    if (!inject) return nothing('发出导调');
    return { dueAt: inject.firedAt + one.minutes * MINUTE_MS, metAt: inject.answeredAt };
  },
  'incident-taken': (one, { incidents, orders }) => {
    const incident = incidents.get(one.object);
    const order = orders.get(one.object);
    const its = order ? { order: order.id } : {};
    if (!incident) return { ...nothing('建立事件'), ...its };
    return { dueAt: incident.openedAt + one.minutes * MINUTE_MS, metAt: incident.takenAt, ...its };
  },
  reported: (one, { reports, orders }) => {
    const report = reports.get(reportKey(one.object, one.channel));
    const order = orders.get(one.object);
    return { ...(report ?? nothing('报送义务')), ...(order ? { order: order.id } : {}) };
  },
};

function evidenceOf(one: DrillExpectation, facts: DrillFacts): Evidence {
  switch (one.kind) {
    case 'limit':
      return EVIDENCE.limit(one, facts);
    case 'acknowledged':
      return EVIDENCE.acknowledged(one, facts);
    case 'answered':
      return EVIDENCE.answered(one, facts);
    case 'incident-taken':
      return EVIDENCE['incident-taken'](one, facts);
    case 'reported':
      return EVIDENCE.reported(one, facts);
    default:
      return one satisfies never;
  }
}
