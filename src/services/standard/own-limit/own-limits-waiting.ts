import type { Waiting } from '#contract/command';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

/** Own limits that somebody else has asked for where the caller approves. */
export async function ownLimitsWaiting(context: RequestContext): Promise<Waiting> {
  context.authorize('object.approve');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from own_limit
      where state = 'proposed' and proposed_by <> ${context.actor.accountId}`.execute(tx);
    return { count: rows[0]?.count ?? 0, dueAt: null };
  });
}
