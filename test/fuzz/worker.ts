// One target of `npm run fuzz` in a thread of its own: whoever waits for it sees when it hangs.
import v8 from 'node:v8';
import vm from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';

import { seeded } from '../seeded.ts';
import { STRETCH } from './target.ts';
import { TARGETS } from './targets.ts';

export interface FuzzWork {
  readonly target: string;
  /** Read or refused before it ends. */
  readonly frames: number;
  readonly seed: number;
}

/** `seed` plays the stretch that is told of again. */
export type FuzzNews =
  | {
      readonly kind: 'progress' | 'done';
      readonly frames: number;
      readonly refused: number;
      readonly seed: number;
    }
  | { readonly kind: 'broken'; readonly message: string; readonly seed: number };

const MOST_GROWTH = 16 * 1024 * 1024;

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

function heldBytes(): number {
  collect();
  return process.memoryUsage().arrayBuffers + v8.getHeapStatistics().used_heap_size;
}

function tell(news: FuzzNews): void {
  // A thread's port, not a window's: it has no origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(news);
}

const { target, frames: wanted, seed: first } = workerData as FuzzWork;
const fuzz = TARGETS[target];
const tally = { frames: 0, refused: 0 };
let seed = first;
/** After a tenth everything is loaded and made ready; what comes later must not stay. */
let base: number | undefined;

function stretch(): void {
  const { frames, refused } = fuzz?.(STRETCH, seeded(seed)) ?? tally;
  tally.frames += frames;
  tally.refused += refused;
  const done = tally.frames + tally.refused;
  if (base === undefined && done >= wanted / 10) base = heldBytes();
  if (done < wanted) {
    tell({ kind: 'progress', ...tally, seed });
    seed += 1;
    setImmediate(guarded);
    return;
  }
  const growth = heldBytes() - (base ?? 0);
  if (growth > MOST_GROWTH) throw new Error(`内存涨了 ${Math.round(growth / 1024 / 1024)} MB`);
  tell({ kind: 'done', ...tally, seed });
}

function guarded(): void {
  try {
    stretch();
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    tell({ kind: 'broken', message, seed });
  }
}

guarded();
