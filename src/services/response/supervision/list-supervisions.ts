import type { chaseRoutes, Supervision, SupervisionDetail } from '#contract/response';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadSupervision, loadSupervisions, showSupervision } from './supervision-view.ts';

/** 督办 the caller may see, the newest first. */
export async function listSupervisions(
  context: RequestContext,
  { state, after, limit }: z.output<typeof chaseRoutes.listSupervisions.query>,
): Promise<{ readonly items: Supervision[]; readonly next: string | null }> {
  context.authorize('work-order.read');
  const cursor = readCursor(after);
  const conditions = [
    context.reach('s'),
    ...(state === undefined ? [] : [sql`s.state = ${state}`]),
    ...(cursor === undefined ? [] : [sql`(s.issued_at, s.id) < (${new Date(cursor.at)}, ${cursor.id})`]),
  ];
  return context.transaction(async (tx) => {
    const where = sql`where ${sql.join(conditions, sql` and `)}`;
    const rows = await loadSupervisions(
      tx,
      sql`${where} order by s.issued_at desc, s.id desc limit ${limit + 1}`,
    );
    const { page, next } = cutPage(rows, limit, (row) => writeCursor(row.issued_at, row.id));
    return { items: page.map((row) => showSupervision(context, row)), next };
  });
}

/** One 督办 with what was done about it. Throws `record.not-found`. */
export async function getSupervision(context: RequestContext, id: number): Promise<SupervisionDetail> {
  context.authorize('work-order.read');
  return context.transaction((tx) => loadSupervision(context, tx, id));
}
