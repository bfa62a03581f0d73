import type { Waiting } from '#contract/command';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

/** Reports that the caller's own office owes. */
export async function reportDutiesWaiting(context: RequestContext): Promise<Waiting> {
  context.authorize('duty.keep');
  const offices = [...new Set(context.actor.rights.grants.map(({ platform }) => platform))];
  return context.transaction(async (tx) => {
    const { rows } = await sql<Waiting>`
      select count(*)::int as count, extract(epoch from min(d.due_at))::float8 * 1000 as "dueAt"
      from report_duty d join platform p on p.id = d.platform_id
      where d.fulfilled_at is null and d.stopped_at is null and d.replay_session_id is null and p.code = any(${offices}::text[])`.execute(
      tx,
    );
    return rows[0] ?? { count: 0, dueAt: null };
  });
}
