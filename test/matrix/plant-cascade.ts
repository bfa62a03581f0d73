import type { Storage } from '#storage';
import { sql } from 'kysely';

import type { Client } from '../client.ts';
import { CORNERS, type Zone } from './zones.ts';

/** A second object that leans on the corner's own, and a cascade from the one to the other. */
export async function plantCascade(
  storage: Storage,
  district: Client,
  zone: Zone,
): Promise<{ readonly dependency: number; readonly cascade: number }> {
  const { mark, scenario, where } = CORNERS[zone];
  const code = `n-${zone}`;
  const other = { code, name: `${mark}依赖`, scenarios: [scenario], lat: 31.2, lon: 121.6, ...where };
  await district.ask('POST', '/api/v1/objects', other);
  const { rows } = await sql<{ dependency: number; cascade: number }>`
    with a as (select * from monitored_object where code = ${`m-${zone}`}), b as (select * from monitored_object where code = ${code}),
    edge as (
      insert into dependency (from_object, to_object, kind, basis, source, valid_from, edited_by, edited_at)
      select a.id, b.id, 'power', ${mark}, 'person', now(), 'x', now() from a, b returning id
    ), head as (
      insert into cascade (cause_kind, cause_id, object_id, place, scenario, level, title, began_at, reached, simulated)
      select 'warning', a.id, a.id, a.place, a.scenarios[1], 3, ${`${mark}预警`}, now(), 1, false from a returning id
    ), reach as (
      insert into cascade_reach (cascade_id, object_id, object_name, place, scenarios, source_place, source_scenario, rule, via,
        depth, why, expects, expected_at, until_at)
      select head.id, b.id, b.name, b.place, b.scenarios, a.place, a.scenarios[1], 'DEP.R90', a.id, 1, ${mark}, '{}', now(), now()
      from head, a, b
    )
    select edge.id as dependency, head.id as cascade from edge, head`.execute(storage.system);
  const [made] = rows;
  if (!made) throw new Error('no cascade was made');
  return made;
}
