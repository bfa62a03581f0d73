import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import type { WarningHappening } from './warning-happening.ts';
import { HAPPENING_TEXT } from './order-text.ts';

const KIND_OF = { upgraded: 'upgraded', 'stepped-down': 'stepped-down', normal: 'warning-normal' } as const;

/** Writes into the timelines of the orders, and of those they were merged into, what became of their warnings; each happening once. Returns how many. */
export async function noteHappenings(
  tx: Tx,
  now: number,
  happenings: readonly WarningHappening[],
): Promise<number> {
  const rows = happenings.flatMap(({ change, warning, level, at }) => {
    if (change === 'raised') return [];
    const kind = KIND_OF[change];
    return [{ warning, at, kind, text: HAPPENING_TEXT[kind](level), key: `warning:${kind}:${at}` }];
  });
  if (rows.length === 0) return 0;
  const result = await sql`
    insert into work_order_entry (work_order_id, place, scenario, at, kind, text, idempotency_key)
    select o.id, o.place, o.scenario,
      case when o.replay_session_id is null then ${new Date(now)} else to_timestamp(r.at / 1000.0) end,
      r.kind, r.text, case when o.id = w.id then r.key else concat(r.key, ':', r.warning) end
    from ${recordset(rows, sql`r(warning bigint, at float8, kind text, text text, key text)`)}
    join work_order w on w.warning_id = r.warning
    join work_order o on o.id = any(array[w.id, w.merged_into])
    on conflict (work_order_id, idempotency_key) where idempotency_key is not null do nothing`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}
