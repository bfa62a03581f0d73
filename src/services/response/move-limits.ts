import type { DeadlineKind } from '#model/response';
import { levelOf } from '#model/warning';
import type { Tx } from '#storage';
import { type Advance, nextProgress, restarted, type RunningLimit, type WorkingCalendar } from '#workflow';
import { sql } from 'kysely';

import { onLadder } from './order-plan.ts';
import type { OrderRow } from './order-view.ts';
import { limitsInForce } from './standard-in-force.ts';
import { pauseLimits, resumeLimits } from './suspension/stop-clock.ts';

/** What an act does to the limits of its order. */
interface LimitedStep {
  readonly order: Pick<OrderRow, 'id' | 'place' | 'scenario' | 'level' | 'limits' | 'replay_session_id'>;
  readonly decided: Pick<
    Extract<Advance, { kind: 'advanced' }>,
    'meets' | 'stops' | 'restarts' | 'givesBack' | 'clock'
  >;
  readonly at: number;
}

/** Ends, begins, stops and goes on with the limits of an order as the act says. */
export async function moveLimits(tx: Tx, step: LimitedStep, now: number): Promise<void> {
  const { order, decided, at } = step;
  await endLimits(tx, step, 'met_at', decided.meets);
  await endLimits(tx, step, 'stopped_at', decided.stops);
  await restartLimits(tx, step, now);
  if (decided.clock === 'stops') await pauseLimits(tx, order.id, at);
  const undone = await undoMet(tx, order.id, decided.givesBack);
  if (undone || decided.clock === 'goes-on')
    await resumeLimits(tx, [{ ...order, at }], await limitsInForce(tx, now));
}

/** What was kept is not kept any more: the limit stands as if it had been stopped then. */
async function undoMet(tx: Tx, order: number, kinds: readonly DeadlineKind[]): Promise<boolean> {
  if (kinds.length === 0) return false;
  const { numAffectedRows } = await sql`update deadline set paused_at = met_at, met_at = null
    where work_order_id = ${order} and kind = any(${[...kinds]}) and met_at is not null`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** A limit that ends takes every reminder with it: the ladder's next moment goes in the same statement. */
async function endLimits(
  tx: Tx,
  { order, at }: LimitedStep,
  column: 'met_at' | 'stopped_at',
  kinds: readonly DeadlineKind[],
): Promise<void> {
  if (kinds.length === 0) return;
  const moment = new Date(at);
  // Late is late, also when the worker that marks it was not running.
  await sql`update deadline set ${sql.ref(column)} = ${moment}, next_at = null, press_at = null,
      overdue_at = coalesce(overdue_at, case when due_at < coalesce(paused_at, ${moment}) then due_at end), paused_at = null
    where work_order_id = ${order.id} and kind = any(${[...kinds]}) and met_at is null and stopped_at is null`.execute(
    tx,
  );
}

async function restartLimits(tx: Tx, { order, decided, at }: LimitedStep, now: number): Promise<void> {
  if (decided.restarts.length === 0) return;
  const standard = await limitsInForce(tx, now);
  const { limits } = order;
  const level = levelOf(order.level) ?? 'blue';
  const turn = await turnOf(tx, order.id);
  const calendar = standard.calendarOf(order.scenario);
  for (const running of begun(decided.restarts, { order, at, turn }, calendar)) {
    const { kind, startedAt, dueAt, step, nextAt } = onLadder(
      running,
      { level, limits, scenario: order.scenario, at },
      standard,
    );
    const values = {
      started_at: new Date(startedAt),
      due_at: new Date(dueAt),
      step,
      next_at: nextAt === null ? null : new Date(nextAt),
      met_at: null,
      stopped_at: null,
      overdue_at: null,
      paused_at: null,
      pauses: null,
      red_at: null,
      press_at: null,
      acknowledged_at: null,
      acknowledged_by_id: null,
      ...(kind === 'progress' ? { turn } : {}),
    };
    await tx
      .insertInto('deadline')
      .values({
        work_order_id: order.id,
        place: order.place,
        scenario: order.scenario,
        kind,
        replay_session_id: order.replay_session_id,
        ...values,
      })
      // What was late in the turns before is counted, since the row tells of the one that runs.
      .onConflict((conflict) =>
        conflict.columns(['work_order_id', 'kind']).doUpdateSet({
          ...values,
          missed: sql<number>`deadline.missed + (deadline.overdue_at is not null)::int`,
        }),
      )
      .execute();
  }
}

function begun(
  kinds: readonly DeadlineKind[],
  { order, at, turn }: Pick<LimitedStep, 'order' | 'at'> & { readonly turn: number },
  calendar: WorkingCalendar,
): readonly RunningLimit[] {
  const once = kinds.filter((kind) => kind !== 'progress');
  const again = kinds.length > once.length ? nextProgress(order.limits, { from: at, turn }, calendar) : [];
  return [...restarted(order.limits, once, at, calendar), ...again];
}

/** Which 续报 the next one is. */
async function turnOf(tx: Tx, order: number): Promise<number> {
  const { rows } = await sql<{ turn: number }>`
    select turn from deadline where work_order_id = ${order} and kind = 'progress'`.execute(tx);
  return (rows[0]?.turn ?? 0) + 1;
}
