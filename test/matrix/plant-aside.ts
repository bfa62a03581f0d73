import type { Storage } from '#storage';
import { sql } from 'kysely';

import type { Records } from './record-kinds.ts';
import { CORNERS, type Zone } from './zones.ts';

/** Something shelved at the corner's object, what is proposed for a sign there, and a rule of suppression that lies where the corner's people work. */
export async function plantAside(storage: Storage, zone: Zone): Promise<Partial<Records>> {
  const { platform, mark, scenario, sign } = CORNERS[zone];
  const [cause, item] = [`${scenario}.I01`, `${scenario}.I02`];
  const { rows } = await sql<Partial<Records>>`
    with maker as (select min(id) as id from account where username like ${`m.${zone}.%`}),
    aside as (
      insert into shelf (scope, object_id, item_code, place, scenario, level, reason_kind, reason, minutes, state, made_by, made_by_id,
        made_at, from_at, until)
      select 'item', o.id, ${cause}, o.place, o.scenarios[1], 1, 'other', ${mark}, 60, 'running', ${mark}, maker.id, now(), now(),
        now() + interval '1 hour'
      from monitored_object o, maker where o.code = ${`m-${zone}`} returning id
    ), ruled as (
      insert into suppression_rule (scenario, place, name, cause_kind, cause_code, cause_level, item_code, level, reach, reason,
        made_by, made_at, changed_by, changed_at)
      select s.id, p.place, ${mark}, 'item', ${cause}, 4, ${item}, 1, 'same', ${mark}, ${mark}, now(), ${mark}, now()
      from platform p, scenario s where p.code = ${platform} and s.code = ${scenario} returning id
    ), proposed as (
      insert into performance_proposal (point_id, object_id, sign_code, place, scenario, kind, why, from_at, to_at, made_by, made_at)
      select p.id, p.object_id, ${sign}, p.place, s.id, 'review-limit', ${mark}, now(), now(), ${mark}, now()
      from point p, scenario s where p.code = ${`m-${zone}`} and s.code = ${scenario} returning id
    )
    select (select id from aside)::text as shelf, (select id from ruled)::text as "suppression-rule",
      (select id from proposed)::text as "alarm-proposal"`.execute(storage.system);
  return rows[0] ?? {};
}
