import type { Waiting } from '#contract/command';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

/** 督办 that the caller's own office has to answer. */
export async function supervisionsWaiting(context: RequestContext): Promise<Waiting> {
  context.authorize('supervision.answer');
  const offices = [...new Set(context.actor.rights.grants.map(({ platform }) => platform))];
  return context.transaction(async (tx) => {
    const { rows } = await sql<Waiting>`
      select count(*)::int as count, extract(epoch from min(s.answer_by))::float8 * 1000 as "dueAt"
      from supervision s join platform p on p.id = s.platform_id
      where s.state = 'open' and p.code = any(${offices}::text[])`.execute(tx);
    return rows[0] ?? { count: 0, dueAt: null };
  });
}
