import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { fillFromTemplate } from './data-template.ts';

const MAIN = path.resolve(import.meta.dirname, '../src/server/main.ts');

export const PASSWORD = 'Puan-test-2024';

/** A whole Puan in a process and a data folder of its own, on free ports. */
export class PuanProcess {
  readonly dataDir: string;
  readonly #options: { readonly empty: boolean; readonly env: Readonly<Record<string, string>> };
  #child: ChildProcess | undefined;
  ports: Ports = { http: 0, hj212: 0, sl651: 0, gb26875: 0, mqtt: 0 };
  /** How often it ended without being asked to. */
  crashes = 0;
  /** What it wrote to stderr, for a test that fails. */
  errors = '';

  /** `home`: where its data folder is made; the system's folder for such things unless told. */
  constructor(
    options: {
      readonly empty?: boolean;
      readonly env?: Readonly<Record<string, string>>;
      readonly home?: string;
    } = {},
  ) {
    this.#options = { empty: options.empty ?? false, env: options.env ?? {} };
    this.dataDir = mkdtempSync(path.join(options.home ?? os.tmpdir(), 'puan-process-'));
  }

  get httpPort(): number {
    return this.ports.http;
  }

  get hj212Port(): number {
    return this.ports.hj212;
  }

  get url(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts it and waits until it answers; the ports stay the same from the first start on. */
  async start(): Promise<void> {
    if (this.httpPort === 0) {
      this.ports = await freePorts();
      if (!this.#options.empty) await fillFromTemplate(this.dataDir, (folder) => this.#firstStart(folder));
    }
    await this.#start(this.dataDir);
  }

  async #firstStart(dataDir: string): Promise<void> {
    await this.#start(dataDir);
    await this.stop();
    // Figures (`bench/`) and trials are of what runs in production.
    if (process.env['VITEST'] === undefined) return;
    // What a test kills is a process, never the machine: what it has written is with the system. Elsewhere lies only a cluster
    // that is not copied.
    const settings = path.join(dataDir, 'postgres/postgresql.auto.conf');
    if (existsSync(settings)) appendFileSync(settings, 'fsync = off\n');
  }

  async #start(dataDir: string): Promise<void> {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', MAIN, ...(this.#options.empty ? ['--empty'] : [])],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          PUAN_DATA_DIR: dataDir,
          PUAN_HTTP_PORT: String(this.httpPort),
          PUAN_HJ212_PORT: String(this.ports.hj212),
          PUAN_SL651_PORT: String(this.ports.sl651),
          PUAN_GB26875_PORT: String(this.ports.gb26875),
          PUAN_MQTT_PORT: String(this.ports.mqtt),
          PUAN_BOOTSTRAP_PASSWORD: PASSWORD,
          PUAN_LOG: 'warn',
          PUAN_SIMULATOR: 'off',
          PUAN_CHAIN_TESTS: 'off',
          ...this.#options.env,
        },
      },
    );
    this.#child = child;
    child.once('exit', () => {
      if (this.#child === child) this.crashes += 1;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    await new Promise<void>((resolve, reject) => {
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('puan ready')) resolve();
      });
      child.once('exit', (code) =>
        reject(new Error(`Puan ended with ${code} before it was ready\n${this.errors}`)),
      );
    });
  }

  /** SIGKILL: no farewell, the database stays behind as it would in a crash. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Ends it and removes its data. */
  async remove(): Promise<void> {
    await this.stop();
    for (let tries = 0; tries < 20; tries += 1) {
      try {
        rmSync(this.dataDir, { recursive: true, force: true });
        return;
      } catch {
        await sleep(100);
      }
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }
}

const PORTS = ['http', 'hj212', 'sl651', 'gb26875', 'mqtt'] as const;
type Ports = Readonly<Record<(typeof PORTS)[number], number>>;

/**
 * One free port for each, below those the system gives to whoever calls out: a connection of another test must not have taken
 * it by the time it is listened on, or listened on again after a restart.
 */
async function freePorts(): Promise<Ports> {
  const taken = new Set<number>();
  for (const _ of PORTS) taken.add(await freePort(taken));
  const ports = [...taken];
  return Object.fromEntries(PORTS.map((name, i) => [name, ports[i] ?? 0])) as Ports;
}

const LOWEST_PORT = 10_000;
const HIGHEST_PORT = 32_000;

/** A port nobody listens on just now, nor is given to whoever calls out. */
export async function freePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST_PORT, HIGHEST_PORT);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
