import type { auditRoutes } from '#contract/platform';
import { cutPage, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { auditConditions, readAuditCursor } from './audit-filter.ts';
import { loadAudit, showAudit } from './audit-view.ts';

type Query = z.output<typeof auditRoutes.listAudit.query>;
type Reply = z.output<typeof auditRoutes.listAudit.reply>;

/** A page of the audit, newest first. */
export async function listAudit(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('audit.read');
  const cursor = readAuditCursor(query.after);
  return context.transaction(async (tx) => {
    const where = await auditConditions(tx, query, cursor);
    const rows = await loadAudit(
      tx,
      sql`where ${where} order by a.at desc, a.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => `${row.moment}_${row.id}`);
    return { items: page.map(showAudit), next };
  });
}
