import { AppError } from '#base';
import type { MonitoredObject } from '#contract/platform';
import { type RequestContext, placedFor } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { loadObjects } from './object-view.ts';

/** An object held for a change: as it is shown, and where it stands. */
export interface HeldObject {
  readonly before: MonitoredObject;
  readonly place: number;
  readonly scenarios: number[];
}

/**
 * Locks an object the caller manages, if nobody has changed it since it was read.
 * Throws `record.not-found`, `access.denied`, `record.changed`.
 */
export async function lockObject(
  context: RequestContext,
  tx: Tx,
  id: number,
  version: number,
): Promise<HeldObject> {
  const held = await tx
    .selectFrom('monitored_object')
    .select(['place', 'scenarios', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  const [before] = await loadObjects(context, tx, sql`where o.id = ${id}`);
  if (!held || !before) throw new AppError('record.not-found', { what: '监测对象', id: String(id) });
  context.authorizeRecord('object.manage', placedFor(context, 'object.manage', held));
  if (held.version !== version) throw new AppError('record.changed');
  return { before, place: held.place, scenarios: held.scenarios };
}
