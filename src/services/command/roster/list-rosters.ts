import type { commandRoutes, Roster } from '#contract/command';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadRoster, loadRosters, showRosters } from './roster-view.ts';

type Query = z.output<typeof commandRoutes.listRosters.query>;
type Reply = z.output<typeof commandRoutes.listRosters.reply>;

/** A page of the rosters the caller may see; those in use unless told. */
export async function listRosters(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('duty.read');
  const conditions = [
    sql`r.id > ${readIdCursor(query.after)}`,
    query.retired === true ? sql`r.retired_at is not null` : sql`r.retired_at is null`,
    ...(query.platform === undefined
      ? []
      : [sql`r.platform_id = (select id from platform where code = ${query.platform})`]),
  ];
  return context.transaction(async (tx) => {
    const rows = await loadRosters(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by r.id limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: await showRosters(tx, context.actor, page), next };
  });
}

/** One roster. Throws `record.not-found`. */
export async function getRoster(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
): Promise<Roster> {
  context.authorize('duty.read');
  return context.transaction((tx) => showOne(context, tx, params.id));
}

export async function showOne(
  context: RequestContext,
  tx: Parameters<typeof loadRoster>[0],
  id: number,
): Promise<Roster> {
  const [shown] = await showRosters(tx, context.actor, [await loadRoster(tx, id)]);
  if (!shown) throw new Error(`roster ${id} is loaded and not shown`);
  return shown;
}
