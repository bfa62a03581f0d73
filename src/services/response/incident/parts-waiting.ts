import type { Waiting } from '#contract/command';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

/** Parts of large loops for which the caller's own office has to answer. */
export async function partsWaiting(context: RequestContext): Promise<Waiting> {
  context.authorize('duty.keep');
  const offices = [...new Set(context.actor.rights.grants.map(({ platform }) => platform))];
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from incident_part a join platform p on p.id = a.platform_id
      where a.state = 'open' and p.code = any(${offices}::text[])`.execute(tx);
    return { count: rows[0]?.count ?? 0, dueAt: null };
  });
}
