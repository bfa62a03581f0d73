import type { Event } from '#bus';
import { auditRule } from '#services/context';
import type { Tx } from '#storage';

import { bringAlong } from './bring-along.ts';

/**
 * After objects have moved (`moved` of the event): what has happened at them goes where they now stand. Runs as the owner; doing
 * it twice changes nothing. `now` is the wall clock, for the audit. Gives whether any object had moved.
 */
export async function followObjects(tx: Tx, events: readonly Event[], now: number): Promise<boolean> {
  const objects = [...new Set(events.flatMap(({ payload }) => movedOf(payload['moved'])))];
  if (objects.length === 0) return false;
  const moved = await bringAlong(tx, objects);
  if (Object.values(moved).some((count) => count > 0)) {
    await auditRule(tx, { rule: 'follow-objects', at: now }, [
      { action: 'object.followed', subject: 'object', after: { objects, moved } },
    ]);
  }
  return true;
}

function movedOf(given: unknown): readonly number[] {
  return Array.isArray(given) ? given.filter((id): id is number => Number.isInteger(id)) : [];
}
