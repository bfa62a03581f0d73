import type { Storage } from '#storage';
import { sql } from 'kysely';

/** An order that stands on the list of a month's 抽查. */
export async function plantSample(storage: Storage, order: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with drawn as (insert into closure_draw (month, drawn_at) values ('2026-01-01', now()) on conflict do nothing)
    insert into closure_sample (work_order_id, place, scenario, unit, month, drawn_at)
    select id, place, scenario, unit, '2026-01-01', now() from work_order where id = ${order} returning id`.execute(
    storage.system,
  );
  const [made] = rows;
  if (!made) throw new Error('no sample was made');
  return made.id;
}
