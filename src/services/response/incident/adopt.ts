import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** Orders that an incident takes in, and how that is written into their timelines. */
export interface Adoption {
  readonly incident: number;
  readonly code: string;
  readonly at: number;
  readonly by: string | null;
  readonly reason: string;
}

/**
 * Takes in open orders that belong to no incident, in one statement; two who want the same order at once do not both get it. What
 * the incident is grows with them: the worst level, and the smallest territory that holds all. Gives their ids.
 */
export async function adopt(
  tx: Tx,
  { incident, code, at, by, reason }: Adoption,
  which: RawBuilder<unknown>,
): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    with taken as (
      update work_order o set incident_id = ${incident}
      where o.incident_id is null and o.state <> 'closed'
        and o.replay_session_id is not distinct from (select replay_session_id from incident where id = ${incident})
        and ${which}
      returning o.id, o.place, o.scenario
    ), noted as (
      insert into work_order_entry (work_order_id, place, scenario, at, by, kind, text, note)
      select id, place, scenario, ${new Date(at)}, ${by}, 'incident-adopted', ${`纳入事件 ${code}`}, ${reason} from taken
    )
    select id from taken order by id`.execute(tx);
  if (rows.length > 0) await grow(tx, incident);
  return rows.map(({ id }) => id);
}

/** Gives orders back: each is its own small loop again. */
export async function release(
  tx: Tx,
  { incident, code, at, by, reason }: Adoption,
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

async function grow(tx: Tx, incident: number): Promise<void> {
  await sql`update incident i set level = greatest(i.level, g.level), version = i.version + 1,
      place = case when i.loop = 'large' then 1 else coalesce((
        select p.place from platform p where p.place <= least(i.place, g.low) and p.place_to >= greatest(i.place, g.high)
          and p.kind in ('district', 'lingang', 'town', 'village') order by p.place_to - p.place limit 1), i.place) end
    from (select max(level) as level, min(place) as low, max(place) as high from work_order where incident_id = ${incident}) g
    where i.id = ${incident}`.execute(tx);
}
