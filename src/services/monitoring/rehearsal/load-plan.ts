import type { StandardFile } from '#model/standard';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { loadOwnLimits } from '../own-limits.ts';
import type { ObjectParameters } from '../point-book.ts';
import { loadKnownCases, type ToldCase } from './known-cases.ts';
import type { NumberedPoint, RehearsalPlan } from './run-rehearsal.ts';

/** An object whose points take part. */
export interface PlannedObject {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly townCode: string | null;
  readonly town: string | null;
}

/** A rehearsal as it was asked for, with all it needs. */
export interface LoadedPlan extends RehearsalPlan {
  readonly cases: readonly ToldCase[];
  readonly objects: ReadonlyMap<number, PlannedObject>;
  /** `endedAt` is null while it still plays. */
  readonly session: { readonly openedAt: number; readonly endedAt: number | null } | null;
  readonly scenario: number;
}

interface Row {
  readonly scenario: number;
  readonly draft: StandardFile;
  readonly current: StandardFile;
  readonly from_at: number;
  readonly to_at: number;
  readonly towns: string[];
  readonly objects: string[];
  readonly session: number | null;
  readonly opened_at: number | null;
  readonly ended_at: number | null;
}

export async function loadPlan(tx: Tx, id: number): Promise<LoadedPlan> {
  const { rows } = await sql<Row>`
    select r.scenario, r.document as draft, v.document as current, r.from_at, r.to_at, r.towns, r.objects,
      t.id as session, t.opened_at, t.ended_at
    from rehearsal r join standard_version v on v.id = r.beside_id left join replay_session t on t.id = r.replay_session_id
    where r.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error(`rehearsal ${id} is not there`);
  const { scenario, draft, current, from_at: from, to_at: to, session } = row;
  const { points, objects } = await loadPoints(tx, row);
  return {
    scenario,
    draft,
    current,
    from,
    to,
    points,
    objects,
    cases: await loadKnownCases(tx, { scenario, from, to, session }),
    session: row.opened_at === null ? null : { openedAt: row.opened_at, endedAt: row.ended_at },
  };
}

interface PointRow extends PlannedObject {
  readonly point: number;
  readonly point_code: string;
  readonly element: string;
  readonly period_seconds: number;
  readonly range_min: number | null;
  readonly range_max: number | null;
  readonly parameters: ObjectParameters;
}

/**
 * The points that some sign of either standard watches, of the towns and objects that were chosen, as far as they ever spoke; what
 * spoke in a replay only may have left no state.
 */
async function loadPoints(
  tx: Tx,
  { draft, current, towns, objects, session }: Row,
): Promise<{ readonly points: NumberedPoint[]; readonly objects: Map<number, PlannedObject> }> {
  const elements = [...new Set([...draft.signs, ...current.signs].map(({ element }) => element))];
  const isAll = towns.length === 0 && objects.length === 0;
  const { rows } = await sql<PointRow>`
    select p.id as point, p.code as point_code, p.element_code as element, e.period_seconds, e.range_min, e.range_max,
      o.id, o.code, o.name, o.parameters, o.town as "townCode", t.name as town
    from point p join monitored_object o on o.id = p.object_id join element e on e.code = p.element_code
    left join platform t on t.code = o.town
    where p.element_code = any(${elements}) and (${isAll} or o.town = any(${towns}) or o.code = any(${objects}))
      and (${session !== null} or exists (select from point_state l where l.point_id = p.id) or exists (select from reading_chunk c where c.point_id = p.id))
    order by o.id, p.id`.execute(tx);
  const limits = await loadOwnLimits(tx, isAll ? undefined : rows.map(({ id }) => id));
  return {
    points: rows.map((row) => ({
      id: row.point,
      code: row.point_code,
      objectId: row.id,
      element: row.element,
      place: 0,
      periodMs: row.period_seconds * 1000,
      parameters: row.parameters,
      ownLimits: limits.get(row.id) ?? {},
      range: row.range_min === null || row.range_max === null ? null : [row.range_min, row.range_max],
    })),
    objects: new Map(
      rows.map(({ id, code, name, townCode, town }) => [id, { id, code, name, townCode, town }]),
    ),
  };
}
