import { Worker } from 'node:worker_threads';

import type { DatabaseLocation } from '../connection.ts';

/** Moments in epoch ms; see `packReadings` and `forgetReplayedReadings`. */
export interface PackTask {
  readonly location: DatabaseLocation;
  readonly before: number;
  readonly ripe: number;
  readonly replayedBefore: number;
}

/**
 * Packs what is to be packed, rolls it up and forgets replays that have served their time, in a thread of its own with low priority and
 * its own connections, so that no reading waits for it. Gives the number of readings packed. Aborted, it ends at once; what
 * was under way is undone by the database.
 */
export async function packInThread(task: PackTask, signal: AbortSignal): Promise<number> {
  if (signal.aborted) return 0;
  const worker = new Worker(new URL('./pack-worker.ts', import.meta.url), { workerData: task });
  const end = (): void => void worker.terminate();
  signal.addEventListener('abort', end, { once: true });
  try {
    return await new Promise<number>((resolve, reject) => {
      let packed = 0;
      worker.once('message', (readings: number) => (packed = readings));
      worker.once('error', reject);
      worker.once('exit', () => resolve(packed));
    });
  } finally {
    signal.removeEventListener('abort', end);
  }
}
