import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { setTimeout as sleep } from 'node:timers/promises';

import { handOver, type ProgramUser, programUser } from './as-user.ts';
import { findBinaries } from './binaries.ts';
import { endOrphans, livingPostmaster } from './processes.ts';
import { SETTINGS } from './settings.ts';

/** How to reach a database: what `pg` takes. */
export interface DatabaseAddress {
  readonly host: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** A fault of the embedded database in one sentence that says what to do. */
export class PostgresStartError extends Error {
  override readonly name = 'PostgresStartError';
}

export interface EmbeddedPostgresOptions {
  /** Puan's data folder; the cluster lives in `<dataDir>/postgres`. */
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** Told when the postmaster ended without being asked to; it is started again by itself. */
  readonly onCrash?: () => void;
}

const USER = 'puan';

/** ICU collation for Chinese; a UTF-8 character type, without which Chinese trigrams are empty. */
const INITDB: readonly string[] = [
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale-provider=icu',
  '--icu-locale=zh-Hans-CN',
  '--lc-ctype=C.UTF-8',
  '--lc-collate=C.UTF-8',
];

/**
 * The embedded PostgreSQL: initialised on first use, started on a private socket, started again when it dies, adopted
 * when our own earlier process left it running.
 */
export class EmbeddedPostgres {
  readonly address: DatabaseAddress;
  readonly #options: EmbeddedPostgresOptions;
  readonly #cluster: string;
  readonly #user: ProgramUser;
  #child: ChildProcess | undefined;
  #stopping = false;

  private constructor(options: EmbeddedPostgresOptions, user: ProgramUser, address: DatabaseAddress) {
    this.#options = options;
    this.#cluster = path.join(user.base, 'postgres');
    this.#user = user;
    this.address = address;
  }

  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const native = findBinaries();
    if (!native) {
      throw new PostgresStartError(
        `没有适合本机（${process.platform} ${process.arch}）的内置 PostgreSQL。请用 DATABASE_URL 指定一个 PostgreSQL 17 以上的数据库。`,
      );
    }
    mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
    const user = programUser(native, options.dataDir);
    const host = socketFolder(user.base);
    handOver(host, user);
    const embedded = new EmbeddedPostgres(options, user, {
      host,
      user: USER,
      password: passwordOf(options.dataDir),
      database: 'puan',
    });
    embedded.#initialise();
    await embedded.#run();
    return embedded;
  }

  /** True where the database was running already: another process may be using it. */
  get adopted(): boolean {
    return this.#child === undefined;
  }

  /** Leaves a database that was adopted as it is: when its owner ends it, it stays ended. */
  leave(): void {
    this.#stopping = true;
  }

  /** Ends the database orderly (fast shutdown) and waits for it. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const pid = this.#child?.pid ?? livingPostmaster(this.#cluster);
    if (pid === undefined) return;
    signal(pid, 'SIGINT');
    for (let waited = 0; waited < 300 && livingPostmaster(this.#cluster) !== undefined; waited += 1)
      await sleep(50);
  }

  #initialise(): void {
    if (existsSync(path.join(this.#cluster, 'PG_VERSION'))) return;
    if (existsSync(this.#cluster)) {
      throw new PostgresStartError(
        `数据文件夹 ${this.#cluster} 不完整（没有 PG_VERSION）。请从备份恢复它；确认里面没有要保留的数据时，把它移走后重新启动。`,
      );
    }
    const fresh = `${this.#cluster}.new`;
    rmSync(fresh, { recursive: true, force: true });
    handOver(fresh, this.#user);
    const secret = path.join(fresh, '..', 'initdb.secret');
    writeFileSync(secret, this.address.password, { mode: 0o600 });
    handOverFile(secret, this.#user);
    const made = this.#call('initdb', ['-D', fresh, '-U', USER, `--pwfile=${secret}`, ...INITDB]);
    rmSync(secret, { force: true });
    if (made.status !== 0) {
      throw new PostgresStartError(
        `内置数据库初始化失败：${lastLine(made.stderr)}。请检查磁盘空间和 ${this.#options.dataDir} 的权限。`,
      );
    }
    renameSync(fresh, this.#cluster);
  }

  async #run(): Promise<void> {
    if (await this.#adopt()) return;
    endOrphans(this.#cluster);
    // Locks of a postmaster that was killed; its number may live on in another process.
    for (const lock of [path.join(this.#cluster, 'postmaster.pid'), this.#socket, `${this.#socket}.lock`]) {
      rmSync(lock, { force: true });
    }
    const lines: string[] = [];
    const child = this.#spawn(lines);
    this.#child = child;
    for (let tries = 0; tries < 1200; tries += 1) {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new PostgresStartError(
          `内置数据库没有起来：${lines.slice(-3).join(' ')}。数据文件夹 ${this.#cluster} 可能已损坏，请从备份恢复，或改用 DATABASE_URL。`,
        );
      }
      if (await this.#answers()) break;
      await sleep(50);
    }
    child.on('exit', () => void this.#restart());
  }

  /** Takes over a postmaster that our earlier process left behind; it may still be recovering from a crash. */
  async #adopt(): Promise<boolean> {
    for (let tries = 0; tries < 1200 && livingPostmaster(this.#cluster) !== undefined; tries += 1) {
      if (await this.#answers()) {
        this.#options.log('接管上次留下的数据库进程');
        this.#watchAdopted();
        return true;
      }
      await sleep(50);
    }
    return false;
  }

