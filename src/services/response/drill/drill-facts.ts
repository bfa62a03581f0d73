import type { DeadlineKind } from '#model/response';
import type { Tx } from '#storage';
import { type DrillFacts, reportKey } from '#workflow';
import { sql } from 'kysely';

import type { DrillRow } from './drill-row.ts';

type Running = Pick<DrillRow, 'id' | 'script' | 'session'>;

/** What the records say of a drill, as far as the caller sees them. */
export async function loadDrillFacts(tx: Tx, drill: Running, over: boolean): Promise<DrillFacts> {
  const keyOf = await objectKeys(tx, drill);
  const orders = await loadOrderFacts(tx, drill, keyOf);
  const keyOfOrder = new Map([...orders].map(([key, { id }]) => [id, key]));
  return {
    over,
    orders,
    incidents: await loadIncidentFacts(tx, keyOfOrder),
    reports: await loadReportFacts(tx, keyOfOrder),
    warnings: await loadWarningFacts(tx, drill, keyOf),
    injects: await loadInjectFacts(tx, drill),
  };
}

/** Key of the script's object by the object's number. */
async function objectKeys(tx: Tx, { id, script }: Running): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ key: string; object: number }>`
    select key, object_id as object from drill_point where drill_id = ${id}`.execute(tx);
  const objectOf = new Map(script.points.map((one) => [one.key, one.object]));
  return new Map(rows.map(({ key, object }) => [object, objectOf.get(key) ?? '']));
}

/** By the objects' keys; of several rows at an object the first. */
function firstByKey<Row extends { readonly object: number }>(
  rows: readonly Row[],
  keyOf: ReadonlyMap<number, string>,
): ReadonlyMap<string, Row> {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const key = keyOf.get(row.object);
    if (key !== undefined && !found.has(key)) found.set(key, row);
  }
  return found;
}

async function loadOrderFacts(
  tx: Tx,
  { session }: Running,
  keyOf: ReadonlyMap<number, string>,
): Promise<DrillFacts['orders']> {
  const { rows } = await sql<{
    id: number;
    object: number;
    limits: readonly { kind: DeadlineKind; dueAt: number; metAt: number | null }[] | null;
  }>`
    select o.id, o.object_id as object, (select json_agg(json_build_object('kind', d.kind,
        'dueAt', extract(epoch from d.due_at)::float8 * 1000, 'metAt', extract(epoch from d.met_at)::float8 * 1000))
      from deadline d where d.work_order_id = o.id) as limits
    from work_order o where o.replay_session_id = ${session} and o.object_id = any(${[...keyOf.keys()]}::int[])
      and o.parent_id is null order by o.id`.execute(tx);
  return new Map(
    [...firstByKey(rows, keyOf)].map(([key, { id, limits }]) => [
      key,
      { id, limits: new Map((limits ?? []).map((one) => [one.kind, one])) },
    ]),
  );
}

/** A warning that rises has to be signed for anew: what counts is when somebody first did. */
async function loadWarningFacts(
  tx: Tx,
  { session }: Running,
  keyOf: ReadonlyMap<number, string>,
): Promise<DrillFacts['warnings']> {
  const { rows } = await sql<{
    id: number;
    object: number;
    openedAt: number;
    acknowledgedAt: number | null;
  }>`
    select w.id, w.object_id as object, w.opened_at as "openedAt", least(w.acknowledged_at, (select min(c.at)
        from warning_change c where c.warning_id = w.id and c.change = 'acknowledged')) as "acknowledgedAt"
    from warning w where w.replay_session_id = ${session} and w.object_id = any(${[...keyOf.keys()]}::int[])
    order by w.id`.execute(tx);
  return firstByKey(rows, keyOf);
}

async function loadInjectFacts(tx: Tx, { id, script }: Running): Promise<DrillFacts['injects']> {
  const { rows } = await sql<{ n: number; firedAt: number; answeredAt: number | null }>`
    select n, fired_at as "firedAt", answered_at as "answeredAt" from drill_act
    where drill_id = ${id} and fired_at is not null and to_role is not null`.execute(tx);
  return new Map(
    rows.flatMap(({ n, ...facts }) => {
      const act = script.acts[n];
      return act?.kind === 'inject' ? [[act.code, facts] as const] : [];
    }),
  );
}

/** Raising an incident asks for another signature: what counts is when somebody first gave one. */
async function loadIncidentFacts(
  tx: Tx,
  keyOf: ReadonlyMap<number, string>,
): Promise<DrillFacts['incidents']> {
  const { rows } = await sql<{ order: number; openedAt: number; takenAt: number | null }>`
    select o.id as "order", i.opened_at as "openedAt", least(i.taken_at, (select min(e.at) from incident_entry e
      where e.incident_id = i.id and e.kind = 'take')) as "takenAt"
    from work_order o join incident i on i.id = o.incident_id where o.id = any(${[...keyOf.keys()]}::bigint[])`.execute(
    tx,
  );
  return new Map(rows.map(({ order, ...facts }) => [keyOf.get(order) ?? '', facts]));
}

/** Of each channel what was owed first. */
async function loadReportFacts(tx: Tx, keyOf: ReadonlyMap<number, string>): Promise<DrillFacts['reports']> {
  const { rows } = await sql<{ order: number; channel: string; dueAt: number; metAt: number | null }>`
    select distinct on (m.work_order_id, d.channel) m.work_order_id as "order", d.channel, d.due_at as "dueAt",
      d.fulfilled_at as "metAt"
    from report_matter m join report_duty d on d.matter_id = m.id
    where m.work_order_id = any(${[...keyOf.keys()]}::bigint[]) and d.kind = 'first' and d.recipient = 'district'
    order by m.work_order_id, d.channel, d.due_at, d.id`.execute(tx);
  return new Map(
    rows.map(({ order, channel, ...facts }) => [reportKey(keyOf.get(order) ?? '', channel), facts]),
  );
}
