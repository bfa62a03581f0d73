import type { Waiting } from '#contract/command';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

/** Requests for accounts that somebody else has made, for somebody else, where the caller decides. */
export async function requestsWaiting(context: RequestContext): Promise<Waiting> {
  context.authorize('account.approve');
  return context.transaction(async (tx) => {
    const me = context.actor.accountId;
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from account_request
      where state = 'pending' and requested_by <> ${me} and requested_for is distinct from ${me}`.execute(tx);
    return { count: rows[0]?.count ?? 0, dueAt: null };
  });
}
