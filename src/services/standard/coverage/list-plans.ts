import type { coverageRoutes, PlanState } from '#contract/standard';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { beijingDay } from './beijing-day.ts';
import { loadPlans } from './plan-view.ts';

type Route = typeof coverageRoutes.listPlans;

/** A page of the plans in the caller's scope, newest first. */
export async function listPlans(
  context: RequestContext,
  { query }: { readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('object.read');
  const { scenario, state, after, limit } = query;
  const conditions = [
    ...(after === undefined ? [] : [sql`p.id < ${readIdCursor(after)}`]),
    ...(scenario === undefined ? [] : [sql`s.code = ${scenario}`]),
    ...(state === undefined ? [] : [IN_STATE[state](beijingDay(context.now()))]),
  ];
  return context.transaction(async (tx) => {
    const where = sql.join([context.reach('p'), ...conditions], sql` and `);
    const rows = await loadPlans(context, tx, sql`where ${where} order by p.id desc limit ${limit + 1}`);
    const { page, next } = cutPage(rows, limit, (row) => String(row.id));
    return { items: [...page], next };
  });
}

const RUNNING = sql`p.met_at is null and p.withdrawn_at is null`;

const IN_STATE: Readonly<Record<PlanState, (today: string) => RawBuilder<unknown>>> = {
  open: (today) => sql`${RUNNING} and p.due_on >= ${today}::date`,
  overdue: (today) => sql`${RUNNING} and p.due_on < ${today}::date`,
  met: () => sql`p.met_at is not null`,
  withdrawn: () => sql`p.withdrawn_at is not null`,
};
