import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

import { Storage } from '../connection.ts';
import { forgetReplayedReadings } from '../monitoring/partitions.ts';
import { packReadings } from './pack-readings.ts';
import type { PackTask } from './pack-thread.ts';
import { rollPages } from './roll-pages.ts';

const { location, before, ripe, replayedBefore } = workerData as PackTask;

// Linux gives each thread a priority of its own; elsewhere it would be the whole process's. Not the lowest: a commit that is
// not sent holds locks.
if (process.platform === 'linux') os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
// The thread does one round and ends. The rule is meant for windows.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(await packAll());

async function packAll(): Promise<number> {
  const storage = new Storage(location, () => undefined);
  try {
    let readings = 0;
    for (;;) {
      // It rests as long as it has worked: half of the time the processor is free of it.
      const packed = await packReadings(storage.system, before, { ripe, rest: sleep });
      if (!packed) break;
      readings += packed.readings;
    }
    await rollAll(storage);
    while (await forgetReplayedReadings(storage.system, replayedBefore));
    return readings;
  } finally {
    await storage.close();
  }
}

/** Everything that closed before is packed by now; it rests as packing does. */
async function rollAll({ system }: Storage): Promise<void> {
  for (;;) {
    const began = performance.now();
    if ((await rollPages(system, before)).isAll) return;
    await sleep(performance.now() - began);
  }
}
