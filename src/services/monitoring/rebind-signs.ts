import type { Tx } from '#storage';

import type { MonitoringDesk } from './desk.ts';

/** Objects whose parameters were changed are judged by the new ones from the next reading on. */
export async function rebindSigns(tx: Tx, desk: MonitoringDesk, objects: readonly number[]): Promise<void> {
  if (objects.length === 0) return;
  const rows = await tx
    .selectFrom('point')
    .innerJoin('monitored_object', 'monitored_object.id', 'point.object_id')
    .select(['point.id', 'monitored_object.parameters'])
    .where('point.object_id', 'in', [...objects])
    .orderBy('point.id')
    .execute();
  for (const { id, parameters } of rows) {
    desk.ingest.book.change(id, { parameters });
    desk.ingest.book.rebind(id);
  }
}
