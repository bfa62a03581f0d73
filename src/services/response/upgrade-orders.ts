import { ARISING_LIMITS, type DeadlineKind, type WorkOrderState } from '#model/response';
import { type LevelLimits, LOOPS, type Loop } from '#model/standard';
import { type Level, levelOf, rankOf } from '#model/warning';
import { announce, auditRule } from '#services/context';
import { recordset, type Tx } from '#storage';
import {
  dueMoments,
  nextProgress,
  type Pause,
  restarted,
  type RunningLimit,
  tightened,
  type WorkingCalendar,
} from '#workflow';
import { sql } from 'kysely';

import type { WarningHappening } from './warning-happening.ts';
import { informPosts } from './inform-posts.ts';
import { onLadder, ontoLadder, type OrderPlan, planOf } from './order-plan.ts';
import { suspensionOverText } from './order-text.ts';
import type { Moment } from './raise-orders.ts';
import { resumeOrders } from './suspension/resume-orders.ts';
import { handbooksInForce } from './standard-in-force.ts';
import { tightenMet } from './tighten-met.ts';

interface OrderRow {
  readonly id: number;
  readonly code: string;
  readonly warning_id: number | null;
  /** Whose rise this may be: its own, and those of orders merged into it. */
  readonly warnings: readonly number[];
  readonly object_id: number;
  readonly item_code: string;
  readonly place: number;
  readonly scenario: number;
  readonly level: number;
  readonly loop: Loop;
  readonly limits: LevelLimits;
  readonly state: WorkOrderState;
  readonly stood_at: WorkOrderState | null;
  readonly unit: string;
  readonly handler_id: number | null;
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
  readonly owner: string;
}

interface DeadlineRow {
  readonly work_order_id: number;
  readonly kind: DeadlineKind;
  readonly startedAt: number;
  readonly dueAt: number;
  readonly pauses: readonly Pause[] | null;
  readonly step: number;
  readonly turn: number;
  readonly redAt: number | null;
  readonly pressAt: number | null;
  readonly metAt: number | null;
  readonly over: boolean;
}

interface Upgrade {
  readonly order: OrderRow;
  readonly plan: OrderPlan;
  readonly level: Level;
  readonly at: number;
}

/**
 * Raises orders whose warning rose above them: the new level's handbook is frozen in, open limits tighten, the loop may
 * only grow. An order that somebody works on stays with its unit. Returns how many rose.
 */
export async function upgradeOrders(
  tx: Tx,
  moment: Moment,
  rises: readonly WarningHappening[],
): Promise<number> {
  if (rises.length === 0) return 0;
  const upgrades = await risen(tx, moment, rises);
  if (upgrades.length === 0) return 0;
  // What was agreed to at a lower level no longer holds; a red order never stands still.
  const suspended = upgrades.filter(({ order }) => order.state === 'suspended');
  await resumeOrders(
    tx,
    moment,
    suspended.map(({ order, at }) => ({ ...order, at, text: suspensionOverText(true) })),
  );
  await saveOrders(tx, upgrades);
  await saveDeadlines(tx, moment, upgrades);
  await informPosts(tx, upgrades);
  await auditRule(
    tx,
    { rule: 'open-work-orders', at: moment.now },
    upgrades.map(({ order, level, plan }) => ({
      action: 'work-order.upgraded',
      subject: `work-order/${order.code}`,
      place: order.place,
      scenario: order.scenario,
      before: { level: levelOf(order.level) },
      after: { level, standard: plan.version },
    })),
  );
  await announce(
    tx,
    upgrades.map(({ order, level, at }) => ({
      type: 'work-order.advanced',
      at,
      place: order.place,
      scenario: order.scenario,
      payload: {
        id: order.id,
        warning: order.warning_id,
        object: order.object_id,
        level,
        state: order.stood_at !== null && order.state === 'suspended' ? order.stood_at : order.state,
        action: 'upgrade',
        session: order.replay_session_id,
        simulated: order.simulated,
      },
    })),
  );
  return upgrades.length;
}

async function risen(
  tx: Tx,
  moment: Moment,
  rises: readonly WarningHappening[],
): Promise<readonly Upgrade[]> {
  // The warning of a merged order is watched by the order that goes on for it.
  const { rows } = await sql<OrderRow>`
    with told as (
      select coalesce(merged_into, id) as id, json_agg(warning_id) as warnings from work_order
      where warning_id = any(${rises.map((one) => one.warning)}) group by 1
    )
    select o.id, o.code, o.warning_id, t.warnings, o.object_id, o.item_code, o.place, o.scenario, o.level, o.loop, o.limits,
      o.state, o.stood_at, o.unit, o.handler_id, o.replay_session_id, o.simulated, s.owner
    from told t join work_order o using (id) join scenario s on s.id = o.scenario
    where o.state <> 'closed'
    order by o.id for update of o`.execute(tx);
  const handbookOf = await handbooksInForce(tx, [...new Set(rows.map((row) => row.item_code))], moment.now);
  const risesOf = new Map(rises.map((one) => [one.warning, one]));
  return rows.flatMap((order) => {
    const [rise] = order.warnings
      .flatMap((warning) => risesOf.get(warning) ?? [])
      .toSorted((a, b) => rankOf(b.level) - rankOf(a.level));
    if (!rise || rankOf(rise.level) <= order.level) return [];
    const { level } = rise;
    const subject = { item: order.item_code, level, owner: order.owner };
    const plan = planOf(subject, handbookOf(order.item_code, level), moment.standard);
    return [{ order, plan, level, at: order.replay_session_id === null ? moment.now : rise.at }];
  });
}

