import { parentPort, workerData } from 'node:worker_threads';

import { AppError } from '#base';

import { readXlsx } from './read-xlsx.ts';
import type { SheetAnswer, SheetTask } from './sheet-thread.ts';
import { writeXlsx } from './write-xlsx.ts';

// The thread does one task and ends. The rule is meant for windows.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(await answer(workerData as SheetTask));

async function answer(task: SheetTask): Promise<SheetAnswer> {
  if ('write' in task) return { file: await writeXlsx(task.write) };
  const { raw, most, wanted } = task.read;
  try {
    return { sheet: await readXlsx(Buffer.from(raw), most, wanted) };
  } catch (error) {
    if (error instanceof AppError) return { refused: String(error.details['reason']) };
    throw error;
  }
}
