import type { WorkOrderState } from '#model/response';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** What people are told of: an order, or a warning that has none yet. */
export interface Subject {
  readonly order: number | null;
  readonly warning: number | null;
  readonly code: string;
  readonly state: WorkOrderState | null;
  readonly unit: string;
  readonly handler: number | null;
  readonly object: number;
  readonly item: string;
  /** 0–4. */
  readonly rank: number;
  readonly place: number;
  readonly scenario: number;
  readonly scenario_code: string;
  readonly session: number | null;
  /** Of a drill (演练): unlike what a recording brings, it is told. */
  readonly drill: boolean;
  readonly simulated: boolean;
}

export async function loadOrderSubjects(
  tx: Tx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Subject>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Subject & { readonly order: number }>`
    select s.id as order, s.warning_id as warning, s.code, s.state, s.unit, s.handler_id as handler, s.object_id as object,
      s.item_code as item, s.level as rank, s.place, s.scenario, c.code as scenario_code, s.replay_session_id as session, is_drill(s.replay_session_id) as drill, s.simulated
    from work_order s join scenario c on c.id = s.scenario
    where s.id = any(${[...new Set(ids)]}::bigint[])`.execute(tx);
  return new Map(rows.map((row) => [row.order, row]));
}

/** Warnings, with the order that answers them where it is open already. */
export async function loadWarningSubjects(
  tx: Tx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Subject>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Subject & { readonly warning: number }>`
    select o.id as order, s.id as warning, coalesce(o.code, '') as code, o.state, coalesce(o.unit, c.owner) as unit,
      o.handler_id as handler, s.object_id as object, s.item_code as item, s.level as rank, s.place, s.scenario,
      c.code as scenario_code, s.replay_session_id as session, is_drill(s.replay_session_id) as drill, s.simulated
    from warning s join scenario c on c.id = s.scenario left join work_order o on o.warning_id = s.id
    where s.id = any(${[...new Set(ids)]}::bigint[])`.execute(tx);
  return new Map(rows.map((row) => [row.warning, row]));
}

/** Names of objects and items, asked for only of what is really told. */
export async function loadNames(
  tx: Tx,
  subjects: readonly Subject[],
): Promise<(subject: Subject) => { readonly object: string; readonly item: string }> {
  const objects = [...new Set(subjects.map(({ object }) => object))];
  const items = [...new Set(subjects.map(({ item }) => item))];
  const { rows } = await sql<{ key: string; name: string }>`
    select 'o' || id as key, name from monitored_object where id = any(${objects}::int[])
    union all
    (select distinct on (code) 'i' || code, name from warning_item where code = any(${items}::text[]) order by code, standard_id desc)`.execute(
    tx,
  );
  const names = new Map(rows.map(({ key, name }) => [key, name]));
  return ({ object, item }) => ({
    object: names.get(`o${object}`) ?? '',
    item: names.get(`i${item}`) ?? item,
  });
}
