import { AppError } from '#base';
import type { eventRoutes, SuspectedEvent } from '#contract/monitoring';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadEvents } from './event-view.ts';

type Query = z.output<typeof eventRoutes.listSuspectedEvents.query>;

const OTHERS_SHOWN = 50;

/** A page of suspected events, newest first; `waiting` counts all that wait for somebody to look. */
export async function listEvents(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ items: SuspectedEvent[]; next: string | null; waiting: number }> {
  context.authorize('event.read');
  const conditions = [
    context.reach('e'),
    sql`e.id < ${query.after === undefined ? Number.MAX_SAFE_INTEGER : readIdCursor(query.after)}`,
    ...(query.state === undefined ? [] : [sql`e.state = ${query.state}`]),
    ...(query.origin === undefined ? [] : [sql`e.origin = ${query.origin}`]),
    ...(query.search === undefined
      ? []
      : [
          sql`strpos(lower(concat_ws(' ', e.kind, e.kind_name, e.camera, e.text, e.place_name, o.name, l.name)), lower(${query.search})) > 0`,
        ]),
  ];
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from suspected_event e where e.state = 'suspected' and ${context.reach('e')}`.execute(
      tx,
    );
    const where = sql`where ${sql.join(conditions, sql` and `)} order by e.id desc limit ${query.limit + 1}`;
    const events = await loadEvents(tx, context.actor, where);
    const { page, next } = cutPage(events, query.limit, ({ id }) => String(id));
    return { items: [...page], next, waiting: rows[0]?.n ?? 0 };
  });
}

/** One suspected event with what is probably the same thing. Throws `record.not-found`. */
export async function getEvent(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
): Promise<SuspectedEvent & { others: SuspectedEvent[] }> {
  context.authorize('event.read');
  return context.transaction(async (tx) => {
    const [event] = await loadEvents(tx, context.actor, sql`where e.id = ${params.id}`);
    if (!event) throw new AppError('record.not-found', { what: '疑似事件', id: params.id });
    const group = event.group ?? event.id;
    const others = await loadEvents(
      tx,
      context.actor,
      sql`where (e.id = ${group} or e.group_id = ${group}) and e.id <> ${event.id} order by e.id limit ${OTHERS_SHOWN}`,
    );
    return { ...event, others: [...others] };
  });
}
