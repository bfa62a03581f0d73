import { createHash } from 'node:crypto';

import type { Storage } from '#storage';
import { sql } from 'kysely';

import { samplePhoto } from '../../e2e/photo.ts';
import { CORNERS, type Zone } from './zones.ts';

/** The picture that every suspected event of a corner shows. */
export const PICTURE: Buffer = samplePhoto(8, 8);

/** A source of the corner's platform, a suspected event that it has brought, and a picture that the corner's device has sent. */
export async function openIntake(
  storage: Storage,
  zone: Zone,
): Promise<Readonly<Record<'intake-source' | 'suspected-event' | 'device-note', number>>> {
  const { platform, mark } = CORNERS[zone];
  const hash = createHash('sha256').update(PICTURE).digest('hex');
  const { rows } = await sql<{ source: number; event: number; note: number }>`
    with home as (select id, place, scenario from platform where code = ${platform}),
    source as (
      insert into intake_source (code, kind, name, platform_id, place, scenario, auth, secret_sealed, created_by, created_at)
      select ${`m-${zone}`}, 'video', ${mark}, id, place, scenario, 'url', 'x', 'x', now() from home returning id
    ), event as (
      insert into suspected_event (origin, source_id, place, scenario, kind, text, picture, observed_at, last_at, received_at)
      select 'video', source.id, place, scenario, 'x', ${mark}, ${hash}, now(), now(), now() from home, source returning id
    ), note as (
      insert into device_note (device_id, kind, observed_at, received_at, at, picture, picture_bytes, simulated, place, scenarios)
      select id, 'picture', now(), now(), now(), ${hash}, ${PICTURE.length}, false, place, scenarios from device
      where code = ${`m-${zone}`} returning id
    )
    select source.id as source, event.id as event, note.id as note from source, event, note`.execute(
    storage.system,
  );
  const { source = 0, event = 0, note = 0 } = rows[0] ?? {};
  return { 'intake-source': source, 'suspected-event': event, 'device-note': note };
}
