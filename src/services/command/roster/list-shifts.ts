import type { commandRoutes } from '#contract/command';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadShifts, showShifts } from './shift-view.ts';

type Query = z.output<typeof commandRoutes.listShifts.query>;
type Reply = z.output<typeof commandRoutes.listShifts.reply>;

/** Shifts the caller may see, by their beginning; from now on unless told. */
export async function listShifts(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('duty.read');
  const conditions = filters(query, context);
  const cursor = readCursor(query.after);
  if (cursor) conditions.push(sql`(s.from_at, s.id) > (${new Date(cursor.at)}, ${cursor.id})`);
  return context.transaction(async (tx) => {
    const rows = await loadShifts(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by s.from_at, s.id limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.from_at, row.id));
    return { items: await showShifts(context, tx, page), next };
  });
}

function filters(query: Query, context: RequestContext): RawBuilder<unknown>[] {
  const { roster, platform, from, to, mine, cancelled } = query;
  return [
    // A shift that has begun and goes on is of now.
    sql`s.to_at > ${new Date(from ?? context.now())}`,
    to === undefined ? [] : sql`s.from_at < ${new Date(to)}`,
    roster === undefined ? [] : sql`s.roster_id = ${roster}`,
    platform === undefined
      ? []
      : sql`s.roster_id in (select r.id from roster r join platform p on p.id = r.platform_id where p.code = ${platform})`,
    mine === true ? sql`s.account_id = ${context.actor.accountId}` : [],
    cancelled === true ? [] : sql`s.status <> 'cancelled'`,
  ].flat();
}
