import { withOwnLimits } from '#contract/standard';
import type { WarningDetail } from '#contract/warning';
import type { CompositeSign, ElementState, LevelThreshold, Limit, Sign } from '#model/standard';
import { type Level, levelOf, LEVELS } from '#model/warning';
import { resolved } from '#signs';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { alarmSentence } from './alarm-sentence.ts';
import { loadObjectFacts, type ObjectFacts } from '#services/context';

export interface EvidenceRow {
  readonly alarm: number;
  readonly scenario: number;
  readonly session: number | null;
  /** Code of the sign. */
  readonly sign: string;
  /** Kind of sensing of its element. */
  readonly sensing: string;
  readonly body: Sign | CompositeSign;
  /** What the numbers of its element mean, for an enumerated one. */
  readonly states: readonly ElementState[] | null;
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

/** How far the newest values of points may be leant on, by their number; `now` is epoch ms. */
export type ConfidencesOf = (
  tx: Tx,
  points: readonly number[],
  now: number,
) => Promise<ReadonlyMap<number, { readonly value: number; readonly reasons: readonly string[] }>>;

export type Evidence = WarningDetail['evidence'][number];

/** Alarms with their signs as `from` picks them (`a` is the alarm), the oldest first. */
export async function loadEvidence(tx: Tx, from: RawBuilder<unknown>): Promise<readonly EvidenceRow[]> {
  const { rows } = await sql<EvidenceRow>`
    select a.id as alarm, a.scenario, a.replay_session_id as session, s.code as sign, e.sensing, s.body, e.body->'states' as states, p.object_id, p.id as point_id, p.code as point_code, e.code as element, e.name as element_name,
      a.level, a.peak_level, a.value, a.peak_value, a.raised_at, a.normal_at, a.reason
    from ${from}
    join sign s on s.id = a.sign_id
    join point p on p.id = a.point_id
    join element e on e.code = p.element_code
    order by a.raised_at, a.id limit 200`.execute(tx);
  return rows;
}

export async function showEvidence(
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
      reason: row.reason ?? reasonOf(row, facts),
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

/** Why it stands; of one that is over, what it was at its worst. A composite sign has written down its own reason. */
function reasonOf({ body, states, ...row }: EvidenceRow, facts: ObjectFacts | undefined): string | null {
  if (!('measure' in body)) return null;
  const told =
    row.level > 0
      ? { toLevel: row.level, value: row.value }
      : { toLevel: row.peak_level, value: row.peak_value };
  return alarmSentence({ ...body, states: states ?? undefined }, told, facts);
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
