import type { Database } from '#storage';
import { type Kysely, sql } from 'kysely';

export interface TestWarning {
  readonly id: number;
  readonly state: 'open' | 'normal' | 'closed';
  readonly reason: string;
}

/** The warning that a self-test's sign has raised at its object, in its session; undefined while there is none. */
export async function findTestWarning(
  db: Kysely<Database>,
  of: { readonly object: number; readonly session: number; readonly item: string },
): Promise<TestWarning | undefined> {
  // By its place: an index leads to the few rows of self-tests.
  const { rows } = await sql<TestWarning>`
    select w.id, w.state, w.reason from warning w join monitored_object o on o.id = w.object_id
    where w.place = o.place and o.id = ${of.object} and w.object_id = o.id and w.replay_session_id = ${of.session}
      and w.item_code = ${of.item}
    order by w.opened_at desc, w.id desc limit 1`.execute(db);
  return rows[0];
}
