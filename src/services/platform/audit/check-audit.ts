import { toBeijing } from '#base';
import { announce, type SystemContext } from '#services/context';
import { sql } from 'kysely';

import type { Verification } from './verify-audit.ts';

const THREE_O_CLOCK_MS = 3 * 3_600_000;
const DAY_MS = 86_400_000;

/** The last 03:00 Beijing at or before this moment: the hour of the nightly verification. */
function lastNight(now: number): number {
  const { msOfDay } = toBeijing(now);
  const today = now - msOfDay + THREE_O_CLOCK_MS;
  return today <= now ? today : today - DAY_MS;
}

/** Whether the chain has not been verified since last night. */
export async function isCheckDue(context: SystemContext): Promise<boolean> {
  return context.transaction(async (tx) => {
    const { rows } = await sql`
      select from audit_check where at >= ${new Date(lastNight(context.now()))} limit 1`.execute(tx);
    return rows.length === 0;
  });
}

/** Keeps what a verification found; a broken chain is told to whoever reads the audit. */
export async function saveCheck(context: SystemContext, found: Verification): Promise<void> {
  const [first] = found.faults;
  const now = context.now();
  await context.transaction(async (tx) => {
    await sql`insert into audit_check (at, seq, ok, broken_seq, broken_audit_id, finding, took_ms)
      values (${new Date(now)}, ${found.seq}, ${found.ok}, ${first?.seq ?? null}, ${first?.auditId ?? null},
        ${first?.text ?? null}, ${found.tookMs})`.execute(tx);
    if (!first) return;
    await announce(tx, [
      {
        type: 'audit.broken',
        at: now,
        place: null,
        scenario: null,
        payload: { id: first.seq ?? first.auditId ?? 0, text: first.text },
      },
    ]);
  });
}
