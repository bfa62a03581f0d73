import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { Client } from '../../test/client.ts';
import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

const puan = new PuanProcess({ empty: true });
const restored = new PuanProcess({ empty: true });
const shelf = mkdtempSync(path.join(os.tmpdir(), 'puan-backup-'));
const archive = path.join(shelf, 'puan.tar.zst');
const PASSPHRASE = 'a-long-passphrase';
let gateway: Client;

beforeAll(async () => {
  await puan.start();
  const admin = await new Client(puan.url).as('admin', PASSWORD);
  await admin.ask('POST', '/api/v1/objects', {
    code: 'U1',
    name: '下立交',
    scenarios: ['FLOOD'],
    lat: 31.2,
    lon: 121.6,
  });
  await admin.ask('POST', '/api/v1/points', { code: 'U1', object: 'U1', element: 'FLOOD.UNDERPASS' });
  const { token } = await admin.ask<{ token: string }>('POST', '/api/v1/tokens', {
    name: '网关',
    kind: 'gateway',
  });
  gateway = new Client(puan.url, token);
}, 180_000);
afterAll(async () => {
  await puan.remove();
  await restored.remove();
  rmSync(shelf, { recursive: true });
});

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

function start(script: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.resolve(import.meta.dirname, script), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
  );
}

function run(script: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  const child = start(script, args, env);
  let out = '';
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, errors })));
}

const backup = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> =>
  run('backup.ts', args, { PUAN_DATA_DIR: puan.dataDir, ...env });
const restore = (args: readonly string[], dataDir: string, env: Readonly<Record<string, string>> = {}) =>
  run('restore.ts', args, { PUAN_DATA_DIR: dataDir, ...env });

/** Posts a reading each few milliseconds until told to stop; gives the moments of those that were answered. */
async function post(running: () => boolean, answered: number[]): Promise<void> {
  for (let at = Date.now() - 3_600_000; running(); at += 1) {
    await gateway.ask('POST', '/api/v1/readings', [{ point: 'U1', observedAt: at, value: at % 10 }]);
    answered.push(at);
  }
}

async function readings(client: Client): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (let after = ''; ;) {
    const page = await client.ask<{ items: { observedAt: string | number }[]; next: string | null }>(
      'GET',
      `/api/v1/readings?point=U1&limit=5000${after}`,
    );
    for (const { observedAt } of page.items) found.add(new Date(observedAt).getTime());
    if (page.next === null) return found;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}

test('backed up while readings go on, restored elsewhere: all that was answered before is there, and the audit holds', async () => {
  const answered: number[] = [];
  let running = true;
  const posting = post(() => running, answered);
  await expect.poll(() => answered.length, { timeout: 60_000 }).toBeGreaterThan(50);
  const before = [...answered];
  const made = await backup(['--to', archive], { PUAN_BACKUP_PASSPHRASE: PASSPHRASE });
  const during = answered.length - before.length;
  running = false;
  await posting;
  expect([made.code, made.errors]).toEqual([0, '']);
  expect(made.out).toContain('保险库钥匙已用 PUAN_BACKUP_PASSPHRASE 封在备份里');
  expect(during).toBeGreaterThan(0);
  expect(readdirSync(shelf)).toEqual(['puan.tar.zst']);

  const back = await restore([archive], restored.dataDir, { PUAN_BACKUP_PASSPHRASE: PASSPHRASE });
  expect([back.code, back.errors]).toEqual([0, '']);
  expect(back.out).toMatch(/清单核对无误.*[\s\S]*监测点 1，[\s\S]*审计链完好/u);
  expect(readFileSync(path.join(restored.dataDir, 'keys/vault.key'))).toEqual(
    readFileSync(path.join(puan.dataDir, 'keys/vault.key')),
  );
  await restored.start();
  const found = await readings(await new Client(restored.url).as('admin', PASSWORD));
  expect(before.filter((at) => !found.has(at))).toEqual([]);
  await restored.stop();
}, 180_000);

test('the key is not in a backup without a passphrase, and a restore without it is asked for knowingly', async () => {
  const bare = path.join(shelf, 'bare.tar.zst');
  const made = await backup(['--to', bare, '--json']);
  expect(JSON.parse(made.out)).toMatchObject({ file: bare, key: 'left-out' });
  const folder = path.join(shelf, 'elsewhere');
  const asked = await restore([bare], folder);
  expect([asked.code, asked.errors]).toEqual([2, expect.stringContaining('备份里没有保险库钥匙')]);
  expect(existsSync(folder)).toBe(false);
  const given = await restore([bare, '--key', path.join(puan.dataDir, 'keys/vault.key')], folder);
  expect([given.code, given.errors]).toEqual([0, '']);
  rmSync(bare);
}, 120_000);

test('a folder that is in use or holds something is not touched', async () => {
  const used = await restore([archive, '--force'], puan.dataDir);
  expect([used.code, used.errors]).toEqual([2, expect.stringContaining('正在运行')]);
  const full = await restore([archive], restored.dataDir);
  expect([full.code, full.errors]).toEqual([2, expect.stringContaining('不是空的')]);
}, 60_000);

test('a damaged archive is not restored, and leaves nothing', async () => {
  const bytes = readFileSync(archive);
  const damaged = path.join(shelf, 'damaged.tar.zst');
  const half = Math.floor(bytes.length / 2);
  const folder = path.join(shelf, 'nowhere');
  for (const wrong of [bytes.subarray(0, half), bytes.with(half, (bytes[half] ?? 0) ^ 255)]) {
    writeFileSync(damaged, wrong);
    const { code, errors } = await restore([damaged], folder, { PUAN_BACKUP_PASSPHRASE: PASSPHRASE });
    expect([code, errors]).toEqual([1, expect.stringContaining('没有恢复')]);
    expect(readdirSync(shelf).filter((name) => name.startsWith('nowhere'))).toEqual([]);
  }
}, 60_000);

test('an external database is told its own tools, and what cannot be used is said', async () => {
  const external = await backup([], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/puan' });
  expect([external.code, external.errors]).toEqual([2, expect.stringContaining('pg_basebackup')]);
  expect((await backup(['--where', 'x'])).code).toBe(2);
  expect((await backup(['--to', archive])).code).toBe(2);
  expect((await restore([], restored.dataDir)).code).toBe(2);
}, 60_000);

test('interrupted, it leaves nothing behind, and the server goes on', async () => {
  const file = path.join(shelf, 'cut.tar.zst');
  const child = start('backup.ts', ['--to', file], { PUAN_DATA_DIR: puan.dataDir });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await expect.poll(() => existsSync(`${file}.part`), { interval: 5, timeout: 20_000 }).toBe(true);
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(readdirSync(shelf).filter((name) => name.startsWith('cut'))).toEqual([]);
  await gateway.ask('POST', '/api/v1/readings', [{ point: 'U1', observedAt: Date.now(), value: 1 }]);
}, 60_000);
