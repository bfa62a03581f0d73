/**
 * `npm run backup [-- --to 文件] [--json]`：把运行中（或已停止）的浦安整个备份成一个文件，读数照收。成功退出码 0，没做成 1，
 * 参数用不了、数据库不是内置的 2。
 */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { type BackupDone, makeBackup } from '#storage';

import { backupName } from './backup-name.ts';
import { readConfig } from './config.ts';
import { openFoundDatabase, Unusable } from './found-database.ts';
import { LineProgress } from './line-progress.ts';

const USAGE = '用法：npm run backup [-- --to 文件] [--json]';

interface Wanted {
  readonly to: string | undefined;
  readonly json: boolean;
}

function readArguments(argv: readonly string[]): Wanted {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { to: { type: 'string' }, json: { type: 'boolean' } },
    });
    return { to: values.to, json: values.json ?? false };
  } catch {
    throw new Unusable(`不认识的参数：${argv.join(' ')}\n${USAGE}`);
  }
}

function said(file: string, dataDir: string, done: BackupDone): string {
  const key =
    done.key === 'sealed'
      ? '保险库钥匙已用 PUAN_BACKUP_PASSPHRASE 封在备份里；口令请另行保管，丢了就打不开。'
      : `保险库钥匙不在备份里：请把 ${path.join(dataDir, 'keys/vault.key')} 另行保管，没有它，电话和两步验证的密钥读不回来。`;
  const near = path.resolve(file).startsWith(dataDir + path.sep)
    ? '\n备份还在数据文件夹里：磁盘坏了会一起丢失，请用 --to 或 PUAN_BACKUP_DIR 放到别的磁盘或机器上。'
    : '';
  const took = ((done.endedAt - done.begunAt) / 1000).toFixed(1);
  return `备份完成：${file}\n${done.files} 个文件，${gib(done.bytes)}，用时 ${took} 秒。备份开始之前答复过的数据都在里面。\n${key}${near}`;
}

function gib(bytes: number): string {
  return bytes < 2 ** 30 ? `${(bytes / 2 ** 20).toFixed(1)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

async function main(): Promise<void> {
  const wanted = readArguments(process.argv.slice(2));
  const config = readConfig(process.env, []);
  if (config.databaseUrl !== undefined) {
    throw new Unusable(
      'DATABASE_URL 指定的外部数据库不由本程序备份。请用它自己的工具：pg_basebackup（整库，可恢复到任一时刻）或 pg_dump；数据文件夹里的 keys 和 audit-heads 另外复制。',
    );
  }
  const file = path.resolve(wanted.to ?? path.join(config.backup.folder, backupName(Date.now())));
  if (existsSync(file)) throw new Unusable(`${file} 已经存在。请换一个名字。`);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  const database = await openFoundDatabase(config);
  const progress = new LineProgress('正在备份', wanted.json);
  try {
    const done = await makeBackup({
      location: database.location,
      dataDir: config.dataDir,
      file,
      passphrase: config.backup.passphrase,
      now: () => Date.now(),
      signal: ending.signal,
      onProgress: (bytes, total) => progress.show(bytes, total),
    });
    progress.end();
    process.stdout.write(
      `${wanted.json ? JSON.stringify({ file, ...done }) : said(file, config.dataDir, done)}\n`,
    );
  } catch (error) {
    progress.end();
    if (!ending.signal.aborted) throw error;
    process.stderr.write('已中断，没有留下不完整的备份。\n');
    process.exitCode = 130;
  } finally {
    await database.close();
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof Unusable ? 2 : 1;
}
