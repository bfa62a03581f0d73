import type { Storage } from '#storage';
import { sql } from 'kysely';

export const WARNED = 1000;

/** Objects of the bench lie in a strip; here they are spread over the district, as objects are, and the first of them have a warning. */
export async function spreadAndWarn(storage: Storage): Promise<void> {
  const db = storage.system;
  await sql`update monitored_object set lon = 121.5 + (id::bigint * 7919 % 4001) * 0.0001, lat = 30.9 + (id::bigint * 104729 % 4003) * 0.0001
    where code like 'bench.%'`.execute(db);
  await sql`insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated)
    select id, 'FLOOD.I06', place, 1, 'open', 1 + id % 4, 1 + id % 4, '测量', now(), now(), false from monitored_object
    where code like 'bench.%' order by id limit ${WARNED}::int`.execute(db);
  await sql`analyze monitored_object, warning`.execute(db);
}
