import type { Tx } from '#storage';

import type { MonitoringDesk } from '../desk.ts';
import { loadReach } from './load-reach.ts';

/** Objects were registered, moved, linked or retired (all of them where it is not told which): who sees whom is found anew. */
export async function followReach(
  tx: Tx,
  desk: MonitoringDesk,
  objects: readonly number[] | undefined,
): Promise<void> {
  await loadReach(tx, desk.ingest.book, objects);
}
