import type { WorkOrder } from '#contract/response';
import {
  type DeadlineKind,
  WORK_ORDER_ACTION_TEXT,
  WORK_ORDER_STATE_TEXT,
  type WorkOrderState,
} from '#model/response';
import type { HandbookEntry, LevelLimits, Loop } from '#model/standard';
import { levelOf } from '#model/warning';
import type { Actor } from '#services/context';
import type { Placed } from '#model/platform';
import type { Tx } from '#storage';
import { allowedActions, type OrderActor } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

/** An order with the names a page needs. Moments are epoch ms. */
export interface OrderRow {
  readonly id: number;
  readonly code: string;
  readonly warning_id: number;
  readonly place: number;
  readonly scenario: number;
  readonly level: number;
  readonly loop: Loop;
  readonly state: WorkOrderState;
  readonly unit: string;
  readonly handler_id: number | null;
  readonly handler_name: string | null;
  readonly cleared_by_id: number | null;
  readonly handbook: HandbookEntry;
  readonly limits: LevelLimits;
  readonly standard_version: string;
  readonly verdict: string | null;
  readonly opened_at: number;
  readonly cleared_at: number | null;
  readonly closed_at: number | null;
  readonly overdue: boolean;
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
  readonly version: number;
  readonly object: WorkOrder['object'];
  readonly item: WorkOrder['item'];
  readonly scenario_code: string;
  readonly scenario_name: string;
  /** The clock of its replay session; null for live orders. */
  readonly replay_clock: number | null;
}

/** Orders the caller may see (row-level security), as `suffix` picks and sorts them. `o` is the order. */
export async function loadOrders(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select o.id, o.code, o.warning_id, o.place, o.scenario, o.level, o.loop, o.state, o.unit, o.handler_id,
      a.name as handler_name, o.cleared_by_id, o.handbook, o.limits, o.standard_version, o.verdict, o.opened_at,
      o.cleared_at, o.closed_at, o.overdue, o.replay_session_id, o.simulated, o.version,
      json_build_object('id', m.id, 'code', m.code, 'name', m.name, 'lat', m.lat, 'lon', m.lon,
        'town', (select t.name from platform t where t.code = m.town)) as object,
      json_build_object('code', o.item_code, 'name', coalesce(i.name, o.item_code), 'kind', coalesce(i.kind, '')) as item,
      s.code as scenario_code, s.name as scenario_name, r.clock as replay_clock
    from (select * from work_order o ${suffix}) o
    join monitored_object m on m.id = o.object_id
    join scenario s on s.id = o.scenario
    left join account_name a on a.id = o.handler_id
    left join replay_session r on r.id = o.replay_session_id
    left join lateral (
      select name, kind from warning_item where code = o.item_code order by standard_id desc limit 1
    ) i on true
    order by o.opened_at desc, o.id desc`.execute(tx);
  return rows;
}

export interface DeadlineRow {
  readonly work_order_id: number;
  readonly kind: DeadlineKind;
  readonly started_at: number;
  readonly due_at: number;
  readonly met_at: number | null;
  readonly overdue_at: number | null;
  readonly step: number;
  readonly next_at: number | null;
}

/** The limits of orders that run or were kept, by order; one that no longer applies is left out. */
export async function loadDeadlines(
  tx: Tx,
  orders: readonly number[],
): Promise<ReadonlyMap<number, readonly DeadlineRow[]>> {
  const { rows } = await sql<DeadlineRow>`
    select work_order_id, kind, started_at, due_at, met_at, overdue_at, step, next_at
    from deadline where work_order_id = any(${[...orders]}) and stopped_at is null
    order by work_order_id, due_at, kind`.execute(tx);
  return Map.groupBy(rows, (row) => row.work_order_id);
}

/** Who acts, with what they may do where the order lies. */
export function orderActor({ accountId, rights }: Actor, order: Placed): OrderActor {
  return {
    kind: 'person',
    id: accountId,
    capabilities: rights.capabilitiesAt(order),
    actsFor: rights.principals,
  };
}

/** An order's moment: the wall clock, or for a replayed one its recording's clock. */
export function momentOf(
  order: Pick<OrderRow, 'replay_session_id' | 'replay_clock' | 'opened_at'>,
  now: number,
): number {
  if (order.replay_session_id === null) return now;
  return Math.max(order.replay_clock ?? order.opened_at, order.opened_at);
}

export function showOrder(
  row: OrderRow,
  deadlines: readonly DeadlineRow[],
  viewer: { readonly actor: Actor; readonly now: number },
): WorkOrder {
  const facts = {
    state: row.state,
    handlerId: row.handler_id,
    clearedById: row.cleared_by_id,
    closedAt: row.closed_at,
    steps: [],
  };
  const actions = allowedActions(facts, orderActor(viewer.actor, row), momentOf(row, viewer.now));
  return {
    id: row.id,
    code: row.code,
    warning: row.warning_id,
    object: row.object,
    item: row.item,
    scenario: row.scenario_code,
    scenarioName: row.scenario_name,
    level: levelOf(row.level) ?? 'blue',
    loop: row.loop,
    state: row.state,
    stateText: WORK_ORDER_STATE_TEXT[row.state],
    unit: row.unit,
    handler: row.handler_id === null ? null : { id: row.handler_id, name: row.handler_name ?? '' },
    openedAt: row.opened_at,
    clearedAt: row.cleared_at,
    closedAt: row.closed_at,
    deadlines: deadlines.map((one) => ({
      kind: one.kind,
      dueAt: one.due_at,
      metAt: one.met_at,
      overdue: one.overdue_at !== null,
    })),
    overdue: row.overdue,
    replaySession: row.replay_session_id,
    simulated: row.simulated,
    version: row.version,
    allowedActions: actions.map(({ action, requires }) => ({
      action,
      text: WORK_ORDER_ACTION_TEXT[action],
      requires: [...requires],
    })),
  };
}
