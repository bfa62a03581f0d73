import { recordset, type Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** An order that goes into an incident, and why. */
export interface Adoption {
  readonly order: number;
  readonly incident: number;
  readonly code: string;
  readonly reason: string;
}

/** Who adopts, when; null for a rule. */
interface Hand {
  readonly at: number;
  readonly by: string | null;
}

/** Adoptions as a table of a statement. */
export function adoptions(rows: readonly Adoption[]): RawBuilder<unknown> {
  return sql`select * from ${recordset(rows, sql`r("order" bigint, incident bigint, code text, reason text)`)}`;
}

/** Every order that fits (`which` of `o`), into one incident. */
export function adoptionsInto(
  { incident, code, reason }: Omit<Adoption, 'order'>,
  which: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`select o.id as "order", ${incident}::bigint as incident, ${code}::text as code, ${reason}::text as reason
    from work_order o where o.incident_id is null and o.state <> 'closed' and ${which}`;
}

/**
 * Takes in open orders that belong to no incident, all in one statement; two who want the same order at once do not both get it. What
 * the incidents are grows with them: the worst level, and the smallest territory that holds all. Gives what was adopted.
 */
export async function adopt(
  tx: Tx,
  { at, by }: Hand,
  wanted: RawBuilder<unknown>,
): Promise<readonly { readonly order: number; readonly incident: number }[]> {
  const { rows } = await sql<{ order: number; incident: number }>`
    with wanted as (${wanted}), taken as (
      update work_order o set incident_id = w.incident from wanted w join incident i on i.id = w.incident
      where o.id = w."order" and o.incident_id is null and o.state <> 'closed'
        and o.replay_session_id is not distinct from i.replay_session_id
      returning o.id, o.place, o.scenario, w.incident, w.code, w.reason
    ), noted as (
      insert into work_order_entry (work_order_id, place, scenario, at, by, kind, text, note)
      select id, place, scenario, ${new Date(at)}, ${by}, 'incident-adopted', '纳入事件 ' || code, reason from taken
    )
    select id as "order", incident from taken order by id`.execute(tx);
  await grow(tx, [...new Set(rows.map(({ incident }) => incident))]);
  return rows;
}

/** Gives orders back: each is its own small loop again. */
export async function release(
  tx: Tx,
  { incident, code, reason, at, by }: Omit<Adoption, 'order'> & Hand,
  orders: readonly number[],
): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    with left_ as (
      update work_order o set incident_id = null where o.incident_id = ${incident} and o.id = any(${[...orders]}::bigint[])
      returning o.id, o.place, o.scenario
    ), noted as (
      insert into work_order_entry (work_order_id, place, scenario, at, by, kind, text, note)
      select id, place, scenario, ${new Date(at)}, ${by}, 'incident-released', ${`移出事件 ${code}`}, ${reason} from left_
    )
    select id from left_ order by id`.execute(tx);
  return rows.map(({ id }) => id);
}

async function grow(tx: Tx, incidents: readonly number[]): Promise<void> {
  if (incidents.length === 0) return;
  await sql`update incident i set level = greatest(i.level, g.level), version = i.version + 1,
      place = case when i.loop = 'large' then 1 else coalesce((
        select p.place from platform p where p.place <= least(i.place, g.low) and p.place_to >= greatest(i.place, g.high)
          and p.kind in ('district', 'lingang', 'town', 'village') order by p.place_to - p.place limit 1), i.place) end
    from (select incident_id, max(level) as level, min(place) as low, max(place) as high from work_order
      where incident_id = any(${[...incidents]}::bigint[]) group by 1) g
    where i.id = g.incident_id`.execute(tx);
}
