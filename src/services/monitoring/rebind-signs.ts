import type { Tx } from '#storage';

import { type SignsInForce, signsFor } from './bound-signs.ts';
import type { MonitoringDesk } from './desk.ts';

/** Objects whose parameters were changed are judged by the new ones from the next reading on. */
export async function rebindSigns(
  tx: Tx,
  desk: MonitoringDesk,
  { signs, objects }: { readonly signs: SignsInForce; readonly objects: readonly number[] },
): Promise<void> {
  if (objects.length === 0) return;
  const rows = await tx
    .selectFrom('point')
    .innerJoin('monitored_object', 'monitored_object.id', 'point.object_id')
    .select(['point.id', 'point.element_code', 'monitored_object.parameters'])
    .where('point.object_id', 'in', [...objects])
    .orderBy('point.id')
    .execute();
  for (const { id, element_code, parameters } of rows)
    desk.ingest.book.rebind(id, signsFor(signs, element_code, parameters));
}
