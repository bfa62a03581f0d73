import type { Storage } from '#storage';
import { sql } from 'kysely';

/**
 * Writes `count` points `bench.0…`, each on an object of its own, straight into the tables of a Puan that is not running:
 * registering them one by one is not what is measured or tried. Each has the four-level underpass sign.
 */
export async function plantPoints({ system }: Storage, count: number): Promise<void> {
  await sql`insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon, simulated)
    select 'bench.' || i, '测量对象 ' || i, '{1}', (select place from platform where kind = 'town' order by id limit 1), true,
      31.0 + (i % 300) * 0.001, 121.5 + (i / 300) * 0.001, false from generate_series(0, ${count}::int - 1) i`.execute(
    system,
  );
  await sql`insert into point (code, object_id, element_code, place, scenarios, simulated)
    select code, id, 'FLOOD.UNDERPASS', place, scenarios, false from monitored_object where code like 'bench.%' order by id`.execute(
    system,
  );
}
