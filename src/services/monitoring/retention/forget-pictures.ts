import type { SystemContext } from '#services/context';
import type { Forgotten, PictureStore } from '#storage';
import { sql } from 'kysely';

const AT_ONCE = 200;

/**
 * Takes away pictures that were last seen before `before` (epoch ms): not while an event that shows it waits for somebody, or its
 * object has an open warning or order, or a station has sent the same. The file goes first: a crash in between leaves an event whose picture is not found, and the
 * next round forgets it there, too.
 */
export async function forgetPictures(
  context: SystemContext,
  pictures: PictureStore,
  before: number,
): Promise<Forgotten> {
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ picture: string }>`
      select e.picture from suspected_event e where e.picture is not null group by e.picture
      having max(e.last_at) < ${new Date(before)} and bool_and(e.state <> 'suspected')
        and not exists (select from warning w where w.object_id = any(array_agg(e.object_id)) and w.closed_at is null)
        and not exists (select from work_order o where o.object_id = any(array_agg(e.object_id)) and o.closed_at is null)
        and not exists (select from device_note n where n.picture = e.picture)
      order by max(e.last_at) limit ${AT_ONCE}`.execute(tx);
    for (const { picture } of rows) await pictures.remove(picture);
    const names = rows.map(({ picture }) => picture);
    await sql`update suspected_event set picture = null where picture = any(${names})`.execute(tx);
    return { rows: rows.length, readings: 0, isAll: rows.length < AT_ONCE };
  });
}
