import type { Storage } from '#storage';
import { sql } from 'kysely';

import { CORNERS, type Zone } from './zones.ts';

/** Something that the corner's platform is asked to answer (督办). */
export async function plantSupervision(storage: Storage, zone: Zone): Promise<number> {
  const { platform, mark } = CORNERS[zone];
  const { rows } = await sql<{ id: number }>`
    insert into supervision (code, platform_id, place, scenario, issued_by_id, issued_by, asked, issued_at, answer_by, state)
    select ${`DB-${zone}`}, p.id, p.place, p.scenario, a.id, a.name, ${mark}, now(), now() + interval '1 day', 'open'
    from platform p, (select id, name from account order by id limit 1) a where p.code = ${platform} returning id`.execute(
    storage.system,
  );
  const [made] = rows;
  if (!made) throw new Error('no supervision was made');
  return made.id;
}
