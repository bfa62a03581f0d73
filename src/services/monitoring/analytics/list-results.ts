import type { AnalyticsResultView, analyticsRoutes } from '#contract/monitoring';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

type Query = z.output<typeof analyticsRoutes.listAnalyticsResults.query>;

/** Where results came from, newest first. */
export async function listResults(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ items: AnalyticsResultView[]; next: string | null }> {
  context.authorize('reading.read');
  const before = query.after === undefined ? Number.MAX_SAFE_INTEGER : readIdCursor(query.after);
  const ofPoint = query.point === undefined ? sql`true` : sql`p.code = ${query.point}`;
  return context.transaction(async (tx) => {
    const { rows } = await sql<AnalyticsResultView>`
      select r.id, p.code as point, r.model, r.model_version as version, r.confidence, r.inputs, r.observed_at as "observedAt", r.value,
        r.received_at as "receivedAt", r.written_by as "writtenBy"
      from analytics_result r join point p on p.id = r.point_id
      where ${context.reach('r')} and r.id < ${before} and ${ofPoint} order by r.id desc limit ${query.limit + 1}`.execute(
      tx,
    );
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}
