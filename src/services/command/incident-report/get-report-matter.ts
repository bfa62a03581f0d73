import type { incidentReportRoutes, ReportMatter, ReportMatterDetail } from '#contract/command';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadMatterDetail, loadMatters, showMatter } from './matter-view.ts';

type Query = z.output<typeof incidentReportRoutes.listReportMatters.query>;

/** One matter with what is owed and what was said. Throws `record.not-found`. */
export async function getReportMatter(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
): Promise<ReportMatterDetail> {
  context.authorize('duty.read');
  return context.transaction((tx) => loadMatterDetail(context, tx, params.id));
}

/** A page of matters that the caller may see, the newest first. */
export async function listReportMatters(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ readonly items: ReportMatter[]; readonly next: string | null }> {
  context.authorize('duty.read');
  const { workOrder, incident, open, limit } = query;
  const cursor = readCursor(query.after);
  const conditions = [
    context.reach('m'),
    workOrder === undefined ? [] : sql`m.work_order_id = ${workOrder}`,
    incident === undefined ? [] : sql`m.incident_id = ${incident}`,
    open === undefined ? [] : sql`(m.closed_at is null) = ${open}`,
    cursor === undefined ? [] : sql`(m.opened_at, m.id) < (${new Date(cursor.at)}, ${cursor.id})`,
  ].flat();
  return context.transaction(async (tx) => {
    const rows = await loadMatters(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by m.opened_at desc, m.id desc limit ${limit + 1}`,
    );
    const { page, next } = cutPage(rows, limit, (row) => writeCursor(row.openedAt, row.id));
    return { items: page.map(showMatter), next };
  });
}
