import type { SystemContext } from '#services/context';
import type { Forgotten, PictureStore } from '#storage';
import { sql } from 'kysely';

const AT_ONCE = 200;
/** A picture that is sent while the old one of the same bytes goes: whoever puts it has this long to write its row. */
const SETTLED_MS = 3_600_000;

/**
 * Takes away pictures of events and stations that were last sent before `before` (epoch ms): none that something open leans on. An
 * event stays without its picture; a note (图文报) that was nothing but its picture goes with it. The file goes first: a crash in
 * between leaves a row whose picture is not found, and the next round forgets it there, too.
 */
export async function forgetPictures(
  context: SystemContext,
  pictures: PictureStore,
  before: number,
): Promise<Forgotten> {
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ picture: string }>`
      select s.picture from seen_picture s where s.at < ${new Date(before)} and not s.held and not exists (
        select from seen_picture o where o.picture = s.picture and (o.at >= ${new Date(before)} or o.held))
      group by s.picture order by max(s.at) limit ${AT_ONCE}`.execute(tx);
    const gone: string[] = [];
    for (const { picture } of rows)
      if (await pictures.remove(picture, context.now() - SETTLED_MS)) gone.push(picture);
    await sql`update suspected_event set picture = null where picture = any(${gone})`.execute(tx);
    await sql`update suspected_event set more_pictures = array(
        select p from unnest(more_pictures) with ordinality u(p, n) where p <> all(${gone}) order by n)
      where more_pictures && ${gone}::text[] and more_pictures <> '{}'`.execute(tx);
    await sql`delete from device_note where picture = any(${gone})`.execute(tx);
    return { rows: gone.length, readings: 0, isAll: gone.length < AT_ONCE };
  });
}
