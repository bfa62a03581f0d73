import type { IncidentReport, incidentReportRoutes } from '#contract/command';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findPlatform } from '../find-platform.ts';
import { loadReports, showReport } from './report-view.ts';

type Query = z.output<typeof incidentReportRoutes.listReports.query>;

/** A page of reports, the newest first: what a platform sent, or what the district's watch received. */
export async function listReports(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ readonly items: IncidentReport[]; readonly next: string | null }> {
  context.authorize('duty.read');
  const { received, unsigned, matter, limit } = query;
  const cursor = readCursor(query.after);
  return context.transaction(async (tx) => {
    const platform = query.platform === undefined ? undefined : await findPlatform(tx, query.platform);
    const conditions = [
      context.reach('r'),
      platform === undefined ? [] : sql`r.platform_id = ${platform.id}`,
      received === true ? sql`r.recipient = 'district'` : [],
      unsigned === true ? sql`r.signed_at is null and r.recipient = 'district' and r.channel <> 'phone'` : [],
      matter === undefined ? [] : sql`r.matter_id = ${matter}`,
      cursor === undefined ? [] : sql`(r.reported_at, r.id) < (${new Date(cursor.at)}, ${cursor.id})`,
    ].flat();
    const rows = await loadReports(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by r.reported_at desc, r.id desc limit ${limit + 1}`,
    );
    const { page, next } = cutPage(rows, limit, (row) => writeCursor(row.reportedAt, row.id));
    return { items: page.map((row) => showReport(row, context.actor)), next };
  });
}
