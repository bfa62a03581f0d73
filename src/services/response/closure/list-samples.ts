import type { closureRoutes, ClosureSample } from '#contract/response';
import type { Waiting } from '#contract/command';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { isOwnWork, loadSamples, showSample } from './sample-view.ts';

const STATES = {
  waiting: sql`s.passed is null`,
  passed: sql`s.passed`,
  failed: sql`s.passed = false`,
} as const;

/** What was drawn of a month and the caller may see, the newest first. */
export async function listSamples(
  context: RequestContext,
  { month, state, after, limit }: z.output<typeof closureRoutes.listClosureSamples.query>,
): Promise<{ readonly items: ClosureSample[]; readonly next: string | null }> {
  context.authorize('work-order.read');
  const cursor = readCursor(after);
  const conditions = [
    sql`s.month = ${`${month}-01`}::date`,
    context.reach('s'),
    ...(state === undefined ? [] : [STATES[state]]),
    ...(cursor === undefined ? [] : [sql`s.id < ${cursor.id}`]),
  ];
  return context.transaction(async (tx) => {
    const where = sql`where ${sql.join(conditions, sql` and `)}`;
    const rows = await loadSamples(tx, context.actor, sql`${where} order by s.id desc limit ${limit + 1}`);
    const { page, next } = cutPage(rows, limit, (row) => writeCursor(row.drawn_at, row.id));
    return { items: page.map((row) => showSample(context, row)), next };
  });
}

/** 抽查 that waits for the caller: what he handled or reviewed himself waits for others. */
export async function samplesWaiting(context: RequestContext): Promise<Waiting> {
  context.authorize('supervision.issue');
  return context.transaction(async (tx) => {
    const { rows } = await sql<Waiting>`
      select count(*)::int as count, null as "dueAt" from closure_sample s join work_order o on o.id = s.work_order_id
      where s.passed is null and o.state = 'closed' and ${context.reach('s')} and not ${isOwnWork(context.actor)}`.execute(
      tx,
    );
    return rows[0] ?? { count: 0, dueAt: null };
  });
}
