import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { postgresOf } from '../test/postgres-of.ts';
import { freePort, type PuanProcess } from '../test/puan-process.ts';
import { driveElsewhere } from './elsewhere.ts';
import { type Endings, withEndings } from './endings.ts';
import { Foreign } from './foreign.ts';
import { cpuSeconds, print } from './machine.ts';
import { floodBeside, rulesBeside } from './peer-alarms.ts';
import { findAlertmanager } from './peer-alertmanager.ts';
import { type Peer, POINTS, READING_CLIENTS } from './peer.ts';
import { findPrometheus, startPrometheus } from './peer-prometheus.ts';
import { findZabbix, startZabbix } from './peer-zabbix.ts';
import type { Load, Sent } from './reading-clients.ts';
import { setStage } from './stage.ts';

const BATCH = 5000;
const CONNECTIONS = 8;
const SECONDS = 10;
/** Rounds of all points before it is measured: caches are filled, plans are made. */
const WARM_UP_ROUNDS = 2;
const STORED_MS = 400_000;
const STORED_POLL_MS = 500;
const SCRAPE_PAGE = path.join(import.meta.dirname, 'scrape-page.ts');

const INSTALL =
  '请安装对照软件后再运行：apt-get install --no-install-recommends zabbix-server-pgsql prometheus prometheus-alertmanager' +
  '（只需程序本身，不必启动它们的服务；用 Zabbix 官方源时另装 zabbix-sql-scripts）';

/** What came out for one of them. */
interface Taken {
  readonly name: string;
  /** Readings a second until they were answered, and until they were stored. */
  readonly answered: number;
  readonly stored: number;
  readonly cpuMicroseconds: number;
  readonly note: string;
}

/**
 * P1 and P2 beside Zabbix and Prometheus: the same readings of the same points by the same senders, one after the other in one run;
 * P6 beside Alertmanager and P7 beside Prometheus.
 */
export async function peers(): Promise<void> {
  await ingestBeside();
  const alertmanager = findAlertmanager();
  const prometheus = findPrometheus();
  if (alertmanager === undefined) process.stderr.write(`没有找到 Alertmanager。${INSTALL}\n`);
  else await floodBeside(alertmanager);
  if (prometheus !== undefined) await rulesBeside(prometheus);
}

async function ingestBeside(): Promise<void> {
  const zabbix = findZabbix();
  const prometheus = findPrometheus();
  if (!zabbix) process.stderr.write(`没有找到 Zabbix（zabbix_server 与它的建表脚本）。${INSTALL}\n`);
  if (prometheus === undefined) process.stderr.write(`没有找到 Prometheus。${INSTALL}\n`);
  if (!zabbix && prometheus === undefined) return;

  const ours = await alone((endings) => startPuan(endings).then(take));
  if (zabbix) {
    const theirs = await alone((endings) => startZabbix(zabbix, endings).then(take));
    compare(ours, theirs, ['stored', '落库为止']);
    compare(ours, theirs, ['answered', '答复为止（此时尚未落库）']);
    compareCpu(ours, theirs);
  }
  if (prometheus !== undefined) {
    const written = await alone((endings) => startPrometheus(prometheus, endings).then(take));
    compare(ours, written, ['answered', '远程写入，写进日志即答复，不逐条落盘']);
    compareCpu(ours, written);
    compareCpu(ours, await alone((endings) => takeScraped(prometheus, endings)), ', scraping');
  }
}

/** Nobody else is running meanwhile. */
async function alone(run: (endings: Endings) => Promise<Taken>): Promise<Taken> {
  const found: Taken[] = [];
  await withEndings(async (endings) => {
    found.push(await run(endings));
  });
  const [taken] = found;
  if (!taken) throw new Error('nothing was measured');
  return taken;
}

async function startPuan(endings: Endings): Promise<Peer> {
  say('浦安（备好数据）');
  const stage = await setStage(POINTS, undefined, {
    made: (made) => endings.add(() => endPuan(made)),
  });
  return {
    name: '浦安',
    target: { kind: 'puan', port: stage.puan.httpPort, token: stage.gatewayToken },
    pids: () => stage.pids(),
  };
}

/** The database may be filled just now, by us and not by its server. */
async function endPuan(puan: PuanProcess): Promise<void> {
  await puan.stop();
  for (const pid of postgresOf(puan.dataDir)) process.kill(pid, 'SIGQUIT');
  await puan.remove();
}

