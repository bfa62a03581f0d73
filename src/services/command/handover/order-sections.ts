import type { HandoverDocument } from '#contract/command';
import {
  DEADLINE_TEXT,
  type DeadlineKind,
  WORK_ORDER_STATE_TEXT,
  type WorkOrderState,
} from '#model/response';
import { levelOf } from '#model/warning';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { DutyPlatform } from '../find-platform.ts';
import { withinPlatform } from './within-platform.ts';

const SHOWN = 100;
/** The next watch at its usual length. */
export const PROMISES_MS = 12 * 3_600_000;

const ITEM_NAME = sql`coalesce((select i.name from warning_item i where i.code = o.item_code order by i.standard_id desc limit 1),
  o.item_code)`;

interface OrderRow {
  readonly id: number;
  readonly code: string;
  readonly object: string;
  readonly item: string;
  readonly level: number;
  readonly state: WorkOrderState;
  readonly overdue: boolean;
  readonly handler: string | null;
  readonly unit: string;
  readonly openedAt: number;
}

/** Open orders by state, overdue first. Replayed ones are no business of the watch. */
export async function openOrders(tx: Tx, platform: DutyPlatform): Promise<HandoverDocument['orders']> {
  const open = sql`o.state <> 'closed' and o.replay_session_id is null and ${withinPlatform(platform, 'o')}`;
  const { rows: counts } = await sql<{ state: WorkOrderState; count: number; overdue: number }>`
    select o.state, count(*) as count, count(*) filter (where o.overdue) as overdue
    from work_order o where ${open} group by o.state`.execute(tx);
  const { rows } = await sql<OrderRow>`
    select o.id, o.code, m.name as object, ${ITEM_NAME} as item, o.level, o.state, o.overdue, h.name as handler, o.unit,
      o.opened_at as "openedAt"
    from (select o.* from work_order o where ${open} order by o.overdue desc, o.level desc, o.opened_at, o.id
      limit ${SHOWN}) o
    join monitored_object m on m.id = o.object_id left join account_name h on h.id = o.handler_id
    order by o.overdue desc, o.level desc, o.opened_at, o.id`.execute(tx);
  const order = Object.keys(WORK_ORDER_STATE_TEXT);
  const total = sum(counts.map((one) => one.count));
  return {
    open: total,
    overdue: sum(counts.map((one) => one.overdue)),
    byState: counts
      .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
      .map((one) => ({ ...one, stateName: WORK_ORDER_STATE_TEXT[one.state] })),
    items: rows.map((row) => ({
      ...row,
      level: levelOf(row.level) ?? 'blue',
      stateName: WORK_ORDER_STATE_TEXT[row.state],
    })),
    more: Math.max(0, total - rows.length),
  };
}

/** Limits of orders that fall due soon and are neither kept nor stopped; those past due are among the overdue orders. */
export async function duePromises(
  tx: Tx,
  platform: DutyPlatform,
  now: number,
): Promise<HandoverDocument['promises']> {
  const until = now + PROMISES_MS;
  const { rows } = await sql<{
    workOrder: number;
    code: string;
    object: string;
    kind: DeadlineKind;
    dueAt: number;
    handler: string | null;
    total: number;
  }>`
    select d.work_order_id as "workOrder", o.code, m.name as object, d.kind, d.due_at as "dueAt", h.name as handler,
      count(*) over () as total
    from deadline d join work_order o on o.id = d.work_order_id join monitored_object m on m.id = o.object_id
    left join account_name h on h.id = o.handler_id
    where d.met_at is null and d.stopped_at is null and d.replay_session_id is null and o.state <> 'closed'
      and d.due_at > ${new Date(now)} and d.due_at <= ${new Date(until)} and ${withinPlatform(platform, 'd')}
    order by d.due_at, d.work_order_id limit ${SHOWN}`.execute(tx);
  return {
    until,
    items: rows.map(({ total: _total, ...row }) => ({ ...row, kindName: DEADLINE_TEXT[row.kind] })),
    more: Math.max(0, (rows[0]?.total ?? 0) - rows.length),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
