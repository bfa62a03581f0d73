import { AppError } from '#base';
import { withOwnLimits } from '#contract/standard';
import type { WarningDetail } from '#contract/warning';
import type { CompositeSign, LevelThreshold, Limit, Sign } from '#model/standard';
import { type Level, levelOf, LEVELS, type WarningChange } from '#model/warning';
import type { RequestContext } from '#services/context';
import { resolved } from '#signs';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { loadObjectFacts, type ObjectFacts } from './object-facts.ts';
import { loadWarnings, showWarning } from './warning-view.ts';

interface EvidenceRow {
  readonly alarm: number;
  readonly body: Sign | CompositeSign;
  readonly reason: string | null;
  readonly object_id: number;
  readonly point_id: number;
  readonly point_code: string;
  readonly element: string;
  readonly element_name: string;
  readonly level: number;
  readonly peak_level: number;
  readonly value: number;
  readonly peak_value: number;
  readonly raised_at: number;
  readonly normal_at: number | null;
}

/** One warning with its evidence (alarms, their signs and thresholds) and everything that happened to it. */
export async function getWarning(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
  confidencesOf: ConfidencesOf,
): Promise<WarningDetail> {
  context.authorize('warning.read');
  return context.transaction(async (tx) => {
    const [row] = await loadWarnings(tx, sql`where w.id = ${params.id}`);
    if (!row) throw new AppError('record.not-found', { what: '预警', id: String(params.id) });
    const shown = showWarning(row, context.actor);
    const rows = await loadEvidence(tx, params.id);
    // What a point is worth today says nothing of a warning that is over.
    const points = shown.state === 'closed' ? [] : [...new Set(rows.map(({ point_id }) => point_id))];
    const evidence = await showEvidence(tx, rows, await confidencesOf(tx, points, context.now()));
    return {
      ...shown,
      confidence: strongest(evidence),
      evidence,
      history: await loadHistory(tx, params.id),
    };
  });
}

/** How far the newest values of points may be leant on, by their number; `now` is epoch ms. */
export type ConfidencesOf = (
  tx: Tx,
  points: readonly number[],
  now: number,
) => Promise<ReadonlyMap<number, { readonly value: number; readonly reasons: readonly string[] }>>;

type Evidence = WarningDetail['evidence'][number];

/** A warning is as sure as the best of what still speaks for it; null where nothing is known of that. */
function strongest(evidence: readonly Evidence[]): Evidence['confidence'] {
  const standing = evidence.filter(({ level }) => level !== null);
  return (standing.length > 0 ? standing : evidence)
    .map(({ confidence }) => confidence)
    .reduce((best, one) => ((one?.value ?? -1) > (best?.value ?? -1) ? one : best), null);
}

async function loadEvidence(tx: Tx, id: number): Promise<readonly EvidenceRow[]> {
  const { rows } = await sql<EvidenceRow>`
    select a.id as alarm, s.body, p.object_id, p.id as point_id, p.code as point_code, e.code as element, e.name as element_name,
      a.level, a.peak_level, a.value, a.peak_value, a.raised_at, a.normal_at, a.reason
    from warning_evidence we
    join alarm a on a.id = we.alarm_id
    join sign s on s.id = a.sign_id
    join point p on p.id = a.point_id
    join element e on e.code = p.element_code
    where we.warning_id = ${id} order by a.raised_at, a.id limit 200`.execute(tx);
  return rows;
}

async function showEvidence(
  tx: Tx,
  rows: readonly EvidenceRow[],
  confidences: Awaited<ReturnType<ConfidencesOf>>,
): Promise<Evidence[]> {
  const objects = await loadObjectFacts(tx, [...new Set(rows.map(({ object_id }) => object_id))]);
  return rows.map((row) => {
    const facts = objects.get(row.object_id);
    const confidence = confidences.get(row.point_id);
    return {
      alarm: row.alarm,
      sign: 'measure' in row.body ? plainSign(row.body, facts) : compositeSign(row.body),
      reason: row.reason,
      point: {
        id: row.point_id,
        code: row.point_code,
        element: row.element,
        elementName: row.element_name,
      },
      level: levelOf(row.level) ?? null,
      peakLevel: levelOf(row.peak_level) ?? 'blue',
      value: row.value,
      peakValue: row.peak_value,
      raisedAt: row.raised_at,
      normalAt: row.normal_at,
      confidence: confidence ? { value: confidence.value, reasons: [...confidence.reasons] } : null,
    };
  });
}

type SignFacts = Evidence['sign'];

function plainSign(body: Sign, facts: ObjectFacts | undefined): SignFacts {
  const own = facts?.limits[body.code];
  const sign = own ? withOwnLimits(body, own) : body;
  const parameters = facts?.parameters ?? {};
  const { tag, document, verified } = sign.basis;
  return {
    code: sign.code,
    name: sign.name,
    unit: sign.unit,
    direction: sign.direction,
    measure: measureOf(sign),
    limits: limitsOf(sign, parameters, ({ limit }) => limit),
    lowers: limitsOf(sign, parameters, ({ lower }) => lower),
    ownLimits: own !== undefined,
    basis: { tag, document, verified },
  };
}

/** It compares no number: its level is what its condition says. */
function compositeSign({ code, name, basis: { tag, document, verified } }: CompositeSign): SignFacts {
  const nothing = { unit: '1', limits: {}, lowers: {}, ownLimits: false } as const;
  return {
    code,
    name,
    direction: 'high',
    measure: { kind: 'composite' },
    basis: { tag, document, verified },
    ...nothing,
  };
}

function measureOf({ measure }: Sign): SignFacts['measure'] {
  return {
    kind: measure.kind,
    ...(measure.kind === 'rolling' ? { statistic: measure.statistic } : {}),
    ...('windowSeconds' in measure ? { windowSeconds: measure.windowSeconds } : {}),
  };
}

/** The limits as numbers, by what is set for the object now. */
function limitsOf(
  { levels }: Sign,
  parameters: ObjectFacts['parameters'],
  pick: (cell: LevelThreshold) => Limit | undefined,
): Partial<Record<Level, number>> {
  const entries = LEVELS.flatMap((level) => {
    const cell = levels[level];
    const limit = cell && pick(cell);
    const number = limit === undefined ? undefined : resolved(limit, (code) => parameters[code]);
    return number === undefined ? [] : [[level, number] as const];
  });
  return Object.fromEntries(entries);
}

async function loadHistory(tx: Tx, id: number): Promise<WarningDetail['history']> {
  const { rows } = await sql<{
    at: number;
    change: WarningChange;
    from_level: number;
    to_level: number;
    reason: string;
    by: string | null;
  }>`select at, change, from_level, to_level, reason, by from warning_change where warning_id = ${id} order by id`.execute(
    tx,
  );
  return rows.map((row) => ({
    at: row.at,
    change: row.change,
    fromLevel: levelOf(row.from_level) ?? null,
    toLevel: levelOf(row.to_level) ?? null,
    reason: row.reason,
    by: row.by,
  }));
}
