import type { StandardFile } from '#model/standard';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { loadKnownCases, type ToldCase } from './known-cases.ts';
import type { PastDay } from './judged-objects.ts';
import { loadPoints, type PlannedObject } from './load-points.ts';
import type { RehearsalPlan } from './run-rehearsal.ts';

/** A rehearsal as it was asked for, with all it needs. */
export interface LoadedPlan extends RehearsalPlan {
  readonly cases: readonly ToldCase[];
  readonly objects: ReadonlyMap<number, PlannedObject>;
  /** `endedAt` is null while it still plays. */
  readonly session: { readonly openedAt: number; readonly endedAt: number | null } | null;
  readonly scenario: number;
  /** Codes of the towns and objects it is limited to. */
  readonly chosen: { readonly towns: string[]; readonly objects: string[] };
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
  const { points, objects } = await loadPoints(tx, watched(row));
  return {
    scenario,
    draft,
    current,
    from,
    to,
    points,
    days: session === null ? await loadDays(tx, points, row) : new Map(),
    objects,
    chosen: { towns: row.towns, objects: row.objects },
    cases: await loadKnownCases(tx, { scenario, from, to, session }),
    session: row.opened_at === null ? null : { openedAt: row.opened_at, endedAt: row.ended_at },
  };
}

/** The towns and objects that were chosen, as a condition on `o`. */
export function chosen({
  towns,
  objects,
}: {
  readonly towns: string[];
  readonly objects: string[];
}): RawBuilder<boolean> {
  const isAll = towns.length === 0 && objects.length === 0;
  return sql`(${isAll} or o.town = any(${towns}) or o.code = any(${objects}))`;
}

/**
 * The points that some sign of either standard watches, of the towns and objects that were chosen, as far as they ever spoke; what
 * spoke in a replay only may have left no state.
 */
function watched({ draft, current, session, ...row }: Row): RawBuilder<boolean> {
  const elements = [...new Set([...draft.signs, ...current.signs].map(({ element }) => element))];
  return sql`p.element_code = any(${elements}) and ${chosen(row)}
    and (${session !== null} or exists (select from point_state l where l.point_id = p.id)
      or exists (select from reading_chunk c where c.point_id = p.id))`;
}

/** Days of fire weather at these points; what was replayed has none. */
async function loadDays(
  tx: Tx,
  points: readonly { readonly id: number }[],
  { from_at: from, to_at: to }: Row,
): Promise<RehearsalPlan['days']> {
  const { rows } = await sql<PastDay & { readonly point: number }>`
    select point, noon, fwi from (
      select point_id as point, fwi, extract(epoch from (day + time '12:00') at time zone 'Asia/Shanghai')::float8 * 1000 as noon
      from fire_weather_day where point_id = any(${points.map(({ id }) => id)})
    ) d where noon >= ${from} and noon < ${to} order by noon`.execute(tx);
  return Map.groupBy(rows, ({ point }) => point);
}
