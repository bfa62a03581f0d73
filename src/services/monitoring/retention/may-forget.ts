import type { RetentionClock } from '#contract/monitoring';
import { auditRule, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { type ClockMark, judgeClock } from '#workflow';
import { sql } from 'kysely';

const RULE = 'keep-in-time';
/** Of the points, those whose clocks may run ahead. */
const AHEAD = 0.05;

/**
 * Whether what has had its time may be taken away now. All of it goes by the server's clock: when that is more than a day ahead of
 * the last round, it has leapt or the house stood still, and nothing goes until it is put right or somebody confirms it
 * ({@link confirmClock}). The moment of the last round is what it is held against. The newest reading is no witness: what comes in
 * after the leap carries the leapt clock already.
 */
export async function mayForget(context: SystemContext): Promise<boolean> {
  return context.transaction(async (tx) => {
    const before = await lockMark(tx);
    const after = judgeClock(before, context.now());
    await saveMark(tx, after);
    if ((before.leaptAt === null) !== (after.leaptAt === null)) {
      const action = after.leaptAt === null ? 'retention.clock-well' : 'retention.clock-leapt';
      const record = { action, subject: 'retention/clock', before: { ...before }, after: { ...after } };
      await auditRule(tx, { rule: RULE, at: context.now() }, [record]);
    }
    return after.leaptAt === null;
  });
}

/** The mark, held until the transaction ends. */
export async function lockMark(tx: Tx): Promise<ClockMark> {
  const { rows } = await sql<ClockMark>`
    select looked_at as "lookedAt", leapt_at as "leaptAt" from retention_clock for update`.execute(tx);
  return markOf(rows);
}

export async function saveMark(tx: Tx, { lookedAt, leaptAt }: ClockMark): Promise<void> {
  await sql`update retention_clock set looked_at = ${new Date(lookedAt)},
    leapt_at = ${leaptAt === null ? null : new Date(leaptAt)}`.execute(tx);
}

/** The clock as people see it, with what devices say beside it while it is in doubt: their clocks are not ours. */
export async function loadClock(tx: Tx, now: number): Promise<RetentionClock> {
  const { rows } = await sql<ClockMark & { devicesAt: number | null }>`
    select looked_at as "lookedAt", leapt_at as "leaptAt", case when leapt_at is not null then (
      select percentile_disc(${1 - AHEAD}::float8) within group (order by observed_at) from point_state) end as "devicesAt"
    from retention_clock`.execute(tx);
  return { now, devicesAt: rows[0]?.devicesAt ?? null, ...markOf(rows) };
}

function markOf(rows: readonly ClockMark[]): ClockMark {
  const [mark] = rows;
  if (!mark) throw new Error('retention_clock has one row');
  return { lookedAt: mark.lookedAt, leaptAt: mark.leaptAt };
}
