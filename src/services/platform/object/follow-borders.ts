import type { Event } from '#bus';
import { auditRule } from '#services/context';
import type { Tx } from '#storage';

import { bringAlong } from './bring-along.ts';

/**
 * After borders were imported: what has happened at objects goes where they now stand. Runs as the owner; doing it twice changes
 * nothing. `now` is the wall clock, for the audit.
 */
export async function followBorders(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  if (events.length === 0) return;
  const moved = await bringAlong(tx);
  if (Object.values(moved).every((count) => count === 0)) return;
  await auditRule(tx, { rule: 'follow-borders', at: now }, [
    { action: 'borders.followed', subject: 'map/borders', after: moved },
  ]);
}
