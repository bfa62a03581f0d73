import type { WorkOrderState } from '#model/response';
import { levelOf } from '#model/warning';
import { announce, auditRule } from '#services/context';
import { recordset, type Tx } from '#storage';
import { advance } from '#workflow';
import { sql } from 'kysely';

import { reassignedText } from './order-text.ts';
import { factsOf, loadOrders, type OrderRow } from './order-view.ts';
import { NO_WORK } from './order-work.ts';

interface Waiting {
  readonly work_order_id: number;
  readonly at: number;
}

interface Reassigned {
  readonly order: OrderRow;
  readonly state: WorkOrderState;
  readonly deputy: string | null;
  readonly at: number;
}

/**
 * Hands red orders that nobody accepted to the deputy (AB 角) of whoever should have, by rule. Where no deputy is arranged the
 * timeline says so: the district's duty desk was called in the same moment and dispatches by hand.
 */
export async function reassignOrders(tx: Tx, waiting: readonly Waiting[], now: number): Promise<void> {
  if (waiting.length === 0) return;
  const moments = new Map(waiting.map((one) => [one.work_order_id, one.at]));
  const orders = await loadOrders(tx, sql`where o.id = any(${[...moments.keys()]})`);
  const deputies = await deputiesOf(tx, orders);
  const reassigned = orders.flatMap((order): readonly Reassigned[] => {
    const at = moments.get(order.id) ?? now;
    const decided = advance(factsOf(order, NO_WORK), { action: 'reassign', at }, { kind: 'rule' });
    if (decided.kind === 'refused') return [];
    return [{ order, state: decided.state, deputy: deputies.get(order.id) ?? null, at }];
  });
  await save(tx, reassigned);
  await auditRule(
    tx,
    { rule: 'reassign-orders', at: now },
    reassigned.map(({ order, state, deputy }) => ({
      action: 'work-order.reassign',
      subject: `work-order/${order.code}`,
      place: order.place,
      scenario: order.scenario,
      before: { state: order.state, deputy: order.deputy },
      after: { state, deputy },
    })),
  );
  await announce(
    tx,
    reassigned.map(({ order, state, deputy, at }) => ({
      type: 'work-order.advanced',
      at,
      place: order.place,
      scenario: order.scenario,
      payload: {
        id: order.id,
        warning: order.warning_id,
        object: order.object.id,
        level: levelOf(order.level),
        state,
        action: 'reassign',
        deputy,
        session: order.replay_session_id,
        simulated: order.simulated,
      },
    })),
  );
}

async function deputiesOf(tx: Tx, orders: readonly OrderRow[]): Promise<ReadonlyMap<number, string>> {
  const asked = orders.map(({ id, place, scenario, handbook }) => ({
    id,
    place,
    scenario,
    recipient: { kind: 'deputy', role: handbook.responsible.role },
  }));
  const { rows } = await sql<{ id: number; names: readonly string[] }>`
    select r.id, people_called(now(), r.place, r.scenario, r.recipient) as names
    from ${recordset(asked, sql`r(id bigint, place int, scenario int2, recipient jsonb)`)}`.execute(tx);
  return new Map(rows.flatMap(({ id, names }) => (names.length === 0 ? [] : [[id, names.join('、')]])));
}

async function save(tx: Tx, reassigned: readonly Reassigned[]): Promise<void> {
  const rows = reassigned.map(({ order, state, deputy, at }) => ({
    id: order.id,
    state,
    deputy,
    at,
    text: reassignedText(deputy),
  }));
  await sql`
    with moved as (
      update work_order o set state = r.state, deputy = r.deputy, version = o.version + 1
      from ${recordset(rows, sql`r(id bigint, state text, deputy text, at float8, text text)`)}
      where o.id = r.id returning o.id, o.place, o.scenario, r.at, r.text
    )
    insert into work_order_entry (work_order_id, place, scenario, at, kind, text)
    select id, place, scenario, to_timestamp(at / 1000.0), 'reassign', text from moved order by id`.execute(
    tx,
  );
}
