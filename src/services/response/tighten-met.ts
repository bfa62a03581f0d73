import type { DeadlineKind, WorkOrderState } from '#model/response';
import type { SignLevel } from '#model/standard';
import { recordset, type Tx } from '#storage';
import { dueMoments, type RunningLimit, tightened, TRANSITIONS } from '#workflow';
import { sql } from 'kysely';

import { type Limited, onLadder, ontoLadder, type OrderPlan } from './order-plan.ts';
import type { LimitsInForce } from './standard-in-force.ts';

/** A limit that was kept, as its row holds it. Epoch ms. */
export interface MetLimit extends RunningLimit {
  readonly metAt: number | null;
  readonly step: number;
}

/** An order that rises after it was cleared: as it was limited, and as it is from now on. */
export interface RisenOrder {
  readonly id: number;
  readonly state: WorkOrderState;
  readonly plan: OrderPlan;
  readonly level: SignLevel;
  readonly before: Limited;
  readonly limits: readonly MetLimit[];
}

/**
 * What a reviewer's 退回 would give back is limited by the new level too: it stood still since it was met, so the new limit counts
 * from there, and no more than the rest of the old one is left. What was in time stays in time. An order that nobody sends back
 * never feels it.
 */
export async function tightenMet(
  tx: Tx,
  orders: readonly RisenOrder[],
  standard: LimitsInForce,
): Promise<void> {
  const rows = orders.flatMap((order) =>
    order.limits
      .filter(({ kind, metAt }) => metAt !== null && givenBack(order.state).includes(kind))
      .map((limit) => ({ id: order.id, ...atNewLevel(limit, order, standard) })),
  );
  if (rows.length === 0) return;
  await sql`update deadline d set due_at = to_timestamp(r."dueAt" / 1000.0), step = r.step
    from ${recordset(rows, sql`r(id bigint, kind text, "dueAt" float8, step int2)`)}
    where d.work_order_id = r.id and d.kind = r.kind and d.met_at is not null`.execute(tx);
}

function givenBack(state: WorkOrderState): readonly DeadlineKind[] {
  return TRANSITIONS[state].actions['send-back']?.givesBack ?? [];
}

function atNewLevel(limit: MetLimit, { plan, level, before }: RisenOrder, standard: LimitsInForce) {
  const { kind, startedAt, metAt } = limit;
  const { scenario } = before;
  const from = metAt ?? startedAt;
  const order = {
    limitClass: standard.classOf(plan.handbook.limitClass),
    level,
    overrides: plan.overrides,
  };
  const after = { level, limits: plan.limits, scenario, at: from };
  const fresh = dueMoments(order, from, standard.calendarOf(scenario)).filter((one) => one.kind === kind);
  const [sooner] = tightened([{ ...limit, met: false }], fresh);
  const { dueAt, step } = sooner
    ? onLadder({ ...sooner, startedAt }, after, standard)
    : ontoLadder({ ...limit, pressAt: null }, { before, after }, standard);
  return { kind, dueAt, step };
}
