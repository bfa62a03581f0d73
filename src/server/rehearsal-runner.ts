import { Worker } from 'node:worker_threads';

import { claimRehearsal, requeueRehearsals } from '#services/monitoring';
import type { Storage } from '#storage';

import { every } from './every.ts';

const LOOK_MS = 500;
const PROGRAM = new URL('rehearsal-worker.ts', import.meta.url);

/** Runs rehearsals of drafts that wait, one at a time, in a thread of their own. */
export class RehearsalRunner {
  readonly #storage: Storage;
  readonly #stop: () => Promise<void>;
  #worker: Worker | undefined;
  #begun = false;

  constructor(storage: Storage, failed: (error: unknown) => void) {
    this.#storage = storage;
    this.#stop = every(LOOK_MS, () => this.#look(), failed);
  }

  /** What runs is left: it waits again at the next start. */
  async stop(): Promise<void> {
    await Promise.all([this.#worker?.terminate(), this.#stop()]);
  }

  async #look(): Promise<void> {
    if (!this.#begun) await requeueRehearsals(this.#storage);
    this.#begun = true;
    const id = await claimRehearsal(this.#storage, Date.now());
    if (id !== undefined) await this.#run(id);
  }

  #run(id: number): Promise<void> {
    const worker = new Worker(PROGRAM, { workerData: { location: this.#storage.location, id } });
    this.#worker = worker;
    return new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', () => resolve());
    }).finally(() => {
      this.#worker = undefined;
    });
  }
}
