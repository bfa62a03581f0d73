import type { Tx } from '#storage';
import type { ClosureFacts } from '#workflow';
import { sql } from 'kysely';

/** What the tables hold of an order's record, aside from the order itself, its steps and its results. */
export interface RecordWork extends Pick<ClosureFacts, 'note' | 'photos' | 'like'> {
  readonly times: Omit<ClosureFacts['times'], 'clear'>;
}

export const NO_RECORD: RecordWork = {
  note: null,
  photos: [],
  like: null,
  times: { accept: null, arrive: null, dispose: null },
};

/** Of the last time that it was worked on: since it was last accepted. */
export async function loadRecord(tx: Tx, order: number): Promise<RecordWork> {
  const { rows } = await sql<RecordWork>`
    with last as (
      select max(id) as id from work_order_entry where work_order_id = ${order} and kind = 'accept'
    ), done as (
      select distinct on (kind) kind, coalesce(acted_at, at) as at, note from work_order_entry e, last
      where e.work_order_id = ${order} and e.kind = any('{accept,arrive,dispose,clear}') and e.id >= coalesce(last.id, 0)
      order by kind, e.id desc
    )
    select (select note from done where kind = 'clear') as note,
      (select code from work_order where id = o.note_like) as like,
      json_build_object('accept', (select ${ms('at')} from done where kind = 'accept'),
        'arrive', (select ${ms('at')} from done where kind = 'arrive'),
        'dispose', (select ${ms('at')} from done where kind = 'dispose')) as times,
      coalesce((select json_agg(json_build_object('id', a.id, 'adopted', a.entry_id is not null, 'takenAt', ${ms('a.taken_at')},
        'lat', a.lat, 'lon', a.lon, 'accuracy', a.accuracy) order by a.id)
        from attachment a where a.work_order_id = o.id), '[]') as photos
    from work_order o where o.id = ${order}`.execute(tx);
  return rows[0] ?? NO_RECORD;
}

function ms(column: string) {
  return sql`extract(epoch from ${sql.ref(column)})::float8 * 1000`;
}
