import type { Waiting } from '#contract/command';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

/** Swaps that somebody has asked the caller for. They are due when the earlier of the two shifts begins. */
export function swapsToAnswer(context: RequestContext): Promise<Waiting> {
  context.authorize('duty.read');
  return countSwaps(context, sql`w.state = 'requested' and w.other_id = ${context.actor.accountId}`);
}

/** Swaps both holders agree on, where the caller is neither of them. */
export function swapsToApprove(context: RequestContext): Promise<Waiting> {
  context.authorize('roster.manage');
  return countSwaps(
    context,
    sql`w.state = 'accepted' and ${context.actor.accountId} not in (w.requester_id, w.other_id)`,
  );
}

async function countSwaps(context: RequestContext, where: ReturnType<typeof sql>): Promise<Waiting> {
  return context.transaction(async (tx) => {
    const { rows } = await sql<Waiting>`
      select count(*)::int as count, extract(epoch from min(s.from_at))::float8 * 1000 as "dueAt"
      from shift_swap w join duty_shift s on s.id in (w.shift_id, w.with_shift_id)
        and s.from_at = (select min(o.from_at) from duty_shift o where o.id in (w.shift_id, w.with_shift_id))
      where ${where} and s.from_at > ${new Date(context.now())}`.execute(tx);
    return rows[0] ?? { count: 0, dueAt: null };
  });
}

/** Hand-overs of the caller's own shifts that are written and not signed by them. */
export async function handoversToSign(context: RequestContext): Promise<Waiting> {
  context.authorize('duty.read');
  return context.transaction(async (tx) => {
    const { rows } = await sql<Waiting>`
      select count(*)::int as count, extract(epoch from min(s.to_at))::float8 * 1000 as "dueAt"
      from handover h join duty_shift s on s.id = h.shift_id
      where h.state = 'draft' and s.account_id = ${context.actor.accountId}`.execute(tx);
    return rows[0] ?? { count: 0, dueAt: null };
  });
}
