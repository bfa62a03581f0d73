import { spanOfBeijingMonth } from '#base';
import type { responseRoutes, WorkOrder } from '#contract/response';
import type { Capability, Scope } from '#model/platform';
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

import { countedClosed, FIRST_PASS } from './closure/counted-closed.ts';
import { loadDeadlines, loadOrders, showOrder } from './order-view.ts';
import { limitsInForce } from './standard-in-force.ts';

export type ListQuery = z.output<typeof responseRoutes.listWorkOrders.query>;

/** A page of orders the caller may see, newest first. `next` is the `after` of the page that follows. */
export async function listWorkOrders(
  context: RequestContext,
  query: ListQuery,
): Promise<{ readonly items: WorkOrder[]; readonly next: string | null }> {
  context.authorize('work-order.read');
  const conditions = [
    context.reach('o', query.scenario),
    ...filters(query, context.actor),
    ...behind(readCursor(query.after)),
  ];
  return context.transaction(async (tx) => {
    const where = sql`where ${sql.join(conditions, sql` and `)}`;
    const suffix = sql`${where} order by o.opened_at desc, o.id desc limit ${query.limit + 1}`;
    const rows = await loadOrders(tx, suffix);
    const { page, next } = cutPage(rows, query.limit, (row) => writeCursor(row.opened_at, row.id));
    const deadlines = await loadDeadlines(
      tx,
      page.map((row) => row.id),
    );
    const now = context.now();
    const viewer = { actor: context.actor, now, standard: await limitsInForce(tx, now) };
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
    closureFilters(query),
  ].flat();
}

/** What a number of 结案质量 opens to. */
function closureFilters({ closedIn, unit, firstPass }: ListQuery): readonly RawBuilder<unknown>[] {
  return [
    closedIn === undefined ? [] : closedInMonth(closedIn),
    unit === undefined ? [] : sql`o.unit = ${unit}`,
    firstPass === undefined ? [] : firstPass ? FIRST_PASS : sql`not (${FIRST_PASS})`,
  ].flat();
}

/** What counts as closed in a month; and as no order is closed before it is opened, the newest first need not look at later ones. */
function closedInMonth(month: string): RawBuilder<unknown> {
  return sql`${countedClosed(month)} and o.opened_at < ${new Date(spanOfBeijingMonth(month).to)}`;
}

/** Orders that wait for this person, read off the table of transitions. */
function waitsFor(actor: Actor): RawBuilder<unknown> {
  const { rights, accountId: me } = actor;
  const held = [me, ...rights.principals];
  /** A capability counts only where it is held: reading an order in another place is not being asked to act there. */
  const at = (capability: Capability, states: readonly string[]) =>
    rights.has(capability) ? [sql`(o.state = any(${states}) and ${within(rights.scopeOf(capability))})`] : [];
  const others = sql`o.handler_id is distinct from ${me} and o.cleared_by_id is distinct from ${me}`;
  const conditions = [
    ...at('work-order.dispatch', statesOf('dispatcher')),
    ...at('work-order.dispose', statesOf('responder')),
    ...at('work-order.dispose', statesOf('holder')).map(
      (one) => sql`(${one} and o.handler_id = any(${held}))`,
    ),
    // Handed on: whoever may take over is asked, except the one who handed it on.
    ...at('work-order.dispose', asking('taker')).map(
      (one) => sql`(${one} and o.handler_id is distinct from ${me})`,
    ),
    ...at('work-order.review', APPROVING).map(
      (one) => sql`(${one} and o.suspension_asked_by_id is not null and o.suspension_approved_by_id is null
        and o.suspension_asked_by_id <> ${me} and o.handler_id is distinct from ${me})`,
    ),
    ...at('work-order.review', statesOf('reviewer')).map((one) => sql`(${one} and ${others})`),
  ];
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`;
}

/** The scope as a condition, for a capability other than the one the transaction runs under. */
function within({ places, scenarios }: Scope): RawBuilder<unknown> {
  const stretches = places.map(({ from, to }) => sql`o.place between ${from} and ${to}`);
  return sql`(${sql.join([...stretches, sql`o.scenario = any(${[...scenarios]}::int2[])`], sql` or `)})`;
}

const APPROVING = WORK_ORDER_STATES.filter((state) => TRANSITIONS[state].actions.suspend !== undefined);

function asking(party: Party): readonly string[] {
  return WORK_ORDER_STATES.filter((state) => TRANSITIONS[state].asks === party);
}

function statesOf(party: Party): readonly string[] {
  return WORK_ORDER_STATES.filter((state) => TRANSITIONS[state].waitsFor === party);
}

function behind(cursor: MomentCursor | undefined): readonly RawBuilder<unknown>[] {
  return cursor === undefined ? [] : [sql`(o.opened_at, o.id) < (${new Date(cursor.at)}, ${cursor.id})`];
}
