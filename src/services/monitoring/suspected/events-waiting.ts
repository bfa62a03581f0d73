import type { Waiting } from '#contract/command';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

/** Suspected events that nobody has confirmed or refused, where the caller decides; what repeats another counts with it. */
export async function eventsWaiting(context: RequestContext): Promise<Waiting> {
  context.authorize('event.decide');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from suspected_event e where e.state = 'suspected' and e.group_id is null`.execute(
      tx,
    );
    return { count: rows[0]?.count ?? 0, dueAt: null };
  });
}
