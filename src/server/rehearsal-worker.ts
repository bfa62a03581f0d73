// A thread of its own, so that a year of readings is judged beside the present and not in its way.
import { parentPort, workerData } from 'node:worker_threads';

import { rehearse } from '#services/monitoring';
import { type DatabaseLocation, Storage } from '#storage';

const { location, id } = workerData as { readonly location: DatabaseLocation; readonly id: number };
const storage = new Storage(location, () => undefined);
try {
  await rehearse(storage, id, () => Date.now());
} finally {
  await storage.close();
}
parentPort?.close();
