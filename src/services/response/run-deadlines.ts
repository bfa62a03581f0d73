import type { DeadlineKind, WorkOrderState } from '#model/response';
import type { LevelLimits } from '#model/standard';
import { levelOf } from '#model/warning';
import { announce, type Announcement, type SystemContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { nextMoment, type NextStep, nextStep, type Pause, pressAfter, type Rung } from '#workflow';
import { sql } from 'kysely';

import { auditClimbs } from './audit-climbs.ts';
import { ladderIn } from './order-plan.ts';
import { recipientText, rungText } from './order-text.ts';
import { reassignOrders } from './reassign-orders.ts';
import { type LimitsInForce, limitsInForce } from './standard-in-force.ts';

interface DeadlineRun {
  /** Limits that came due for a rung; a full batch (1,000) means there may be more. */
  readonly limits: number;
  readonly reminders: number;
  /** Orders newly marked 超期. */
  readonly overdue: number;
}

interface DueRow {
  readonly work_order_id: number;
  readonly code: string;
  readonly kind: DeadlineKind;
  readonly started_at: number;
  readonly due_at: number;
  readonly pauses: readonly Pause[] | null;
  readonly step: number;
  readonly red_at: number | null;
  readonly press_at: number | null;
  readonly at: number;
  readonly place: number;
  readonly scenario: number;
  readonly was_overdue: boolean;
  readonly level: number;
  readonly limits: LevelLimits;
  readonly state: WorkOrderState;
  readonly object_id: number;
  readonly warning_id: number | null;
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
}

type Remind = Extract<NextStep, { kind: 'remind' }>;

interface Climb {
  readonly row: DueRow;
  readonly step: Remind;
}

/** A limit that came due for a rung, and where it stands on its ladder then. */
interface Looked {
  readonly row: DueRow;
  readonly step: NextStep;
  readonly standing: { readonly step: number; readonly pressAt: number | null };
  readonly nextAt: number | null;
}

/** So many limits at most in one transaction. */
export const DEADLINE_BATCH = 1000;

/**
 * One round of the reminder worker: limits whose next rung has come, at most 1,000 of live orders by the wall clock and
 * 1,000 of replayed ones by their session's clock, in one transaction. Everything is rows, so a new process goes on where the
 * old one was killed, and two at a time share the work.
 */
export async function runDeadlines(context: SystemContext): Promise<DeadlineRun> {
  return context.transaction(async (tx) => {
    const now = context.now();
    const rows = [...(await dueLive(tx, now)), ...(await dueReplayed(tx))];
    if (rows.length === 0) return { limits: 0, reminders: 0, overdue: 0 };
    const standard = await limitsInForce(tx, now);
    const decided = rows.map((row) => look(row, standard));
    const climbs = decided.flatMap(({ row, step }) => (step.kind === 'remind' ? [{ row, step }] : []));
    await saveSteps(tx, decided);
    const reminders = await saveReminders(tx, climbs);
    const overdue = await markOverdue(tx, climbs);
    await saveEntries(tx, climbs);
    await reassignOrders(tx, unacceptedOf(climbs, standard), now);
    await auditClimbs(tx, climbs, now);
    await announce(tx, climbs.flatMap(announcements));
    return { limits: rows.length, reminders, overdue };
  });
}

const COLUMNS = sql`d.work_order_id, d.kind, d.started_at, d.due_at, d.pauses, d.step, d.red_at, d.press_at, d.place, d.scenario,
  d.overdue_at is not null as was_overdue, o.code, o.level, o.limits, o.state, o.object_id,
  o.warning_id, o.replay_session_id, o.simulated`;

// What somebody has shelved calls nobody meanwhile; what came due is told once it no longer is (decision 0027). Asked only where
// anything of the object is shelved: the function costs as much as all the rest of finding a row.
const RESTING = sql`(o.object_id in (select object_id from shelf where state = 'running')
  and exists (select from warning w where w.id = o.warning_id and shelf_of(w) is not null))`;

// The order is locked too, or skipped: a person who acts on it at this moment stops the limit first.
async function dueLive(tx: Tx, now: number): Promise<readonly DueRow[]> {
  const { rows } = await sql<DueRow>`
    select ${COLUMNS}, ${now}::float8 as at from deadline d join work_order o on o.id = d.work_order_id
    where d.next_at <= ${new Date(now)} and d.replay_session_id is null and not ${RESTING}
    order by d.next_at limit ${DEADLINE_BATCH} for update of d, o skip locked`.execute(tx);
  return rows;
}

async function dueReplayed(tx: Tx): Promise<readonly DueRow[]> {
  const { rows } = await sql<DueRow>`
    select ${COLUMNS}, r.clock as at
    from replay_session r join deadline d on d.replay_session_id = r.id and d.next_at <= r.clock
    join work_order o on o.id = d.work_order_id
    order by d.next_at limit ${DEADLINE_BATCH} for update of d, o skip locked`.execute(tx);
  return rows;
}

function look(row: DueRow, standard: LimitsInForce): Looked {
  const { kind, started_at: startedAt, due_at: dueAt, pauses, red_at: redAt, at } = row;
  const level = levelOf(row.level) ?? 'blue';
  const order = { level, limits: row.limits, scenario: row.scenario };
  const ladder = ladderIn({ kind, startedAt, dueAt, pauses, redAt }, order, standard);
  const { escalation } = standard;
  const stands = { step: row.step, pressAt: row.press_at };
  const step = nextStep(ladder, stands, at, escalation.unacknowledged);
  const standing =
    step.kind === 'remind'
      ? { step: step.step, pressAt: pressAfter(escalation, { ladder, level }, step, at) }
      : stands;
  return { row, step, standing, nextAt: nextMoment(ladder, standing) };
}

/** Red orders that nobody accepted in time and that the rules hand to the deputy. */
function unacceptedOf(climbs: readonly Climb[], { escalation }: LimitsInForce): readonly DueRow[] {
  if (!escalation.unacceptedRed.reassign) return [];
  const isCall = ({ why }: Rung): boolean => why.kind === 'unaccepted-red';
  return climbs.flatMap(({ row, step }) => (step.rungs.some(isCall) ? [row] : []));
}

/** Also a row with nothing to climb moves on (its ladder may have changed), or it would be found due for ever. */
async function saveSteps(tx: Tx, decided: readonly Looked[]): Promise<void> {
  const changes = decided.map(({ row, step, standing, nextAt }) => ({
    id: row.work_order_id,
    kind: row.kind,
    step: standing.step,
    next: nextAt,
    press: standing.pressAt,
    asks: step.kind === 'remind' && standing.pressAt !== null,
    overdue: row.due_at <= row.at,
  }));
  await sql`update deadline d set step = r.step, next_at = to_timestamp(r.next / 1000.0),
      press_at = to_timestamp(r.press / 1000.0),
      acknowledged_at = case when r.asks then null else d.acknowledged_at end,
      acknowledged_by_id = case when r.asks then null else d.acknowledged_by_id end,
      overdue_at = coalesce(d.overdue_at, case when r.overdue then d.due_at end)
    from ${recordset(
      changes,
      sql`r(id bigint, kind text, step int2, next float8, press float8, asks boolean, overdue boolean)`,
    )}
    where d.work_order_id = r.id and d.kind = r.kind`.execute(tx);
}

async function saveReminders(tx: Tx, climbs: readonly Climb[]): Promise<number> {
  const rows = climbs.flatMap(({ row, step }) =>
    step.rungs.flatMap((rung) =>
      rung.recipients.flatMap((recipient) =>
        rung.channels.map((channel) => ({
          id: row.work_order_id,
          place: row.place,
          scenario: row.scenario,
          at: row.at,
          to: recipientText(recipient),
          channel,
          reason: rungText(row.kind, rung.why),
        })),
      ),
    ),
  );
  if (rows.length === 0) return 0;
  await sql`insert into reminder (work_order_id, place, scenario, at, to_role, channel, reason)
    select id, place, scenario, to_timestamp(at / 1000.0), "to", channel, reason
    from ${recordset(
      rows,
      sql`r(id bigint, place int, scenario int2, at float8, "to" text, channel text, reason text)`,
    )}`.execute(tx);
  return rows.length;
}

async function markOverdue(tx: Tx, climbs: readonly Climb[]): Promise<number> {
  const orders = climbs.filter(({ step }) => step.overdue).map(({ row }) => row.work_order_id);
  if (orders.length === 0) return 0;
  const result = await sql`update work_order set overdue = true
    where id = any(${orders}) and not overdue`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}

async function saveEntries(tx: Tx, climbs: readonly Climb[]): Promise<void> {
  const rows = climbs.flatMap(({ row, step }) =>
    step.rungs.map((rung) => ({
      id: row.work_order_id,
      place: row.place,
      scenario: row.scenario,
      at: row.at,
      kind: step.overdue && !row.was_overdue && rung.why.kind === 'percent' ? 'overdue' : 'reminded',
      text: `${rungText(row.kind, rung.why)}，提醒${rung.recipients.map(recipientText).join('、')}`,
    })),
  );
  if (rows.length === 0) return;
  await sql`insert into work_order_entry (work_order_id, place, scenario, at, kind, text)
    select id, place, scenario, to_timestamp(at / 1000.0), kind, text
    from ${recordset(rows, sql`r(id bigint, place int, scenario int2, at float8, kind text, text text)`)}`.execute(
    tx,
  );
}

function announcements({ row, step }: Climb): readonly Announcement[] {
  const { place, scenario, at } = row;
  const payload = {
    id: row.work_order_id,
    warning: row.warning_id,
    object: row.object_id,
    level: levelOf(row.level),
    state: row.state,
    limit: row.kind,
    text: step.rungs.map((rung) => rungText(row.kind, rung.why)).join('；'),
    session: row.replay_session_id,
    simulated: row.simulated,
  };
  const to = step.rungs.flatMap((rung) => rung.recipients);
  const channels = [...new Set(step.rungs.flatMap((rung) => rung.channels))];
  const reminded = {
    type: 'work-order.reminded',
    at,
    place,
    scenario,
    payload: { ...payload, to, channels },
  };
  return step.overdue && !row.was_overdue
    ? [{ type: 'work-order.overdue', at, place, scenario, payload }, reminded]
    : [reminded];
}
