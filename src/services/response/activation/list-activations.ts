import type { Activation, ActivationDetail, activationRoutes } from '#contract/response';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { activationDetailOf, loadActivations, showActivation } from './activation-view.ts';

type ListQuery = z.output<typeof activationRoutes.listActivations.query>;

/** A page of activations, newest first; those in force are few. */
export async function listActivations(
  context: RequestContext,
  query: ListQuery,
): Promise<{ readonly items: Activation[]; readonly next: string | null }> {
  context.authorize('platform.read');
  const cursor = readCursor(query.after);
  const conditions = [
    sql`true`,
    ...(query.inForce === undefined
      ? []
      : [query.inForce ? sql`a.ended_at is null` : sql`a.ended_at is not null`]),
    ...(cursor === undefined ? [] : [sql`(a.started_at, a.id) < (${new Date(cursor.at)}, ${cursor.id})`]),
  ];
  return context.transaction(async (tx) => {
    const where = sql`where ${sql.join(conditions, sql` and `)}`;
    const rows = await loadActivations(
      tx,
      sql`${where} order by a.started_at desc, a.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.started_at, row.id));
    return { items: page.map((row) => showActivation(context, row)), next };
  });
}

export async function getActivation(context: RequestContext, id: number): Promise<ActivationDetail> {
  context.authorize('platform.read');
  return context.transaction((tx) => activationDetailOf(context, tx, id));
}
