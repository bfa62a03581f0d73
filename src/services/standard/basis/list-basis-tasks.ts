import type { basisRoutes, TaskState } from '#contract/standard';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadTasks } from './task-view.ts';

type Route = typeof basisRoutes.listBasisTasks;

const IN_STATE: Readonly<Record<TaskState, (now: Date) => RawBuilder<unknown>>> = {
  open: (now) => sql`t.state = 'open' and t.due_at > ${now}`,
  overdue: (now) => sql`t.state = 'open' and t.due_at <= ${now}`,
  answered: () => sql`t.state = 'answered'`,
  kept: () => sql`t.state = 'kept'`,
};

/** A page of the tasks in the caller's scope, what is due first first. */
export async function listBasisTasks(
  context: RequestContext,
  { query }: { readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('standard.read');
  const { scenario, state, limit } = query;
  const after = readCursor(query.after);
  const conditions = sql.join(
    [
      sql`true`,
      ...(scenario === undefined ? [] : [sql`s.code = ${scenario}`]),
      ...(state === undefined ? [] : [IN_STATE[state](new Date(context.now()))]),
      ...(after === undefined ? [] : [sql`(t.due_at, t.id) > (${new Date(after.at)}, ${after.id}::int)`]),
    ],
    sql` and `,
  );
  return context.transaction(async (tx) => {
    const rows = await loadTasks(
      context,
      tx,
      sql`where ${conditions} order by t.due_at, t.id limit ${limit + 1}`,
    );
    const { page, next } = cutPage(rows, limit, ({ dueAt, id }) => writeCursor(dueAt, id));
    return { items: [...page], next };
  });
}
