import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { EmbeddedPostgres, Storage } from '#storage';

import { plantPoints } from '../plant-points.ts';
import { postgresOf } from '../postgres-of.ts';
import {
  checkAnswered,
  comes,
  faults,
  type Ground,
  memoryMiB,
  metric,
  openGround,
  readyz,
  registerLoggers,
} from './ground.ts';
import { Logger } from './logger.ts';
import type { Report } from './report.ts';
import { rateOf, Stream, STREAM_POINTS } from './stream.ts';

const LOGGERS = 40;
const FACTORS = 4;
const WARM_UP_MS = 10_000;
const RATE_MS = 5000;
const STILL_MS = 30_000;
const GONE_MS = 60_000;
const MOST_GROWTH_MIB = 200;

/**
 * Under load the database first stands still for 30 s (its processes are stopped: nothing is refused, nothing answers), then
 * it is gone for 60 s. It is one of `DATABASE_URL`, so that nobody starts it again before its time.
 */
export async function database(report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'puan-trial-'));
  let postgres = await EmbeddedPostgres.start({ dataDir: folder, log: () => undefined });
  const { user, password, database: name, host } = postgres.address;
  const url = `postgres://${user}:${password}@localhost/${name}?host=${encodeURIComponent(host)}`;
  const ground = await openGround({ env: { DATABASE_URL: url } });
  try {
    await ground.puan.stop();
    const planted = new Storage(postgres.address, () => undefined);
    await plantPoints(planted, STREAM_POINTS);
    await planted.close();
    await ground.puan.start();
    const stream = await openStream(ground);
    const loggers = (await registerLoggers(ground, LOGGERS, FACTORS)).map((one) => new Logger(ground, one));
    for (const logger of loggers) logger.start();
    stream.start();
    await sleep(WARM_UP_MS);
    report.figure('满载：每秒答过的读数', await rateOf(stream, RATE_MS));
    const load: Load = { loggers, stream, before: await memoryMiB(ground) };

    report.step('数据库停住 30 秒');
    const pids = postgresOf(folder);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    await outage(report, ground, load, { ms: STILL_MS, what: '停住' });
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    await back(report, ground, load);

    report.step('数据库不在 60 秒');
    await postgres.stop();
    await outage(report, ground, load, { ms: GONE_MS, what: '不在' });
    postgres = await EmbeddedPostgres.start({ dataDir: folder, log: () => undefined });
    await back(report, ground, load);

    await stream.stop();
    await Promise.all(loggers.map((logger) => logger.stop(60_000)));
    const answered = loggers.flatMap((logger) => logger.answered);
    const storage = new Storage(postgres.address, () => undefined);
    const { missing, twice } = await checkAnswered(storage, answered);
    await stream.check(report, storage);
    await storage.close();
    report.fact('答过的一条不少', missing === 0, `${answered.length} 条，少 ${missing}`);
    report.fact('没有一条存了两遍', twice === 0, twice);
    report.figure(
      '设备重发的帧',
      loggers.reduce((sum, { resent }) => sum + resent, 0),
    );
    const found = await comes(90_000, async () => (await faults(ground, 'ingest-down')).length > 0, 2000);
    const [fault] = await faults(ground, 'ingest-down');
    report.fact('开了故障单', found, fault === undefined ? '没有' : `${fault.summary}（${fault.state}）`);
    report.fact('服务没有倒', ground.puan.crashes === 0);
  } finally {
    await ground.puan.remove();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Outage {
  readonly ms: number;
  readonly what: string;
}

interface Load {
  readonly loggers: readonly Logger[];
  readonly stream: Stream;
  /** MiB before the first outage. */
  readonly before: number;
}

async function openStream({ district, puan }: Ground): Promise<Stream> {
  const { token } = await district.ask<{ token: string }>('POST', '/api/v1/tokens', {
    name: 'trial',
    kind: 'gateway',
  });
  return new Stream(puan.httpPort, token);
}

async function outage(report: Report, ground: Ground, load: Load, { ms, what }: Outage): Promise<void> {
  const began = performance.now();
  // What was under way may still have been answered.
  await sleep(3000);
  const answered = countOf(load);
  const state = async (): Promise<boolean> =>
    (await readyz(ground)) === 503 && (await metric(ground, 'puan_database_up')) === 0;
  report.fact(`${what}：readyz 说没准备好，metrics 说数据库不应答`, await comes(15_000, state));
  const ingest = async (): Promise<boolean> => (await metric(ground, 'puan_ingest_up')) === 0;
  report.fact(`${what}：metrics 说读数写不进去`, await comes(15_000, ingest));
  await sleep(Math.max(0, ms - (performance.now() - began)));
  report.fact(`${what}：一帧也没有应答`, countOf(load) === answered, countOf(load) - answered);
  const after = await memoryMiB(ground);
  report.fact(`${what}：内存有界`, after - load.before < MOST_GROWTH_MIB, `${load.before} → ${after} MiB`);
}

async function back(report: Report, ground: Ground, { loggers, stream }: Load): Promise<void> {
  const began = performance.now();
  const answered = loggers.map((logger) => logger.answered.length);
  const streamed = stream.answered;
  const isBack = await comes(
    60_000,
    () => stream.answered > streamed && loggers.every((one, i) => one.answered.length > (answered[i] ?? 0)),
    100,
  );
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  report.fact('回来以后每台设备都接上了', isBack, `${seconds} 秒`);
  report.fact('readyz 又说准备好了', await comes(15_000, async () => (await readyz(ground)) === 200));
  report.figure('回来以后每秒答过的读数', await rateOf(stream, RATE_MS));
}

const countOf = ({ loggers, stream }: Load): number =>
  loggers.reduce((sum, { answered }) => sum + answered.length, stream.answered);
