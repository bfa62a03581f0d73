/**
 * `npm run audit:verify [-- --head 文件] [--json]`：重算整条审计链，与封条、签名头对照。完好退出码 0，断开 1，参数或数据库用不了 2。
 * 服务在运行或已停止都可以；只读，不停别人开着的数据库。
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { toBeijing } from '#base';
import {
  headFolder,
  HeadKey,
  keptHeads,
  readHeadFile,
  type Verification,
  verifyAudit,
} from '#services/platform';
import { openVault, type Storage } from '#storage';

import { type Config, readConfig } from './config.ts';
import { openFoundDatabase, Unusable } from './found-database.ts';

const USAGE = '用法：npm run audit:verify -- [--head 签名头文件]… [--json]';
const STEP = 100_000;
const UNDEFINED_TABLE = '42P01';

type Kept = Awaited<ReturnType<typeof keptHeads>>['heads'][number];

interface Wanted {
  readonly heads: readonly string[];
  readonly json: boolean;
}

function readArguments(argv: readonly string[]): Wanted {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { head: { type: 'string', multiple: true }, json: { type: 'boolean' } },
    });
    return { heads: values.head ?? [], json: values.json ?? false };
  } catch {
    throw new Unusable(`不认识的参数：${argv.join(' ')}\n${USAGE}`);
  }
}

async function verify(
  config: Config,
  storage: Storage,
  { json, elsewhere }: { readonly json: boolean; readonly elsewhere: readonly Kept[] },
): Promise<Verification> {
  const { heads, faults } = await keptHeads(headFolder(config.dataDir));
  // Without the vault's key heads are compared with one another only; it is not made here.
  const hasKey = existsSync(path.join(config.dataDir, 'keys', 'vault.key'));
  let told = 0;
  return verifyAudit(storage.system, {
    ownFiles: heads,
    fileFaults: faults,
    elsewhere,
    publicKey: hasKey ? new HeadKey(openVault(config.dataDir)).publicKey : undefined,
    onProgress: (seq) => {
      if (json || !process.stderr.isTTY || seq < told + STEP) return;
      told = seq;
      process.stderr.write(`已核验 ${seq} 环\r`);
    },
  });
}

function sentences(found: Verification): string {
  const { faults, links, seq, hash, waiting, heads, tookMs } = found;
  const looked = `共 ${links} 环，最新第 ${seq} 环（${hash.slice(0, 16)}…），比对签名头 ${heads} 个，待封存 ${waiting} 条，用时 ${(tookMs / 1000).toFixed(1)} 秒`;
  if (faults.length === 0) return `审计链完好。${looked}。`;
  const lines = faults.map(({ seq, auditId, at, text }) => {
    const where = [
      seq === null ? [] : `第 ${seq} 环`,
      auditId === null ? [] : `记录 ${auditId}`,
      at === null ? [] : moment(at),
    ].flat();
    return `  ${where.join('，')}${where.length > 0 ? '：' : ''}${text}`;
  });
  return `审计链断开，从下面第一处查起：\n${lines.join('\n')}\n${looked}。`;
}

function moment(at: number): string {
  const { year, month, day, msOfDay } = toBeijing(at);
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(msOfDay / 3_600_000)}:${two((msOfDay / 60_000) % 60)}:${two((msOfDay / 1000) % 60)}`;
}

async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2));
  const config = readConfig(process.env, []);
  const elsewhere = await Promise.all(
    wanted.heads.map(async (file) => ({ head: await readHeadFile(file), from: file })),
  );
  const database = await openFoundDatabase(config);
  process.once('SIGINT', () => void database.close().finally(() => process.exit(130)));
  try {
    const found = await verify(config, database.storage, { json: wanted.json, elsewhere });
    process.stdout.write(`${wanted.json ? JSON.stringify(found) : sentences(found)}\n`);
    return found.ok ? 0 : 1;
  } finally {
    await database.close();
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === UNDEFINED_TABLE)
    return '这个数据库里还没有审计链。请先用本版本启动一次。';
  return error.message;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${reason(error)}\n`);
  process.exitCode = 2;
}
