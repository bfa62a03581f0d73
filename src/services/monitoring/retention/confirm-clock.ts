import { AppError } from '#base';
import type { retentionRoutes, RetentionClock } from '#contract/monitoring';
import { audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadClock, lockMark, saveMark } from './may-forget.ts';

/** Between seeing the clock and confirming it. */
const SEEN_MS = 3_600_000;

/**
 * Somebody has looked: the server's clock is right, the house had stood still. What has had its time goes again from the next round on.
 * Throws `access.denied` for whom the district is not in reach, `record.changed` where nothing waits any more or the clock says
 * something else than what was confirmed.
 */
export async function confirmClock(
  context: RequestContext,
  { body }: { readonly body: z.output<typeof retentionRoutes.confirmClock.body> },
): Promise<RetentionClock> {
  context.authorize('setting.manage');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ place: number }>`select place from platform where kind = 'district'`.execute(
      tx,
    );
    const placed = { place: rows[0]?.place ?? null, scenario: null };
    context.authorizeRecord('setting.manage', placed);
    const before = await lockMark(tx);
    const now = context.now();
    if (before.leaptAt === null || Math.abs(now - body.clock) > SEEN_MS) throw new AppError('record.changed');
    const after = { lookedAt: now, leaptAt: null };
    await saveMark(tx, after);
    const subject = 'retention/clock';
    await audit(context, tx, { action: 'retention.clock-confirmed', subject, before, after, ...placed });
    return loadClock(tx, now);
  });
}
