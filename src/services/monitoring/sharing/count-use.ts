import type { Tx } from '#storage';
import { sql } from 'kysely';

/** Adds to what was taken of an item today, under a grant or by the owner's own people. `at` in epoch ms. */
export async function countUse(
  tx: Tx,
  use: {
    readonly item: number;
    readonly grant: number | null;
    readonly at: number;
    readonly readings: number;
  },
): Promise<void> {
  await sql`insert into shared_use (item_id, grant_id, day, requests, readings, place, scenarios)
    select i.id, ${use.grant}::int, (${new Date(use.at)} at time zone 'Asia/Shanghai')::date, 1, ${use.readings}, i.place, i.scenarios
    from shared_item i where i.id = ${use.item}
    on conflict (item_id, grant_id, day) do update set requests = shared_use.requests + 1,
      readings = shared_use.readings + excluded.readings`.execute(tx);
}
