import type { Fault, operationsRoutes } from '#contract/operations';
import { cutPage, type MomentCursor, readCursor, type RequestContext, writeCursor } from '#services/context';
import { containing } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadFaults, showFault } from './fault-view.ts';
import { isOverdueNow, waitsForMe } from './fault-conditions.ts';

type Query = z.output<typeof operationsRoutes.listFaults.query>;

/** A page of faults the caller may see, newest first. `next` is the `after` of the page that follows. */
export async function listFaults(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ items: Fault[]; next: string | null }> {
  context.authorize('fault.read');
  const conditions = [sql`true`, ...filters(context, query), ...behind(readCursor(query.after))];
  return context.transaction(async (tx) => {
    const rows = await loadFaults(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by f.opened_at desc, f.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.opened_at, row.id));
    return { items: page.map((row) => showFault(row, context)), next };
  });
}

function filters(context: RequestContext, query: Query): readonly RawBuilder<unknown>[] {
  const { state, kind, subjectKind, scenario, open, overdue, mine, search } = query;
  return [
    state === undefined ? [] : sql`f.state = ${state}`,
    kind === undefined ? [] : sql`f.kind = ${kind}`,
    subjectKind === undefined ? [] : sql`f.subject_kind = ${subjectKind}`,
    scenario === undefined
      ? []
      : sql`f.scenarios @> (select array_agg(id) from scenario where code = ${scenario})`,
    open === undefined ? [] : open ? sql`f.state <> 'closed'` : sql`f.state = 'closed'`,
    overdue === undefined ? [] : sql`${isOverdueNow(context.now())} = ${overdue}`,
    mine === true ? waitsForMe(context.actor) : [],
    search === undefined ? [] : found(search),
  ].flat();
}

function found(search: string): RawBuilder<unknown> {
  const pattern = containing(search);
  return sql`(f.code ilike ${pattern} or f.subject_name ilike ${pattern} or f.subject ilike ${pattern} or f.summary ilike ${pattern})`;
}

function behind(cursor: MomentCursor | undefined): readonly RawBuilder<unknown>[] {
  return cursor === undefined ? [] : [sql`(f.opened_at, f.id) < (${new Date(cursor.at)}, ${cursor.id})`];
}
