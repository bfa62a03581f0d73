import type { Event } from '#bus';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** Steps after which nothing that waits about the order is worth sending. */
const ENDED: ReadonlySet<unknown> = new Set(['clear', 'close', 'merge', 'waive', 'close-false-alarm']);

/**
 * An order that somebody has accepted calls nobody to accept it any more, one that is cleared calls nobody at all: what still waits
 * about it is withdrawn. What waits is looked at once more before it is sent, so that nothing slips through meanwhile.
 */
export async function withdrawAnswered(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  const advanced = events.filter(({ type }) => type === 'work-order.advanced');
  const of = (wanted: (action: unknown) => boolean): number[] =>
    advanced.filter(({ payload }) => wanted(payload['action'])).map(({ payload }) => payload.id);
  const accepted = of((action) => action === 'accept');
  const ended = of((action) => ENDED.has(action));
  if (accepted.length + ended.length === 0) return;
  await sql`update notification set state = 'withdrawn', next_at = null,
      reason = case when work_order_id = any(${ended}::bigint[]) then '工单已处置' else '工单已接单' end
    where state in ('queued', 'limited') and created_at <= ${new Date(now)}
      and (work_order_id = any(${ended}::bigint[]) or asks_answer and work_order_id = any(${accepted}::bigint[]))`.execute(
    tx,
  );
}
