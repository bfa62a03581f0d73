import { type Level, rankOf } from '#model/warning';
import { announce, auditRule } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import type { WarningHappening } from './warning-happening.ts';
import { limitRows, type OrderPlan, planOf } from './order-plan.ts';
import { dispatchedText, noHandbookText, raisedText } from './order-text.ts';
import { handbooksInForce, type LimitsInForce } from './standard-in-force.ts';

/** When and by which limits a batch is decided. */
export interface Moment {
  readonly now: number;
  readonly standard: LimitsInForce;
}

interface WarningRow {
  readonly id: number;
  readonly item_code: string;
  readonly replay_session_id: number | null;
  readonly owner: string;
}

interface Opened {
  readonly id: number;
  readonly code: string;
  readonly warning_id: number;
  readonly object_id: number;
  readonly place: number;
  readonly scenario: number;
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
}

interface Draft {
  readonly warning: number;
  readonly level: Level;
  readonly openedAt: number;
  readonly plan: OrderPlan;
}

/** Opens an order for each warning that has none and sends it to the handbook's unit, all in a few statements. */
export async function raiseOrders(
  tx: Tx,
  moment: Moment,
  rises: readonly WarningHappening[],
): Promise<{ readonly opened: number; readonly withoutHandbook: number }> {
  if (rises.length === 0) return { opened: 0, withoutHandbook: 0 };
  const drafts = await draft(tx, moment, rises);
  const opened = await insertOrders(tx, drafts);
  const byWarning = new Map(drafts.map((one) => [one.warning, one]));
  const orders = opened.flatMap((row) => {
    const its = byWarning.get(row.warning_id);
    return its ? [{ ...its, row }] : [];
  });
  await insertEntries(tx, orders);
  await insertDeadlines(tx, orders, moment.standard);
  await auditRule(
    tx,
    { rule: 'open-work-orders', at: moment.now },
    orders.map(({ row, level, plan }) => ({
      action: 'work-order.raised',
      subject: `work-order/${row.code}`,
      place: row.place,
      scenario: row.scenario,
      after: {
        warning: row.warning_id,
        level,
        state: stateOf(plan),
        unit: plan.handbook.responsible.unit,
        standard: plan.version,
      },
    })),
  );
  await announce(
    tx,
    orders.map(({ row, level, openedAt, plan }) => ({
      type: 'work-order.raised',
      at: openedAt,
      place: row.place,
      scenario: row.scenario,
      payload: {
        id: row.id,
        warning: row.warning_id,
        object: row.object_id,
        level,
        state: stateOf(plan),
        session: row.replay_session_id,
        simulated: row.simulated,
      },
    })),
  );
  return { opened: orders.length, withoutHandbook: orders.filter((one) => !one.plan.inHandbook).length };
}

async function draft(tx: Tx, moment: Moment, rises: readonly WarningHappening[]): Promise<readonly Draft[]> {
  const { rows } = await sql<WarningRow>`
    select w.id, w.item_code, w.replay_session_id, s.owner
    from warning w join scenario s on s.id = w.scenario
    where w.id = any(${rises.map((one) => one.warning)})
      and not exists (select from work_order o where o.warning_id = w.id)`.execute(tx);
  const handbookOf = await handbooksInForce(tx, [...new Set(rows.map((row) => row.item_code))], moment.now);
  const warnings = new Map(rows.map((row) => [row.id, row]));
  const plans = new Map<string, OrderPlan>();
  return rises.flatMap(({ warning, level, at }) => {
    const row = warnings.get(warning);
    if (!row) return [];
    const key = `${row.item_code} ${level} ${row.owner}`;
    const subject = { item: row.item_code, level, owner: row.owner };
    const plan = plans.get(key) ?? planOf(subject, handbookOf(row.item_code, level), moment.standard);
    plans.set(key, plan);
    return [{ warning, level, plan, openedAt: row.replay_session_id === null ? moment.now : at }];
  });
}

function stateOf(plan: OrderPlan): 'raised' | 'dispatched' {
  return plan.inHandbook ? 'dispatched' : 'raised';
}

