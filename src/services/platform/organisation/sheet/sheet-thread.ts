import { Worker } from 'node:worker_threads';

import type { Sheet } from './read-xlsx.ts';
import { unreadable } from './unreadable.ts';
import type { PlainSheet } from './write-xlsx.ts';

/** What the thread is asked for, and what it answers. */
export type SheetTask =
  | {
      readonly read: { readonly raw: Uint8Array; readonly most: number; readonly wanted: string | undefined };
    }
  | { readonly write: PlainSheet };
export type SheetAnswer =
  | { readonly sheet: Sheet }
  | { readonly file: Uint8Array }
  | { readonly refused: string };

/** Twenty thousand rows take a few seconds and a quarter of this memory. */
const LONGEST_MS = 60_000;
const MEMORY_MB = 768;

/**
 * Sheets are read and written in a thread of their own, with a bound on time and memory: a large or hostile file must not keep
 * readings waiting. Throws `import.unreadable`.
 */
export async function readSheet(read: {
  readonly raw: Uint8Array;
  readonly most: number;
  readonly wanted: string | undefined;
}): Promise<Sheet> {
  const answer = await ask({ read });
  if ('sheet' in answer) return answer.sheet;
  throw unreadable('refused' in answer ? answer.refused : '结构不对');
}

export async function writeSheet(write: PlainSheet): Promise<Buffer> {
  const answer = await ask({ write });
  if (!('file' in answer)) throw new Error('a sheet was not written');
  return Buffer.from(answer.file);
}

function ask(task: SheetTask): Promise<SheetAnswer> {
  const worker = new Worker(new URL('./sheet-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  return new Promise<SheetAnswer>((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve({ refused: '文件太复杂，一分钟内没有读完' });
      void worker.terminate();
    }, LONGEST_MS);
    worker.once('message', (answer: SheetAnswer) => resolve(answer));
    worker.once('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ refused: '文件太复杂，内存不够' });
      else reject(error);
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('the thread of a sheet ended without an answer'));
    });
  });
}
