import type { DeskCall, DeskOrder, DutyDesk } from '#contract/command';
import { WORK_ORDER_STATE_TEXT } from '#model/response';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import { type AsOf, deadlinesAt, type Tx, workOrdersAt } from '#storage';
import { sql } from 'kysely';

import type { DeskDeadline, DeskOrderRow } from './desk-rows.ts';
import { nextCalls } from './next-calls.ts';

/** Late orders, and beside them the newest: an old late order must not fall off the desk. */
const LATE = 60;
const NEWEST = 60;

type Orders = NonNullable<DutyDesk['orders']>;

/** The open orders of the desk as they stand, or stood at a moment, and who is (was to be) called next about them. */
export async function ordersOnDesk(context: RequestContext, at: AsOf): Promise<Orders> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    const rows = await loadOrders(tx, at);
    const deadlines = await loadDeadlines(
      tx,
      rows.map(({ id }) => id),
      at,
    );
    const shown = rows.map((row) => showOrder(row, deadlines.get(row.id) ?? []));
    return {
      open: rows[0]?.all_open ?? 0,
      overdue: rows[0]?.all_overdue ?? 0,
      pressing: shown,
      calls: await callsOf(tx, { rows, deadlines, at: at ?? context.now(), past: at !== null }),
    };
  });
}

/** One that is shown, and how many there are. */
interface Counted extends DeskOrderRow {
  readonly all_open: number;
  readonly all_overdue: number;
}

/** Chosen by what an index holds of them: of ten thousand open ones few are shown. */
async function loadOrders(tx: Tx, at: AsOf): Promise<readonly Counted[]> {
  const open = sql`select id, level, overdue, opened_at from ${workOrdersAt(at)} o where o.state <> 'closed'`;
  const { rows } = await sql<Counted>`
    with open as materialized (${open}), picked as (
      (select id from open where overdue order by level desc, opened_at, id limit ${LATE})
      union (select id from open order by opened_at desc, id desc limit ${NEWEST})
    )
    select o.id, o.code, o.scenario, o.level, o.state, o.limits, o.overdue, o.opened_at, o.replay_session_id, o.simulated,
      a.name as handler, coalesce(i.name, o.item_code) as item, counted.*,
      json_build_object('id', m.id, 'name', m.name, 'town', (select t.name from platform t where t.code = m.town)) as object
    from (select * from ${workOrdersAt(at)} o where o.id = any(array(select id from picked))) o
    cross join (select count(*) as all_open, count(*) filter (where overdue) as all_overdue from open) counted
    join monitored_object m on m.id = o.object_id
    left join account_name a on a.id = o.handler_id
    left join lateral (
      select name from warning_item where code = o.item_code order by standard_id desc limit 1
    ) i on true
    order by o.overdue desc, o.level desc, o.opened_at, o.id`.execute(tx);
  return rows;
}

async function loadDeadlines(
  tx: Tx,
  orders: readonly number[],
  at: AsOf,
): Promise<ReadonlyMap<number, readonly DeskDeadline[]>> {
  // By the moments of the ladder alone, now as then: how far a limit stood on it at a moment that is over is not kept.
  const { rows } = await sql<DeskDeadline>`
    select work_order_id, kind, started_at, due_at, met_at, overdue_at, paused_at, pauses, red_at from ${deadlinesAt(at)} d
    where work_order_id = any(${[...orders]}::bigint[]) and stopped_at is null
    order by work_order_id, due_at, kind`.execute(tx);
  return Map.groupBy(rows, (row) => row.work_order_id);
}

function showOrder(row: DeskOrderRow, deadlines: readonly DeskDeadline[]): DeskOrder {
  return {
    id: row.id,
    code: row.code,
    object: row.object,
    item: row.item,
    level: levelOf(row.level) ?? 'blue',
    state: row.state,
    stateText: WORK_ORDER_STATE_TEXT[row.state],
    handler: row.handler,
    overdue: row.overdue,
    openedAt: row.opened_at,
    deadlines: deadlines.map((one) => ({
      kind: one.kind,
      dueAt: one.due_at,
      metAt: one.met_at,
      overdue: one.overdue_at !== null,
      pausedAt: one.paused_at,
    })),
    replaySession: row.replay_session_id,
    simulated: row.simulated,
  };
}

interface Asked {
  readonly rows: readonly DeskOrderRow[];
  readonly deadlines: ReadonlyMap<number, readonly DeskDeadline[]>;
  readonly at: number;
  readonly past: boolean;
}

async function callsOf(tx: Tx, { rows, deadlines, at, past }: Asked): Promise<DeskCall[]> {
  const { rows: sessions } = await sql<{ id: number; clock: number | null }>`
    select id, clock from replay_session where state = 'running'`.execute(tx);
  const clocks = new Map(sessions.map(({ id, clock }) => [id, clock]));
  // Where a recording stood at a moment that is over is not kept.
  const nowOf = ({ replay_session_id: session }: DeskOrderRow): number | null =>
    session === null ? at : past ? null : (clocks.get(session) ?? null);
  return nextCalls(tx, { rows, deadlines, at, nowOf });
}
