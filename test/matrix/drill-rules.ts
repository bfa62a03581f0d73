import type { Storage } from '#storage';
import { sql } from 'kysely';

import { LAW, list, open, own, record, type Rule } from './rule.ts';
import { CORNERS, type Zone } from './zones.ts';

/** Of drills. */
export const DRILL_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/drill-scripts': LAW,
  'GET /api/v1/drills': list('?limit=500'),
  'GET /api/v1/drills/{id}': record('drill'),
  'POST /api/v1/drills': open('a script of a scenario outside is refused; see drills.test.ts'),
  'POST /api/v1/drills/{id}/start': record('drill'),
  'POST /api/v1/drills/{id}/abort': record('drill'),
  'POST /api/v1/drills/{id}/assess': record('drill'),
  'GET /api/v1/drill-injects': own('what waits for one’s own seat'),
  'POST /api/v1/drill-injects/{id}/answer': open('a seat answers what is for it; see drills.test.ts'),
};

/** A drill that is planned where the zone's object lies. */
export async function plantDrill(storage: Storage, zone: Zone): Promise<number> {
  const { mark, scenario } = CORNERS[zone];
  const script = {
    goal: mark,
    minutes: 1,
    objects: [{ key: 'a', name: mark, lat: 31.2, lon: 121.6 }],
    points: [{ key: 'a', object: 'a', element: 'FLOOD.UNDERPASS' }],
    acts: [{ kind: 'inject', minute: 0, code: 'a', to: 'business-admin', text: mark }],
    expectations: [{ kind: 'answered', text: mark, points: 100, inject: 'a', minutes: 1 }],
  };
  const { rows } = await sql<{ id: number }>`
    insert into drill (code, name, script, place, scenario, state, planned_by, planned_at)
    select 'matrix', ${mark}, ${JSON.stringify(script)}::jsonb, o.place, s.id, 'planned', 'x', now()
    from scenario s, monitored_object o where s.code = ${scenario} and o.code = ${`m-${zone}`}
    returning id`.execute(storage.system);
  return rows[0]?.id ?? 0;
}
