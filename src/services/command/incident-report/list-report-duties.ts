import type { incidentReportRoutes, ReportDutyRecord } from '#contract/command';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findPlatform } from '../find-platform.ts';
import { loadDuties, showDuty } from './duty-view.ts';

type Query = z.output<typeof incidentReportRoutes.listReportDuties.query>;

/** A page of what is still owed, the soonest first. Throws `record.not-found` for an unknown platform. */
export async function listReportDuties(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ readonly items: ReportDutyRecord[]; readonly next: string | null }> {
  context.authorize('duty.read');
  const { replay, limit } = query;
  const cursor = readCursor(query.after);
  return context.transaction(async (tx) => {
    const platform = query.platform === undefined ? undefined : await findPlatform(tx, query.platform);
    const conditions = [
      sql`d.fulfilled_at is null and d.stopped_at is null`,
      context.reach('d'),
      platform === undefined ? [] : sql`d.platform_id = ${platform.id}`,
      replay === undefined ? [] : sql`(d.replay_session_id is not null) = ${replay}`,
      cursor === undefined ? [] : sql`(d.due_at, d.id) > (${new Date(cursor.at)}, ${cursor.id})`,
    ].flat();
    const rows = await loadDuties(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by d.due_at, d.id limit ${limit + 1}`,
    );
    const { page, next } = cutPage(rows, limit, (row) => writeCursor(row.dueAt, row.id));
    const viewer = { actor: context.actor, now: context.now() };
    return { items: page.map((row) => showDuty(row, viewer)), next };
  });
}
