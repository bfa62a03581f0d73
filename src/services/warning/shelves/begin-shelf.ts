import type { Tx } from '#storage';
import { sql } from 'kysely';

/** Open warnings that a shelf now puts aside say so in their history; `text` is why, `by` who. `at` is epoch ms. */
export async function markShelved(
  tx: Tx,
  shelf: number,
  { at, by, text }: { readonly at: number; readonly by: string; readonly text: string },
): Promise<void> {
  await sql`insert into warning_change (warning_id, place, scenario, at, change, from_level, to_level, reason, by)
    select w.id, w.place, w.scenario, to_timestamp(${at / 1000}::float8), 'shelved', w.level, w.level, ${text}, ${by}
    from warning w where w.state = 'open' and w.object_id = (select object_id from shelf where id = ${shelf})
      and shelf_of(w) = ${shelf}`.execute(tx);
}