/** Sends to it, and waits until what was answered is stored. */
async function take(peer: Peer): Promise<Taken> {
  say(peer.name);
  await drive(peer, { seconds: STORED_MS / 1000, rounds: WARM_UP_ROUNDS });
  const before = await storedAll(peer, WARM_UP_ROUNDS * POINTS);
  const cpu = cpuOf(peer);
  const began = performance.now();
  const { answered, seconds, answerMs } = await drive(peer, { seconds: SECONDS });
  if (peer.stored) await storedAll(peer, before + answered);
  const untilStored = (performance.now() - began) / 1000;
  return {
    name: peer.name,
    answered: Math.round(answered / seconds),
    stored: Math.round(answered / (peer.stored ? untilStored : seconds)),
    cpuMicroseconds: rounded(((cpuOf(peer) - cpu) / answered) * 1e6),
    note: `${peer.name} 每批答复中位数 ${rounded(answerMs)} ms`,
  };
}

/** Prometheus as it likes it best: it comes and reads a page once a second. */
async function takeScraped(program: string, endings: Endings): Promise<Taken> {
  const page = await freePort();
  const server = new Foreign(process.execPath, [SCRAPE_PAGE, String(POINTS), String(page)], endings);
  await server.ready(async () => (await fetch(`http://127.0.0.1:${page}/`)).ok, STORED_MS);
  const peer = await startPrometheus(program, endings, page);
  say(`${peer.name}，每秒来取`);
  await sleep(WARM_UP_ROUNDS * 1000);
  const before = await peer.appended();
  const cpu = cpuOf(peer);
  const began = performance.now();
  await sleep(SECONDS * 1000);
  const samples = (await peer.appended()) - before;
  const rate = Math.round(samples / ((performance.now() - began) / 1000));
  return {
    name: peer.name,
    answered: rate,
    stored: rate,
    cpuMicroseconds: rounded(((cpuOf(peer) - cpu) / samples) * 1e6),
    note: `${peer.name} 每秒取一页 ${POINTS} 条，${rate} 条/s，不逐条落盘`,
  };
}

function drive(peer: Peer, until: Pick<Load, 'seconds' | 'rounds'>): Promise<Sent> {
  const load: Load = {
    target: peer.target,
    points: POINTS,
    batch: BATCH,
    connections: CONNECTIONS,
    ...until,
  };
  return driveElsewhere<Sent>(READING_CLIENTS, load);
}

/** Waits until so many are stored; gives how many are. */
async function storedAll(peer: Peer, wanted: number): Promise<number> {
  const until = performance.now() + STORED_MS;
  for (;;) {
    const stored = (await peer.stored?.()) ?? wanted;
    if (stored >= wanted) return stored;
    if (performance.now() > until) throw new Error(`${peer.name} has stored ${stored} of ${wanted}`);
    await sleep(STORED_POLL_MS);
  }
}

function compare(ours: Taken, theirs: Taken, [which, what]: readonly ['answered' | 'stored', string]): void {
  print({
    name: `P1 ingest http beside ${theirs.name}, ${which}`,
    value: ours.answered,
    unit: 'readings/s',
    peer: `${theirs.name}, ${which}`,
    peer_value: theirs[which],
    ratio: rounded(ours.answered / theirs[which]),
    note: `对方算到${what}，浦安算到提交后答复；${ours.note}，${theirs.note}；${how()}`,
  });
}

function compareCpu(ours: Taken, theirs: Taken, way = ''): void {
  print({
    name: `P2 cpu per reading beside ${theirs.name}${way}`,
    value: ours.cpuMicroseconds,
    unit: 'µs',
    peer: `${theirs.name}${way}`,
    peer_value: theirs.cpuMicroseconds,
    ratio: rounded(theirs.cpuMicroseconds / ours.cpuMicroseconds),
    note: `各自全部进程（含数据库）；${ours.note}，${theirs.note}；${how()}`,
  });
}

function how(): string {
  return (
    `${POINTS} 个监测点各四级阈值，每批 ${BATCH} 条，${CONNECTIONS} 个连接，${SECONDS} s，依次单独运行，` +
    `发送端是同一台机器上的另一个进程，一分钟平均负载 ${os.loadavg()[0]?.toFixed(1)}`
  );
}

function cpuOf(peer: Peer): number {
  return peer.pids().reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}

function say(what: string): void {
  process.stderr.write(`  ${what} …\n`);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
