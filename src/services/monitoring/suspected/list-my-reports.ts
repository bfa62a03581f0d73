import type { socialRoutes, SuspectedEvent } from '#contract/monitoring';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadEvents } from './event-view.ts';

type Query = z.output<typeof socialRoutes.listMyReports.query>;

/** A page of what the caller has reported, the newest first, with what became of it; wherever it lies by now. */
export async function listMyReports(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ items: SuspectedEvent[]; next: string | null }> {
  context.authorize('event.report');
  return context.transaction(async (tx) => {
    const before = query.after === undefined ? sql`true` : sql`e.id < ${readIdCursor(query.after)}`;
    const own = sql`where e.reporter_id = ${context.actor.accountId} and ${before}
      order by e.id desc limit ${query.limit + 1}`;
    const { page, next } = cutPage(await loadEvents(tx, context.actor, own), query.limit, ({ id }) =>
      String(id),
    );
    return { items: [...page], next };
  });
}
