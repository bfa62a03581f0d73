import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What is to be ended and removed, the last first, whatever happens. */
export class Endings {
  readonly #steps: (() => Promise<void>)[] = [];

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  /** A folder of its own, removed in the end. */
  folder(name: string): string {
    const folder = mkdtempSync(path.join(os.tmpdir(), `puan-${name}-`));
    this.add(() => Promise.resolve(rmSync(folder, { recursive: true, force: true, maxRetries: 20 })));
    return folder;
  }

  async run(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        process.stderr.write(`收尾时出错：${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const INTERRUPTED = 130;

/** Runs something that starts programs and makes folders; nothing of it stays behind, not even when it is interrupted. */
export async function withEndings(run: (endings: Endings) => Promise<void>): Promise<void> {
  const endings = new Endings();
  const interrupt = (): void => {
    process.stderr.write('正在收尾 …\n');
    void endings.run().then(() => process.exit(INTERRUPTED));
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    await run(endings);
  } finally {
    await endings.run();
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}
