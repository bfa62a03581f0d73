import type { Storage } from '#storage';
import { sql } from 'kysely';

import { CORNERS, type Zone } from './zones.ts';

/** A gateway by the settings, of a protocol nobody speaks: it stays shut, and there is only one. */
export async function plantGateway(storage: Storage, zone: Zone): Promise<number> {
  const { platform, mark } = CORNERS[zone];
  const { rows } = await sql<{ readonly id: number }>`
    insert into gateway (platform_id, protocol, name, enabled, place, scenarios)
    select id, ${`none-${zone}`}, ${`${mark}网关`}, false, place, case when scenario is null then '{}' else array[scenario] end
    from platform where code = ${platform} returning id`.execute(storage.system);
  return rows[0]?.id ?? 0;
}