async function insertOrders(tx: Tx, drafts: readonly Draft[]): Promise<readonly Opened[]> {
  const plans = [...new Set(drafts.map((one) => one.plan))];
  const numbers = new Map(plans.map((plan, i) => [plan, i]));
  const planRows = plans.map((plan, i) => ({
    plan: i,
    loop: plan.handbook.loop,
    state: stateOf(plan),
    unit: plan.handbook.responsible.unit,
    handbook: plan.handbook,
    limits: plan.limits,
    version: plan.version,
    class: plan.handbook.limitClass,
  }));
  const orderRows = drafts.map((one) => ({
    warning: one.warning,
    plan: numbers.get(one.plan),
    level: rankOf(one.level),
    opened_at: one.openedAt,
  }));
  // One order per warning, so the warning's number makes the code unique.
  const { rows } = await sql<Opened>`
    with p as materialized (
      select p.*, freeze_handbook(p.handbook) as handbook_id
      from ${recordset(
        planRows,
        sql`p(plan int, loop text, state text, unit text, handbook jsonb, limits jsonb, version text, class text)`,
      )}
    )
    insert into work_order (code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit, handbook_id,
      limits, standard_version, limit_class, opened_at, replay_session_id, simulated)
    select 'GD' || to_char(to_timestamp(r.opened_at / 1000.0) at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-'
        || lpad(w.id::text, greatest(6, length(w.id::text)), '0'),
      w.id, w.object_id, w.item_code, w.place, w.scenario, r.level, p.loop, p.state, p.unit, p.handbook_id,
      p.limits, p.version, p.class, to_timestamp(r.opened_at / 1000.0), w.replay_session_id, w.simulated
    from ${recordset(orderRows, sql`r(warning bigint, plan int, level int2, opened_at float8)`)}
    join p using (plan)
    join warning w on w.id = r.warning
    order by r.opened_at, w.id
    on conflict (warning_id) do nothing
    returning id, code, warning_id, object_id, place, scenario, replay_session_id, simulated`.execute(tx);
  return rows;
}

type Order = Draft & { readonly row: Opened };

/** Orders that share a plan and a moment share their first entries and their limits: sent once, joined in the database. */
function grouped(orders: readonly Order[]): {
  readonly groups: readonly Order[];
  readonly members: readonly (Opened & { readonly group: number })[];
} {
  const numbers = new Map<OrderPlan, Map<number, number>>();
  const groups: Order[] = [];
  const members = orders.map((order) => {
    const moments = numbers.get(order.plan) ?? new Map<number, number>();
    numbers.set(order.plan, moments);
    const group = moments.get(order.openedAt) ?? groups.push(order) - 1;
    moments.set(order.openedAt, group);
    return { ...order.row, group };
  });
  return { groups, members };
}

const MEMBER = sql`o(id bigint, place int, scenario int2, replay_session_id int, "group" int)`;

async function insertEntries(tx: Tx, orders: readonly Order[]): Promise<void> {
  if (orders.length === 0) return;
  const { groups, members } = grouped(orders);
  const rows = groups.flatMap(({ level, plan, openedAt }, group) => {
    const raised = { group, n: 1, at: openedAt, kind: 'raised', text: raisedText(level) };
    return plan.inHandbook
      ? [raised, { ...raised, n: 2, kind: 'dispatch', text: dispatchedText(plan.handbook.responsible.unit) }]
      : [{ ...raised, text: `${raised.text}；${noHandbookText(level)}` }];
  });
  await sql`insert into work_order_entry (work_order_id, place, scenario, at, kind, text)
    select o.id, o.place, o.scenario, to_timestamp(e.at / 1000.0), e.kind, e.text
    from ${recordset(members, MEMBER)}
    join ${recordset(rows, sql`e("group" int, n int, at float8, kind text, text text)`)} using ("group")
    order by o.id, e.n`.execute(tx);
}

async function insertDeadlines(tx: Tx, orders: readonly Order[], standard: LimitsInForce): Promise<void> {
  if (orders.length === 0) return;
  const { groups, members } = grouped(orders);
  const rows = groups.flatMap(({ plan, openedAt, row }, group) =>
    limitRows(plan, { scenario: row.scenario, from: openedAt }, standard).map((limit) => ({
      ...limit,
      group,
    })),
  );
  await sql`insert into deadline
      (work_order_id, place, scenario, kind, started_at, due_at, step, next_at, replay_session_id)
    select o.id, o.place, o.scenario, l.kind, to_timestamp(l."startedAt" / 1000.0), to_timestamp(l."dueAt" / 1000.0),
      l.step, to_timestamp(l."nextAt" / 1000.0), o.replay_session_id
    from ${recordset(members, MEMBER)}
    join ${recordset(
      rows,
      sql`l("group" int, kind text, "startedAt" float8, "dueAt" float8, step int2, "nextAt" float8)`,
    )} using ("group")`.execute(tx);
}
