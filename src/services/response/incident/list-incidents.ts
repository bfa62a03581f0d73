import type { Incident, incidentRoutes, IncidentEntry, WorkOrder } from '#contract/response';
import { cutPage, readCursor, type RequestContext, writeCursor } from '#services/context';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadDeadlines, loadOrders, showOrder } from '../order-view.ts';
import { limitsInForce } from '../standard-in-force.ts';
import { loadIncident, loadIncidents } from './incident-row.ts';
import { showIncident } from './incident-view.ts';
import { loopActors } from './loop-posts.ts';

type ListQuery = z.output<typeof incidentRoutes.listIncidents.query>;
type EntryQuery = z.output<typeof incidentRoutes.listIncidentEntries.query>;
type OrderQuery = z.output<typeof incidentRoutes.listIncidentOrders.query>;

interface Page<Item> {
  readonly items: Item[];
  readonly next: string | null;
}

/** Open incidents that an order may go into: of its scenario, or of a territory that holds it; of the same recording or none. */
function takes(order: number): RawBuilder<unknown> {
  return sql`i.state = 'open' and exists (select from work_order o where o.id = ${order}
    and o.replay_session_id is not distinct from i.replay_session_id and (o.scenario = i.scenario
      or exists (select from platform p where p.place = i.place and o.place between p.place and p.place_to)))`;
}

/** A page of incidents the caller may see, newest first. */
export async function listIncidents(context: RequestContext, query: ListQuery): Promise<Page<Incident>> {
  context.authorize('work-order.read');
  const { state, loop, scenario, forOrder } = query;
  const cursor = readCursor(query.after);
  const conditions = [
    sql`true`,
    ...(state === undefined ? [] : [sql`i.state = ${state}`]),
    ...(loop === undefined ? [] : [sql`i.loop = ${loop}`]),
    ...(scenario === undefined ? [] : [sql`i.scenario = (select id from scenario where code = ${scenario})`]),
    ...(forOrder === undefined ? [] : [takes(forOrder)]),
    ...(cursor === undefined ? [] : [sql`(i.opened_at, i.id) < (${new Date(cursor.at)}, ${cursor.id})`]),
  ];
  return context.transaction(async (tx) => {
    const { accountId, rights } = context.actor;
    const where = sql`where ${sql.join(conditions, sql` and `)}`;
    const rows = await loadIncidents(
      tx,
      [accountId, ...rights.principals],
      sql`${where} order by i.opened_at desc, i.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.opened_at, row.id));
    const actorOf = await loopActors(tx, context.actor);
    const shown = forOrder === undefined ? page : page.filter((row) => rights.mayAt('incident.lead', row));
    return { items: shown.map((row) => showIncident(row, actorOf(row), context.now())), next };
  });
}

/** One timeline over the incident and all its orders that the caller sees, newest first. */
export async function listIncidentEntries(
  context: RequestContext,
  id: number,
  query: EntryQuery,
): Promise<Page<IncidentEntry>> {
  context.authorize('work-order.read');
  const cursor = readCursor(query.after);
  return context.transaction(async (tx) => {
    await loadIncident(tx, [], id);
    // Both tables count their rows from one: even numbers are the incident's, odd ones its orders'.
    const { rows } = await sql<IncidentEntry & { n: number }>`
      select * from (
        select e.id * 2 as n, e.at, e.by, e.kind, e.text, e.note, null::json as "order"
        from incident_entry e where e.incident_id = ${id}
        union all
        select e.id * 2 + 1, e.at, e.by, e.kind, e.text, e.note,
          json_build_object('id', o.id, 'code', o.code, 'object', m.name)
        from work_order o join work_order_entry e on e.work_order_id = o.id join monitored_object m on m.id = o.object_id
        where o.incident_id = ${id}
      ) e
      where ${cursor === undefined ? sql`true` : sql`(e.at, e.n) < (${new Date(cursor.at)}, ${cursor.id})`}
      order by e.at desc, e.n desc limit ${query.limit + 1}`.execute(tx);
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.at, row.n));
    return {
      items: page.map(({ at, by, kind, text, note, order }) => ({ at, by, kind, text, note, order })),
      next,
    };
  });
}

/** The incident's orders that the caller sees, newest first. */
export async function listIncidentOrders(
  context: RequestContext,
  id: number,
  query: OrderQuery,
): Promise<Page<WorkOrder>> {
  context.authorize('work-order.read');
  const cursor = readCursor(query.after);
  const conditions = [
    sql`o.incident_id = ${id}`,
    ...(query.open === undefined ? [] : [query.open ? sql`o.state <> 'closed'` : sql`o.state = 'closed'`]),
    ...(cursor === undefined ? [] : [sql`(o.opened_at, o.id) < (${new Date(cursor.at)}, ${cursor.id})`]),
  ];
  return context.transaction(async (tx) => {
    await loadIncident(tx, [], id);
    const where = sql`where ${sql.join(conditions, sql` and `)}`;
    const rows = await loadOrders(
      tx,
      sql`${where} order by o.opened_at desc, o.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.opened_at, row.id));
    const deadlines = await loadDeadlines(
      tx,
      page.map((row) => row.id),
    );
    const now = context.now();
    const viewer = { actor: context.actor, now, standard: await limitsInForce(tx, now) };
    return { items: page.map((row) => showOrder(row, deadlines.get(row.id) ?? [], viewer)), next };
  });
}
