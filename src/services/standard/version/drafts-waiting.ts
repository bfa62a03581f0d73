import type { Waiting } from '#contract/command';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

/** Drafts of the standard that somebody else has handed in where the caller reviews. */
export async function draftsWaiting(context: RequestContext): Promise<Waiting> {
  context.authorize('standard.approve');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from standard_draft
      where state = 'submitted' and submitted_by <> ${context.actor.accountId}`.execute(tx);
    return { count: rows[0]?.count ?? 0, dueAt: null };
  });
}