  get #socket(): string {
    return path.join(this.address.host, '.s.PGSQL.5432');
  }

  #spawn(lines: string[]): ChildProcess {
    const args = [
      '-D',
      this.#cluster,
      '-k',
      this.address.host,
      ...SETTINGS.flatMap((setting) => ['-c', setting]),
    ];
    const [command = '', ...rest] = [
      ...this.#user.prefix,
      path.join(this.#user.native, 'bin', 'postgres'),
      ...args,
    ];
    // Its own process group: a Ctrl-C on our terminal must reach us first, so that we end it after our last commit.
    const child = spawn(command, rest, {
      ...this.#user.ids,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n').filter((part) => part !== '')) {
        lines.push(line);
        if (lines.length > 50) lines.shift();
        if (/\b(FATAL|PANIC)\b/u.test(line) && !STARTING.test(line)) this.#options.log(line);
      }
    });
    child.unref();
    return child;
  }

  async #restart(): Promise<void> {
    if (this.#stopping) return;
    this.#options.log('数据库进程意外退出，正在重新启动');
    this.#options.onCrash?.();
    for (let wait = 100; !this.#stopping; wait = Math.min(wait * 2, 5000)) {
      try {
        await this.#run();
        return;
      } catch (error) {
        this.#options.log(String(error));
        await sleep(wait);
      }
    }
  }

  /** An adopted postmaster is not our child: look at it once a second. */
  #watchAdopted(): void {
    const timer = setInterval(() => {
      if (livingPostmaster(this.#cluster) !== undefined) return;
      clearInterval(timer);
      void this.#restart();
    }, 1000);
    timer.unref();
  }

  async #answers(): Promise<boolean> {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ ...this.address, database: 'postgres', connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const found = await client.query("select 1 from pg_database where datname = 'puan'");
      if (found.rowCount === 0) await client.query('create database puan');
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === '28P01') {
        throw new PostgresStartError(
          `数据文件夹里的数据库口令与 ${path.join(this.#options.dataDir, 'postgres.secret')} 不符。请恢复原来的口令文件。`,
          { cause: error },
        );
      }
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  #call(program: string, args: readonly string[]): { status: number | null; stderr: string } {
    const [command = '', ...rest] = [
      ...this.#user.prefix,
      path.join(this.#user.native, 'bin', program),
      ...args,
    ];
    const done = spawnSync(command, rest, { ...this.#user.ids, encoding: 'utf8' });
    return { status: done.status, stderr: done.stderr || String(done.error ?? '') };
  }
}

/** While it starts, or recovers from a crash, it refuses our own questions; that is no news. */
const STARTING = /starting up|not yet accepting connections/u;

/** A socket's path may hold about 100 bytes: deep data folders get a short one of their own. */
function socketFolder(dataDir: string): string {
  const inside = path.join(dataDir, 'run');
  if (inside.length < 80) return inside;
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return path.join(os.tmpdir(), `puan-${name}`);
}

function passwordOf(dataDir: string): string {
  const file = path.join(dataDir, 'postgres.secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

function handOverFile(file: string, user: ProgramUser): void {
  const { uid, gid } = user.ids;
  if (uid !== undefined && gid !== undefined) chownSync(file, uid, gid);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile, which is what was asked.
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
