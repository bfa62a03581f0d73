/**
 * `npm run restore -- 备份文件 [--force] [--key 钥匙文件 | --without-key]`：把备份恢复到 PUAN_DATA_DIR，核对清单、重放日志、
 * 核验审计链。成功 0；备份坏了、审计链断开 1；参数用不了、文件夹在用或不空 2。
 */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { clusterFolder, type Manifest, openKey, SEALED_KEY, unpackBackup } from '#storage';
import { sql } from 'kysely';

import { type Config, readConfig } from './config.ts';
import { openFoundDatabase, Unusable } from './found-database.ts';
import { LineProgress } from './line-progress.ts';

const USAGE = '用法：npm run restore -- 备份文件 [--force] [--key 钥匙文件 | --without-key]';
const AUDIT = path.join(import.meta.dirname, 'verify-audit.ts');

interface Wanted {
  readonly file: string;
  readonly force: boolean;
  readonly key: string | undefined;
  readonly withoutKey: boolean;
}

function readArguments(argv: readonly string[]): Wanted {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        force: { type: 'boolean' },
        key: { type: 'string' },
        'without-key': { type: 'boolean' },
      },
    });
  } catch {
    throw new Unusable(`不认识的参数：${argv.join(' ')}\n${USAGE}`);
  }
  const { values, positionals } = parsed;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Unusable(`请写明一个备份文件。\n${USAGE}`);
  if (!existsSync(file)) throw new Unusable(`没有 ${file} 这个文件。`);
  const withoutKey = values['without-key'] ?? false;
  if (values.key !== undefined && !existsSync(values.key))
    throw new Unusable(`没有 ${values.key} 这个文件。`);
  return { file: path.resolve(file), force: values.force ?? false, key: values.key, withoutKey };
}

/** Refuses a folder that somebody uses, or that holds something and may not be moved aside. */
function refuseTaken({ dataDir, databaseUrl }: Config, force: boolean): void {
  if (databaseUrl !== undefined)
    throw new Unusable(
      '设了 DATABASE_URL：外部数据库请用它自己的工具恢复（pg_basebackup 的备份，或 pg_restore）。',
    );
  const cluster = clusterFolder(dataDir);
  if (!cluster) throw new Unusable('没有适合本机的内置 PostgreSQL，恢复不了。请在备份所用的同类机器上恢复。');
  if (cluster.isInUse) throw new Unusable(`${dataDir} 里的数据库正在运行。请先停下浦安再恢复。`);
  if (!force && existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new Unusable(
      `${dataDir} 不是空的。请换一个 PUAN_DATA_DIR；确认要换掉它时加 --force（原来的会移到旁边，不删除）。`,
    );
}

/** The vault's key for the restored folder: out of the archive, out of a file, or knowingly none. */
function keyFor(unpacked: string, wanted: Wanted, passphrase: string | undefined): Buffer | undefined {
  if (wanted.key !== undefined) return readFileSync(wanted.key);
  const sealed = path.join(unpacked, SEALED_KEY);
  if (existsSync(sealed) && passphrase !== undefined) {
    const key = openKey(readFileSync(sealed), passphrase);
    if (key) return key;
    throw new Unusable(
      'PUAN_BACKUP_PASSPHRASE 打不开备份里的保险库钥匙。请核对口令，或用 --key 给出钥匙文件。',
    );
  }
  if (wanted.withoutKey) return undefined;
  throw new Unusable(
    existsSync(sealed)
      ? '备份里的保险库钥匙是封着的：请设 PUAN_BACKUP_PASSPHRASE，或用 --key 给出钥匙文件。'
      : '备份里没有保险库钥匙：请用 --key 给出另行保管的 vault.key。真的没有时加 --without-key，电话和两步验证的密钥将读不回来。',
  );
}

/** Puts the unpacked folder into its place; what was there is moved aside and named. */
function putInPlace(unpacked: string, dataDir: string): string | undefined {
  let aside: string | undefined;
  if (existsSync(dataDir)) {
    if (readdirSync(dataDir).length === 0) rmdirSync(dataDir);
    else {
      aside = `${dataDir}.before-${Date.now()}`;
      renameSync(dataDir, aside);
    }
  }
  renameSync(unpacked, dataDir);
  const cluster = clusterFolder(dataDir);
  const plain = path.join(dataDir, 'postgres');
  if (cluster && cluster.folder !== plain) {
    if (existsSync(cluster.folder)) renameSync(cluster.folder, `${cluster.folder}.before-${Date.now()}`);
    renameSync(plain, cluster.folder);
  }
  cluster?.handOver();
  return aside;
}

/** Starts the database, which plays its log, and counts what came back; then the audit is verified on it. */
async function comeBack(config: Config): Promise<number> {
  const database = await openFoundDatabase(config);
  try {
    const { rows } = await sql<Readonly<Record<string, number>>>`
      select (select count(*) from monitored_object) as objects, (select count(*) from point) as points,
        (select count(*) from warning) as warnings, (select count(*) from work_order) as orders,
        (select count(*) from fault) as faults, (select count(*) from audit) as audits,
        (select coalesce(sum(received), 0) from reading_count)::float8 as readings`.execute(
      database.storage.system,
    );
    const { objects, points, warnings, orders, faults, audits, readings } = rows[0] ?? {};
    process.stdout.write(
      `恢复了：监测对象 ${objects}，监测点 ${points}，读数 ${readings}，预警 ${warnings}，工单 ${orders}，故障 ${faults}，审计记录 ${audits}。\n`,
    );
    const verifying = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', AUDIT], {
      stdio: 'inherit',
      // oxlint-disable-next-line node/no-process-env -- handed on as it was given
      env: { ...process.env, PUAN_DATA_DIR: config.dataDir },
    });
    return await new Promise((resolve) => verifying.once('exit', (code) => resolve(code ?? 1)));
  } finally {
    await database.close();
  }
}

async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2));
  const config = readConfig(process.env, []);
  refuseTaken(config, wanted.force);
  const unpacked = `${config.dataDir}.restoring-${process.pid}`;
  mkdirSync(path.dirname(unpacked), { recursive: true });
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  const progress = new LineProgress('正在解开并核对', false);
  let told: Manifest;
  try {
    told = await unpackBackup({
      file: wanted.file,
      into: unpacked,
      signal: ending.signal,
      onProgress: (done, total) => progress.show(done, total),
    });
  } finally {
    progress.end();
  }
  try {
    const key = keyFor(unpacked, wanted, config.backup.passphrase);
    const keys = path.join(unpacked, 'keys');
    rmSync(keys, { recursive: true, force: true });
    if (key) {
      mkdirSync(keys, { mode: 0o700 });
      writeFileSync(path.join(keys, 'vault.key'), key, { mode: 0o600 });
    }
  } catch (error) {
    rmSync(unpacked, { recursive: true, force: true });
    throw error;
  }
  const aside = putInPlace(unpacked, config.dataDir);
  const from = new Date(told.begunAt).toISOString();
  process.stdout.write(
    `清单核对无误（${told.files.length} 个文件）。备份开始于 ${from}，恢复到 ${config.dataDir}。\n`,
  );
  if (aside !== undefined) process.stdout.write(`原来的数据文件夹移到了 ${aside}。\n`);
  return comeBack(config);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof Unusable ? 2 : 1;
}
