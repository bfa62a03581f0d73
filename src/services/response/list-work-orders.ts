import type { responseRoutes, WorkOrder } from '#contract/response';
import { WORK_ORDER_STATES } from '#model/response';
import { rankOf } from '#model/warning';
import {
  type Actor,
  cutPage,
  type MomentCursor,
  readCursor,
  type RequestContext,
  writeCursor,
} from '#services/context';
import { type Party, TRANSITIONS } from '#workflow';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadDeadlines, loadOrders, showOrder } from './order-view.ts';

export type ListQuery = z.output<typeof responseRoutes.listWorkOrders.query>;

/** A page of orders the caller may see, newest first. `next` is the `after` of the page that follows. */
export async function listWorkOrders(
  context: RequestContext,
  query: ListQuery,
): Promise<{ readonly items: WorkOrder[]; readonly next: string | null }> {
  context.authorize('work-order.read');
  const conditions = [...filters(query, context.actor), ...behind(readCursor(query.after))];
  return context.transaction(async (tx) => {
    const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
    const suffix = sql`${where} order by o.opened_at desc, o.id desc limit ${query.limit + 1}`;
    const rows = await loadOrders(tx, suffix);
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.opened_at, row.id));
    const deadlines = await loadDeadlines(
      tx,
      page.map((row) => row.id),
    );
    const viewer = { actor: context.actor, now: context.now() };
    return {
      items: page.map((row) => showOrder(row, deadlines.get(row.id) ?? [], viewer)),
      next,
    };
  });
}

function filters(query: ListQuery, actor: Actor): readonly RawBuilder<unknown>[] {
  const { state, level, scenario, open, overdue, replay, mine } = query;
  return [
    state === undefined ? [] : sql`o.state = ${state}`,
    level === undefined ? [] : sql`o.level = ${rankOf(level)}`,
    scenario === undefined ? [] : sql`o.scenario = (select id from scenario where code = ${scenario})`,
    open === undefined ? [] : open ? sql`o.state <> 'closed'` : sql`o.state = 'closed'`,
    overdue === undefined ? [] : sql`o.overdue = ${overdue}`,
    replay === undefined
      ? []
      : replay
        ? sql`o.replay_session_id is not null`
        : sql`o.replay_session_id is null`,
    mine === true ? waitsFor(actor) : [],
  ].flat();
}

/** Orders that wait for this person, read off the table of transitions. */
function waitsFor(actor: Actor): RawBuilder<unknown> {
  const has = (capability: Parameters<typeof actor.capabilities.has>[0]) =>
    actor.capabilities.has(capability);
  const me = actor.accountId;
  const conditions = [
    has('work-order.dispatch') ? sql`o.state = any(${statesOf('dispatcher')})` : [],
    has('work-order.dispose') ? sql`o.state = any(${statesOf('responder')})` : [],
    has('work-order.dispose') ? sql`(o.state = any(${statesOf('holder')}) and o.handler_id = ${me})` : [],
    has('work-order.review')
      ? sql`(o.state = any(${statesOf('reviewer')}) and o.handler_id is distinct from ${me}
          and o.cleared_by_id is distinct from ${me})`
      : [],
  ].flat();
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`;
}

function statesOf(party: Party): readonly string[] {
  return WORK_ORDER_STATES.filter((state) => TRANSITIONS[state].waitsFor === party);
}

function behind(cursor: MomentCursor | undefined): readonly RawBuilder<unknown>[] {
  return cursor === undefined ? [] : [sql`(o.opened_at, o.id) < (${new Date(cursor.at)}, ${cursor.id})`];
}
