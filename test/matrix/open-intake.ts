import { createHash } from 'node:crypto';

import type { Storage } from '#storage';
import { sql } from 'kysely';

import { samplePhoto } from '../../e2e/photo.ts';
import { CORNERS, type Zone } from './zones.ts';

/** The picture that every suspected event of a corner shows. */
export const PICTURE: Buffer = samplePhoto(8, 8);

/** A source of the corner's platform, and a suspected event that it has brought. */
export async function openIntake(
  storage: Storage,
  zone: Zone,
): Promise<{ readonly 'intake-source': number; readonly 'suspected-event': number }> {
  const { platform, mark } = CORNERS[zone];
  const hash = createHash('sha256').update(PICTURE).digest('hex');
  const { rows } = await sql<{ source: number; event: number }>`
    with home as (select id, place, scenario from platform where code = ${platform}),
    source as (
      insert into intake_source (code, kind, name, platform_id, place, scenario, auth, secret_sealed, created_by, created_at)
      select ${`m-${zone}`}, 'video', ${mark}, id, place, scenario, 'url', 'x', 'x', now() from home returning id
    ), event as (
      insert into suspected_event (origin, source_id, place, scenario, kind, text, picture, observed_at, last_at, received_at)
      select 'video', source.id, place, scenario, 'x', ${mark}, ${hash}, now(), now(), now() from home, source returning id
    )
    select source.id as source, event.id as event from source, event`.execute(storage.system);
  return { 'intake-source': rows[0]?.source ?? 0, 'suspected-event': rows[0]?.event ?? 0 };
}
