import type { Tx } from '#storage';

import type { MonitoringDesk } from './desk.ts';
import { loadOwnLimits } from './own-limits.ts';

/** Objects whose parameters or own limits were changed are judged by the new ones at once, by what stands there. */
export async function rebindSigns(tx: Tx, desk: MonitoringDesk, objects: readonly number[]): Promise<void> {
  if (objects.length === 0) return;
  const rows = await tx
    .selectFrom('point')
    .innerJoin('monitored_object', 'monitored_object.id', 'point.object_id')
    .select(['point.id', 'point.object_id', 'monitored_object.parameters'])
    .where('point.object_id', 'in', [...objects])
    .orderBy('point.id')
    .execute();
  const limits = await loadOwnLimits(tx, objects);
  for (const { id, object_id, parameters } of rows) {
    desk.ingest.book.change(id, { parameters, ownLimits: limits.get(object_id) ?? {} });
    desk.ingest.book.rebind(id);
  }
  await desk.ingest.judgeStanding(rows.map(({ id }) => id));
}
