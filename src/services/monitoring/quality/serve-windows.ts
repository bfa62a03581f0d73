import type { Tx } from '#storage';

import type { MonitoringDesk } from '../desk.ts';
import { loadServiceWindows } from './load-service-windows.ts';

/** The hot path takes over the windows of service as they are now (epoch ms). */
export async function serveWindows(tx: Tx, desk: MonitoringDesk, now: number): Promise<void> {
  desk.ingest.book.checks.serve(await loadServiceWindows(tx, now));
}
