import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

import { Storage } from '../connection.ts';
import { forgetReplayedReadings } from '../monitoring/partitions.ts';
import { packReadings } from './pack-readings.ts';
import type { PackTask } from './pack-thread.ts';

// Linux gives each thread a priority of its own; elsewhere it would be the whole process's.
if (process.platform === 'linux') os.setPriority(os.constants.priority.PRIORITY_LOW);
// The thread does one round and ends. The rule is meant for windows.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(await packAll(workerData as PackTask));

async function packAll({ location, before, ripe, replayedBefore }: PackTask): Promise<number> {
  const storage = new Storage(location, () => undefined);
  try {
    let readings = 0;
    for (;;) {
      const began = performance.now();
      const packed = await packReadings(storage.system, before, ripe);
      if (!packed) break;
      readings += packed.readings;
      // The database has two things to do; half of the time it does the other one.
      await sleep(performance.now() - began);
    }
    while (await forgetReplayedReadings(storage.system, replayedBefore));
    return readings;
  } finally {
    await storage.close();
  }
}
