import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Endings } from './endings.ts';

/** Servers are not always in everybody's path. */
const MORE_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin'];
const MOST_SAID = 4000;
const END_MS = 20_000;

/** Where a program lies; undefined where it is not installed. */
export function findProgram(name: string): string | undefined {
  // oxlint-disable-next-line node/no-process-env
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), ...MORE_FOLDERS];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** The first version number it tells of itself. */
export function versionOf(program: string): string {
  const { stdout, stderr } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return /\d+\.\d+\.\d+/u.exec(stdout + stderr)?.[0] ?? '';
}

/** A program of somebody else that runs until the endings. */
export class Foreign {
  readonly #child: ChildProcess;
  #said = '';

  constructor(program: string, args: readonly string[], endings: Endings) {
    // A group of its own: Ctrl-C on our terminal reaches us, and we end it in its turn.
    this.#child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said = (this.#said + text).slice(-MOST_SAID);
      });
    endings.add(() => this.#end());
  }

  /** It and what it has started. */
  pids(): readonly number[] {
    const own = this.#child.pid ?? 0;
    return [own, ...childrenOf(own)];
  }

  /** Waits until it is ready by what `is` finds; rejects with what it said when it has ended or takes too long. */
  async ready(is: () => Promise<boolean>, longestMs: number): Promise<void> {
    const until = performance.now() + longestMs;
    while (!(await is().catch(() => false))) {
      if (this.#child.exitCode !== null || performance.now() > until)
        throw new Error(`${this.#child.spawnfile} is not ready: ${this.#said}`);
      await sleep(200);
    }
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const all = this.pids();
    const ended = new Promise<boolean>((resolve) => child.once('exit', () => resolve(true)));
    child.kill('SIGTERM');
    if (await Promise.race([ended, sleep(END_MS, false)])) return;
    for (const pid of all) end(pid);
    await ended;
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile, which is what was asked.
  }
}

function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && parentOf(pid) === parent);
}

function parentOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}
