import type { commandRoutes } from '#contract/command';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findLines } from './find-lines.ts';
import { homePlatform } from './home-platform.ts';
import { loadLines, showLine } from './log-view.ts';

type Query = z.output<typeof commandRoutes.listLog.query>;
type Reply = z.output<typeof commandRoutes.listLog.reply>;

/** A page of a platform's duty log, newest first. */
export async function listLog(context: RequestContext, { query }: { readonly query: Query }): Promise<Reply> {
  context.authorize('duty.read');
  const cursor = readCursor(query.after);
  return context.transaction(async (tx) => {
    const platform = await homePlatform(context, tx, { named: query.platform, capability: 'duty.read' });
    const conditions = findLines(platform, query);
    if (cursor) conditions.push(sql`(l.at, l.id) < (${new Date(cursor.at)}, ${cursor.id})`);
    const rows = await loadLines(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by l.at desc, l.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.at, row.id));
    const { code, name } = platform;
    return { items: page.map((row) => showLine(row, context.actor)), next, platform: { code, name } };
  });
}
