import { randomBytes } from 'node:crypto';

import type { Storage } from '#storage';
import { sql } from 'kysely';

/** A one-time link of an order; its token is nobody's. */
export async function plantLink({ system }: Storage, order: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into order_link (work_order_id, place, scenario, token_hash, person, hand_unit, made_at, made_by_id, made_by, until)
    select id, place, scenario, ${randomBytes(32)}, '张三', '维保', now(), (select min(id) from account), 'x', now() + interval '1 day'
    from work_order where id = ${order} returning id`.execute(system);
  return rows[0]?.id ?? 0;
}
