import type { Tx } from '#storage';
import { sql } from 'kysely';

import { locate, type Territory } from './territory.ts';

interface Standing {
  readonly id: number;
  readonly lon: number;
  readonly lat: number;
  readonly town: string | null;
  readonly place_approximate: boolean;
}

interface Move {
  readonly id: number;
  readonly town: string;
  readonly place: number;
  readonly approximate: boolean;
}

/**
 * Finds every object's town anew and takes its points along. Objects in a village or a zone keep their place: it was told, and no town border knows better.
 * Gives those that did, and how many changed their town.
 */
export async function moveObjects(
  tx: Tx,
  territory: Territory,
): Promise<{ readonly objects: readonly number[]; readonly changedTown: number }> {
  const zones = territory.towns.filter(({ kind }) => kind === 'zone').map(({ code }) => code);
  const { rows } = await sql<Standing>`
    select id, lon, lat, town, place_approximate from monitored_object
    where village is null and (town is null or town <> all(${zones}))
    for update`.execute(tx);
  const moves: Move[] = [];
  let changedTown = 0;
  for (const row of rows) {
    const { town, approximate } = locate(territory, [row.lon, row.lat]);
    // A town that was told stays where no border contradicts it.
    if (approximate && !row.place_approximate) continue;
    if (town.code === row.town && approximate === row.place_approximate) continue;
    if (town.code !== row.town) changedTown += 1;
    moves.push({ id: row.id, town: town.code, place: town.place, approximate });
  }
  if (moves.length > 0) await save(tx, moves);
  return { objects: moves.map(({ id }) => id), changedTown };
}

async function save(tx: Tx, moves: readonly Move[]): Promise<void> {
  const moved = sql`json_to_recordset(${JSON.stringify(moves)}::json)
    as m(id int, town text, place int, approximate boolean)`;
  await sql`update monitored_object o set town = m.town, place = m.place, place_approximate = m.approximate
    from ${moved} where o.id = m.id`.execute(tx);
  await sql`update point t set place = m.place from ${moved}
    where t.object_id = m.id and t.place <> m.place`.execute(tx);
  // A device stands where its first point stands.
  await sql`update device d set place = f.place
    from (select distinct on (device_id) device_id, place from point where device_id is not null order by device_id, id) f
    where f.device_id = d.id and d.place is distinct from f.place`.execute(tx);
}
