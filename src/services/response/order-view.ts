import type { WorkOrder } from '#contract/response';
import {
  type DeadlineKind,
  type OrderSource,
  VERDICT_TEXT,
  VERDICTS,
  WORK_ORDER_ACTION_TEXT,
  WORK_ORDER_STATE_TEXT,
  type WorkOrderState,
} from '#model/response';
import { type HandbookEntry, type LevelLimits, type Loop, RESULT_PHOTOS } from '#model/standard';
import { type FalseAlarmReason, levelOf } from '#model/warning';
import type { Actor } from '#services/context';
import type { Placed } from '#model/platform';
import type { Tx } from '#storage';
import { allowedActions, type ClosureFacts, type OrderActor, type OrderFacts, type Pause } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

import { type NextCall, nextCall } from './next-call.ts';
import { recipientText, rungText } from './order-text.ts';
import type { LimitsInForce } from './standard-in-force.ts';
import { NO_WORK, type OrderWork, resultsOf } from './order-work.ts';

/** An order with the names a page needs. Moments are epoch ms. */
export interface OrderRow {
  readonly id: number;
  readonly code: string;
  readonly warning_id: number | null;
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
  readonly stood_at: WorkOrderState | null;
  readonly handed_to: string | null;
  readonly suspension_asked_by_id: number | null;
  readonly suspension: WorkOrder['suspension'];
  readonly false_alarm: FalseAlarmReason | null;
  readonly merged_into: WorkOrder['mergedInto'];
  readonly source: OrderSource;
  readonly told: string | null;
  readonly unit_reason: string | null;
  readonly parent_id: number | null;
  readonly parent: { readonly id: number; readonly code: string; readonly closed: boolean } | null;
  readonly open_parts: number;
  readonly arrived: boolean;
  readonly analysis_owed: boolean;
  readonly deputy: string | null;
  readonly waived: boolean;
}

/** Orders the caller may see (row-level security), as `suffix` picks and sorts them. `o` is the order. */
export async function loadOrders(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select o.id, o.code, o.warning_id, o.place, o.scenario, o.level, o.loop, o.state, o.unit, o.handler_id,
      a.name as handler_name, o.cleared_by_id, h.entry as handbook, o.limits, o.standard_version, o.verdict, o.opened_at,
      o.cleared_at, o.closed_at, o.overdue, o.replay_session_id, o.simulated, o.version, o.stood_at, o.handed_to, o.false_alarm,
      o.suspension_asked_by_id, o.source, o.told, o.unit_reason, o.parent_id, o.waived, o.deputy,
      case when o.suspension_asked_by_id is not null then json_build_object('reason', o.suspension_reason,
        'askedBy', (select name from account_name where id = o.suspension_asked_by_id),
        'approvedBy', (select name from account_name where id = o.suspension_approved_by_id),
        'until', extract(epoch from o.suspended_until)::float8 * 1000) end as suspension,
      (select json_build_object('id', w.id, 'code', w.code, 'closed', w.state = 'closed') from work_order w
        where w.id = o.parent_id) as parent,
      exists (select from work_order_entry e where e.work_order_id = o.id and e.kind = 'arrive') as arrived,
      exists (select from deadline d where d.work_order_id = o.id and d.kind = 'analysis' and d.met_at is null
        and d.stopped_at is null) as analysis_owed,
      (select count(*) from work_order w where w.parent_id = o.id and w.state <> 'closed') as open_parts,
      case when o.merged_into is not null then (select json_build_object('id', w.id, 'code', w.code) from work_order w
        where w.id = o.merged_into) end as merged_into,
      json_build_object('id', m.id, 'code', m.code, 'name', m.name, 'lat', m.lat, 'lon', m.lon,
        'town', (select t.name from platform t where t.code = m.town)) as object,
      json_build_object('code', o.item_code, 'name', coalesce(i.name, o.item_code), 'kind', coalesce(i.kind, '')) as item,
      s.code as scenario_code, s.name as scenario_name, r.clock as replay_clock
    from (select * from work_order o ${suffix}) o
    join order_handbook h on h.id = o.handbook_id
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
  readonly paused_at: number | null;
  readonly pauses: readonly Pause[] | null;
  readonly step: number;
  readonly next_at: number | null;
  readonly turn: number;
  readonly missed: number;
  readonly red_at: number | null;
  readonly press_at: number | null;
}

