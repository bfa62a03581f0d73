import type { Tx } from '#storage';
import { sql } from 'kysely';

import { releaseAlarms } from '../admission/release-alarms.ts';

/** How a shelf ends. */
export interface ShelfEnd {
  /** Epoch ms, wall clock. */
  readonly at: number;
  /** Null: by itself. */
  readonly by: string | null;
  readonly why: string;
  /** What the warnings say that come of it, or are no longer put aside. */
  readonly said: string;
}

/**
 * Ends a shelf whose row the caller has locked: what stands behind it goes through, and the open warnings it put aside call again,
 * unless another shelf is over them.
 */
export async function closeShelf(tx: Tx, shelf: number, { at, by, why, said }: ShelfEnd): Promise<void> {
  const moment = sql`to_timestamp(${at / 1000}::float8)`;
  const { rows: aside } = await sql<{ id: number }>`
    select w.id from warning w where w.state = 'open' and w.object_id = (select object_id from shelf where id = ${shelf})
      and shelf_of(w) = ${shelf} for update`.execute(tx);
  await sql`update shelf set state = 'ended', ended_at = ${moment}, ended_by = ${by}, ended_why = ${why}, version = version + 1
    where id = ${shelf}`.execute(tx);
  await releaseAlarms(tx, sql`h.held_by = ${`shelf/${shelf}`}`, { at, why: said });
  if (aside.length === 0) return;
  await sql`insert into warning_change (warning_id, place, scenario, at, change, from_level, to_level, reason, by)
    select w.id, w.place, w.scenario, ${moment}, 'unshelved', w.level, w.level, ${`${said}：`} || w.reason, ${by}
    from warning w where w.id = any(${aside.map(({ id }) => id)}::bigint[]) and shelf_of(w) is null`.execute(
    tx,
  );
}
