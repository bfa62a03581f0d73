import type { Waiting } from '#contract/command';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

/** Alarms the caller has to verify: those that are theirs, and those of nobody where they may decide. */
export async function verificationsWaiting(context: RequestContext): Promise<Waiting> {
  context.authorize('warning.decide');
  return context.transaction(async (tx) => {
    const { rows } = await sql<Waiting>`
      select count(*)::int as count, extract(epoch from min(v.due_at))::float8 * 1000 as "dueAt"
      from verification v join alarm a on a.id = v.alarm_id
      where v.decision is null and a.level > 0 and ${context.reach('v')}
        and (v.owner_id is null or v.owner_id = ${context.actor.accountId})`.execute(tx);
    return rows[0] ?? { count: 0, dueAt: null };
  });
}