/** The limits of orders that run or were kept, by order; one that no longer applies is left out. */
export async function loadDeadlines(
  tx: Tx,
  orders: readonly number[],
): Promise<ReadonlyMap<number, readonly DeadlineRow[]>> {
  const { rows } = await sql<DeadlineRow>`
    select work_order_id, kind, started_at, due_at, met_at, overdue_at, paused_at, pauses, step, next_at, turn, missed,
      red_at, press_at
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

/** What a decision needs of it. */
export function factsOf(row: OrderRow, work: OrderWork): OrderFacts {
  return {
    state: row.state,
    red: levelOf(row.level) === 'red',
    stoodAt: row.stood_at,
    handlerId: row.handler_id,
    clearedById: row.cleared_by_id,
    suspensionAskedById: row.suspension_asked_by_id,
    closedAt: row.closed_at,
    steps: row.handbook.steps.map(({ code, required }) => ({ code, required, done: work.steps.has(code) })),
    results: resultsOf(row, work),
    arrived: row.arrived,
    analysisOwed: row.analysis_owed,
    photos: work.photos,
    parentClosed: row.parent_id === null ? null : (row.parent?.closed ?? true),
    openParts: row.open_parts,
    standing: work.standing.map(({ text }) => text),
    unconfirmed: work.measurement !== null && work.measurement.confirmedAt === null,
    record: recordOf(row, work),
  };
}

/** What its record is judged by. A sensor that somebody has measured to be wrong speaks against nothing. */
export function recordOf(row: OrderRow, work: OrderWork): ClosureFacts {
  const { note, times, photos, like } = work.record;
  return {
    openedAt: row.opened_at,
    verdict: VERDICTS.find((one) => one === row.verdict) ?? null,
    note,
    openSteps: row.handbook.steps.flatMap(({ code, required }) =>
      required && !work.steps.has(code) ? [code] : [],
    ),
    results: resultsOf(row, work).map((one) => ({
      ...one,
      done: one.kind === 'photos' ? work.photos >= RESULT_PHOTOS : one.done,
      value: work.results.get(`${one.type}.${one.field}`) ?? null,
    })),
    times: { ...times, clear: row.cleared_at },
    photos,
    object: row.object,
    standing: work.measurement === null ? work.standing.map(({ text }) => text) : [],
    like,
  };
}

/** An open order that is no part itself may have parts. */
export function isWhole(order: Pick<OrderRow, 'state' | 'parent_id'>): boolean {
  return order.state !== 'closed' && order.parent_id === null;
}

/** The state in words; of one that is over also how it ended. */
export function stateText(row: Pick<OrderRow, 'state' | 'merged_into' | 'waived' | 'verdict'>): string {
  const text = WORK_ORDER_STATE_TEXT[row.state];
  if (row.state !== 'closed') return text;
  if (row.merged_into !== null) return `${text}（并入 ${row.merged_into.code}）`;
  if (row.waived) return `${text}（免办）`;
  return row.verdict === 'false-alarm' ? `${text}（${VERDICT_TEXT[row.verdict]}）` : text;
}

function showCall({ at, kind, rung }: NextCall): NonNullable<WorkOrder['nextCall']> {
  return {
    at,
    to: rung.recipients.map(recipientText).join('、'),
    channels: [...rung.channels],
    reason: rungText(kind, rung.why),
  };
}

/** Who looks, when, and by which limits it is counted. */
interface Viewer {
  readonly actor: Actor;
  readonly now: number;
  readonly standard: LimitsInForce;
  /** What has been done of it; absent where nothing of that is asked. */
  readonly work?: OrderWork;
}

export function showOrder(row: OrderRow, deadlines: readonly DeadlineRow[], viewer: Viewer): WorkOrder {
  const call = row.state === 'closed' ? undefined : nextCall(row, deadlines, viewer);
  const actions = allowedActions(
    factsOf(row, viewer.work ?? NO_WORK),
    orderActor(viewer.actor, row),
    momentOf(row, viewer.now),
  );
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
    stateText: stateText(row),
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
      pausedAt: one.paused_at,
      turn: one.turn,
      missed: one.missed,
    })),
    nextCall: call ? showCall(call) : null,
    deputy: row.deputy,
    overdue: row.overdue,
    replaySession: row.replay_session_id,
    simulated: row.simulated,
    handedTo: row.handed_to,
    suspension: row.suspension,
    mergedInto: row.merged_into,
    source: row.source,
    parent: row.parent && { id: row.parent.id, code: row.parent.code },
    version: row.version,
    allowedActions: actions.map(({ action, requires }) => ({
      action,
      text: WORK_ORDER_ACTION_TEXT[action],
      requires: [...requires],
    })),
  };
}