async function saveOrders(tx: Tx, upgrades: readonly Upgrade[]): Promise<void> {
  const rows = upgrades.map(({ order, plan, level }) => ({
    id: order.id,
    level: rankOf(level),
    loop: LOOPS[Math.max(LOOPS.indexOf(order.loop), LOOPS.indexOf(plan.handbook.loop))],
    unit: order.handler_id === null ? plan.handbook.responsible.unit : order.unit,
    handbook: plan.handbook,
    limits: plan.limits,
    version: plan.version,
    class: plan.handbook.limitClass,
  }));
  await sql`update work_order o set level = r.level, loop = r.loop, unit = r.unit, handbook_id = freeze_handbook(r.handbook),
      limits = r.limits, standard_version = r.version, limit_class = r.class, version = o.version + 1,
      suspension_asked_by_id = null, suspension_reason = null, suspension_approved_by_id = null, suspended_until = null
    from ${recordset(
      rows,
      sql`r(id bigint, level int2, loop text, unit text, handbook jsonb, limits jsonb, version text, class text)`,
    )} where o.id = r.id`.execute(tx);
}

/** Also limits that keep their moment go onto the new level's ladder: a red order nobody accepted is called by voice. */
async function saveDeadlines(tx: Tx, { standard }: Moment, upgrades: readonly Upgrade[]): Promise<void> {
  const current = await deadlinesOf(tx, upgrades);
  await tightenMet(
    tx,
    upgrades.map(({ order, plan, level }) => ({
      id: order.id,
      state: order.state,
      plan,
      level,
      limits: current.get(order.id) ?? [],
      before: { level: levelOf(order.level) ?? level, limits: order.limits, scenario: order.scenario },
    })),
    standard,
  );
  const rows = upgrades.flatMap(({ order, plan, level, at }) => {
    const all = current.get(order.id) ?? [];
    const order_ = {
      limitClass: standard.classOf(plan.handbook.limitClass),
      level,
      overrides: plan.overrides,
    };
    const fresh = [
      ...dueMoments(order_, at, standard.calendarOf(order.scenario)),
      ...arisenAnew(all, plan, at, standard.calendarOf(order.scenario)),
    ];
    const changed = tightened(
      all.map(({ kind, startedAt, dueAt, over }) => ({ kind, startedAt, dueAt, met: over })),
      fresh,
    );
    const kept = all.filter((one) => !one.over && !changed.some((limit) => limit.kind === one.kind));
    const after = { level, limits: plan.limits, scenario: order.scenario, at };
    const before = { ...after, level: levelOf(order.level) ?? level, limits: order.limits };
    return [
      ...changed.map((limit) => onLadder(limit, after, standard)),
      ...kept.map((limit) => ontoLadder(limit, { before, after }, standard)),
    ].map((limit) => ({
      ...limit,
      id: order.id,
      place: order.place,
      scenario: order.scenario,
      replay: order.replay_session_id,
    }));
  });
  if (rows.length === 0) return;
  await sql`insert into deadline
      (work_order_id, place, scenario, kind, started_at, due_at, step, next_at, replay_session_id, pauses, red_at, press_at)
    select id, place, scenario, kind, to_timestamp("startedAt" / 1000.0), to_timestamp("dueAt" / 1000.0), step,
      to_timestamp("nextAt" / 1000.0), replay, pauses, to_timestamp("redAt" / 1000.0), to_timestamp("pressAt" / 1000.0)
    from ${recordset(
      rows,
      sql`d(id bigint, place int, scenario int2, kind text, "startedAt" float8, "dueAt" float8, step int2,
        "nextAt" float8, replay int, pauses jsonb, "redAt" float8, "pressAt" float8)`,
    )}
    on conflict (work_order_id, kind) do update
      set started_at = excluded.started_at, due_at = excluded.due_at, step = excluded.step, next_at = excluded.next_at,
        pauses = excluded.pauses, red_at = excluded.red_at, press_at = excluded.press_at
      where deadline.met_at is null and deadline.stopped_at is null`.execute(tx);
}

/** Limits that an act began and that still run, as the new level has them from the upgrade on. */
function arisenAnew(
  all: readonly DeadlineRow[],
  { limits }: OrderPlan,
  from: number,
  calendar: WorkingCalendar,
): readonly RunningLimit[] {
  return all.flatMap(({ kind, turn, over }) => {
    if (over || !ARISING_LIMITS.some((one) => one === kind)) return [];
    return kind === 'progress'
      ? nextProgress(limits, { from, turn }, calendar)
      : restarted(limits, [kind], from, calendar);
  });
}

async function deadlinesOf(
  tx: Tx,
  upgrades: readonly Upgrade[],
): Promise<ReadonlyMap<number, readonly DeadlineRow[]>> {
  const { rows } = await sql<DeadlineRow>`
    select work_order_id, kind, started_at as "startedAt", due_at as "dueAt", step, pauses, turn,
      red_at as "redAt", press_at as "pressAt", met_at as "metAt",
      met_at is not null or stopped_at is not null as over
    from deadline where work_order_id = any(${upgrades.map((one) => one.order.id)})`.execute(tx);
  return Map.groupBy(rows, (row) => row.work_order_id);
}
