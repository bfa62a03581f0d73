import type { SystemContext } from '#services/context';
import { sql } from 'kysely';

/** As long as an order is looked back at: a year and a day. */
const KEPT_MS = 366 * 86_400_000;
const BATCH = 5000;

/** Ends what came too late to be sent. */
export async function expireNotifications(context: SystemContext): Promise<void> {
  await context.transaction(async (tx) => {
    await sql`update notification set state = 'expired', next_at = null, reason = coalesce(reason, '过期未发')
      where id in (select id from notification where state in ('queued', 'limited') and expires_at <= ${new Date(context.now())}
        limit ${BATCH} for update skip locked)`.execute(tx);
  });
}

/** Removes what was told more than a year ago; gives how many. */
export async function forgetNotifications(context: SystemContext): Promise<number> {
  return context.transaction(async (tx) => {
    const { numAffectedRows } = await sql`delete from notification where id in (
      select id from notification where created_at < ${new Date(context.now() - KEPT_MS)} limit ${BATCH})`.execute(
      tx,
    );
    return Number(numAffectedRows ?? 0);
  });
}
