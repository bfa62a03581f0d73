import type { DeadlineKind } from '#model/response';
import { levelOf } from '#model/warning';
import { recordset, type Tx } from '#storage';
import { goesOn, type Pause } from '#workflow';
import { sql } from 'kysely';

import { calendarOf, ladderIn, type Limited } from '../order-plan.ts';
import type { LimitsInForce } from '../standard-in-force.ts';

/** Every limit of an order that runs stands still from `at` on (停表), and reminds nobody meanwhile. */
export async function pauseLimits(tx: Tx, order: number, at: number): Promise<void> {
  const moment = new Date(at);
  // Late is late, also when the worker that marks it was not running. Who agreed has seen the order: nothing presses any more.
  await sql`update deadline set paused_at = ${moment}, next_at = null, press_at = null,
      overdue_at = coalesce(overdue_at, case when due_at < ${moment} then due_at end)
    where work_order_id = ${order} and met_at is null and stopped_at is null and paused_at is null`.execute(
    tx,
  );
}

/** An order whose clock goes on, as it is limited. */
export interface Resumed extends Pick<Limited, 'limits' | 'scenario'> {
  readonly id: number;
  readonly level: number;
  readonly at: number;
}

interface PausedRow {
  readonly work_order_id: number;
  readonly kind: DeadlineKind;
  readonly started_at: number;
  readonly due_at: number;
  readonly paused_at: number;
  readonly pauses: readonly Pause[] | null;
  readonly step: number;
}

/** What stood still goes on: due exactly as much later as it stood, by the same calendar; rungs that were climbed stay climbed. */
export async function resumeLimits(
  tx: Tx,
  orders: readonly Resumed[],
  standard: LimitsInForce,
): Promise<void> {
  if (orders.length === 0) return;
  const { rows } = await sql<PausedRow>`
    select work_order_id, kind, started_at, due_at, paused_at, pauses, step from deadline
    where work_order_id = any(${orders.map((one) => one.id)}) and paused_at is not null`.execute(tx);
  const byId = new Map(orders.map((one) => [one.id, one]));
  const changes = rows.flatMap((row) => {
    const order = byId.get(row.work_order_id);
    return order ? [goneOn(row, order, standard)] : [];
  });
  await sql`update deadline d set due_at = to_timestamp(r.due / 1000.0), next_at = to_timestamp(r.next / 1000.0),
      pauses = r.pauses, paused_at = null
    from ${recordset(changes, sql`r(id bigint, kind text, due float8, next float8, pauses jsonb)`)}
    where d.work_order_id = r.id and d.kind = r.kind`.execute(tx);
}

function goneOn(row: PausedRow, order: Resumed, standard: LimitsInForce): object {
  const pause = { from: row.paused_at, to: Math.max(order.at, row.paused_at) };
  const limited = { ...order, level: levelOf(order.level) ?? 'blue' } as const;
  const dueAt = goesOn(calendarOf(order, standard), row.due_at, pause);
  const pauses = [...(row.pauses ?? []), pause];
  const running = { kind: row.kind, startedAt: row.started_at, dueAt, pauses };
  const ladder = ladderIn(running, limited, standard);
  return { id: row.work_order_id, kind: row.kind, due: dueAt, next: ladder[row.step]?.at ?? null, pauses };
}
