import type { Tx } from '#storage';

import type { MonitoringDesk } from './desk.ts';

/** Takes over the places of points whose objects were found in another territory: new alarms are written there. */
export async function movePoints(tx: Tx, desk: MonitoringDesk): Promise<void> {
  const { book } = desk.ingest;
  const rows = await tx.selectFrom('point').select(['id', 'place']).execute();
  for (const row of rows)
    if (book.get(row.id)?.place !== row.place) book.change(row.id, { place: row.place });
}
