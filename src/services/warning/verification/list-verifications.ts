import type { Verification, verificationRoutes } from '#contract/warning';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadVerifications, showVerification } from './verification-view.ts';

type Query = z.output<typeof verificationRoutes.listVerifications.query>;
type Reply = z.output<typeof verificationRoutes.listVerifications.reply>;

/** What waits for a person, the most pressing first; or what was decided, the newest first. */
export async function listVerifications(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('warning.read');
  const { decided = false, scenario, mine = false, limit } = query;
  const cursor = readCursor(query.after);
  const column = decided ? sql`v.decided_at` : sql`v.due_at`;
  const conditions = [
    context.reach('v'),
    decided ? sql`v.decision is not null` : sql`v.decision is null`,
    ...(scenario === undefined ? [] : [sql`v.scenario = (select id from scenario where code = ${scenario})`]),
    ...(mine ? [sql`v.owner_id = ${context.actor.accountId}`] : []),
    ...(cursor ? [behind(decided, cursor)] : []),
  ];
  const direction = decided ? sql`desc` : sql`asc`;
  const order = sql`order by ${column} ${direction}, v.id ${direction}`;
  return context.transaction(async (tx) => {
    const suffix = sql`where ${sql.join(conditions, sql` and `)} ${order} limit ${limit + 1}`;
    const rows = await loadVerifications(tx, suffix, order);
    const { page, next } = cutPage(rows, limit, (row) =>
      writeCursor(decided ? (row.decided_at ?? 0) : row.due_at, row.id),
    );
    const items: Verification[] = page.map((row) => showVerification(row, context.actor));
    return { items, next, ...(await counts(tx, context.actor.accountId)) };
  });
}

function behind(decided: boolean, { at, id }: { readonly at: number; readonly id: number }) {
  const moment = new Date(at);
  return decided
    ? sql`(v.decided_at, v.id) < (${moment}, ${id})`
    : sql`(v.due_at, v.id) > (${moment}, ${id})`;
}

async function counts(tx: Tx, account: number): Promise<{ readonly waiting: number; readonly mine: number }> {
  const { rows } = await sql<{ waiting: number; mine: number }>`
    select count(*)::int as waiting, (count(*) filter (where owner_id = ${account}))::int as mine
    from verification where decision is null`.execute(tx);
  return rows[0] ?? { waiting: 0, mine: 0 };
}
