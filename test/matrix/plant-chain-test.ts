import type { Storage } from '#storage';
import { sql } from 'kysely';

import { CORNERS, type Zone } from './zones.ts';

/** A chain test of an earlier day that lies where the zone's object lies. */
export async function plantChainTest(storage: Storage, zone: Zone): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into chain_test (scenario, place, day, requested_by, requested_at, state)
    select s.id, o.place, '2026-01-01', ${CORNERS[zone].mark}, now(), 'interrupted'
    from scenario s, monitored_object o where s.code = ${CORNERS[zone].scenario} and o.code = ${`m-${zone}`}
    returning id`.execute(storage.system);
  return rows[0]?.id ?? 0;
}
