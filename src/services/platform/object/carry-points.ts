import type { Tx } from '#storage';
import { sql } from 'kysely';

/** Points stand where their object stands, in its scenarios, and a device where its first point stands. */
export async function carryPoints(tx: Tx, objects: readonly number[]): Promise<void> {
  const { rows } = await sql<{ device_id: number | null }>`
    update point t set place = o.place, scenarios = o.scenarios from monitored_object o
    where o.id = t.object_id and o.id = any(${[...objects]}::int[]) and (t.place, t.scenarios) is distinct from (o.place, o.scenarios)
    returning t.device_id`.execute(tx);
  const devices = [...new Set(rows.flatMap(({ device_id }) => device_id ?? []))];
  if (devices.length === 0) return;
  await sql`update device d set
      place = (select p.place from point p where p.device_id = d.id order by p.id limit 1),
      scenarios = coalesce((select array_agg(distinct s) from point p, unnest(p.scenarios) s where p.device_id = d.id), '{}')
    where d.id = any(${devices}::int[])`.execute(tx);
}
