import type { qualityRoutes } from '#contract/monitoring';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

type Page = z.output<typeof qualityRoutes.listFindings.reply>;

const WEEK_MS = 7 * 86_400_000;

/** Findings that stand, and those that ended within a week, newest first. */
export async function listFindings(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof qualityRoutes.listFindings.query> },
): Promise<Page> {
  context.authorize('reading.read');
  const since = new Date(context.now() - WEEK_MS);
  const before = readIdCursor(query.after);
  return context.transaction(async (tx) => {
    const { rows } = await sql<Page['items'][number]>`
      select id, subject_kind as "subjectKind", subject_id as subject, reason, text, cardinality(point_ids) as points,
        extract(epoch from since)::float8 * 1000 as since, extract(epoch from ended_at)::float8 * 1000 as "endedAt"
      from quality_finding f
      where ${context.reach('f')} and (ended_at is null or ended_at > ${since}) and (${before} = 0 or id < ${before})
      order by id desc limit ${query.limit + 1}`.execute(tx);
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}
