import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

/** `warning.judged`: somebody has said of a warning that it was none (误报). */
interface JudgedEvent {
  readonly payload: { readonly id: number; readonly [fact: string]: unknown };
}

/**
 * Orders of warnings that were judged false take that verdict with its reason, as far as they are not closed; whoever clears them may still say
 * otherwise. Each is noted once. `now` is the wall clock, epoch ms.
 */
export async function takeVerdicts(tx: Tx, events: readonly JudgedEvent[], now: number): Promise<void> {
  const verdicts = events.map(({ payload: { id, text, by, reason } }) => ({ warning: id, text, by, reason }));
  await sql`
    with judged as (
      update work_order o set verdict = 'false-alarm', false_alarm = r.reason, version = o.version + 1
      from ${recordset(verdicts, sql`r(warning bigint, text text, by text, reason text)`)}
      where o.warning_id = r.warning and o.state <> 'closed' and o.verdict is distinct from 'false-alarm'
      returning o.id, o.place, o.scenario, r.warning, r.text, r.by
    )
    insert into work_order_entry (work_order_id, place, scenario, at, by, kind, text, idempotency_key)
    select id, place, scenario, ${new Date(now)}, by, 'warning-judged', '预警判定' || text, 'warning:judged:' || warning from judged
    on conflict (work_order_id, idempotency_key) where idempotency_key is not null do nothing`.execute(tx);
}
