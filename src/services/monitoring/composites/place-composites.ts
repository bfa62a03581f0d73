import type { Storage } from '#storage';

import type { MonitoringDesk } from '../desk.ts';
import { loadReach } from './load-reach.ts';

/** Finds out whom composite signs see that a new version has brought; costs nothing while there are none. */
export async function placeComposites(storage: Storage, desk: MonitoringDesk): Promise<void> {
  const { book } = desk.ingest;
  const objects = book.composites.unplaced();
  if (objects.length > 0) await loadReach(storage.system, book, objects);
}
