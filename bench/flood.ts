import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from '../test/client.ts';
import { cpuSeconds, print } from './machine.ts';
import { setStage, type Stage } from './stage.ts';

const OBJECTS = 20_000;
const BATCH = 5000;
/** Level red: no on-delay. */
const RED_CM = 62;
const CALM_CM = 1;
const LONGEST_MS = 600_000;
const BULK = 5000;

/** When the first and the last of a kind of event came to a browser's stream, in ms since the first reading was sent. */
interface Heard {
  count: number;
  first: number;
  last: number;
}

/**
 * P6: 20,000 objects breach at once → each has its warning and its order, stored and told in the event stream. Puan, its PostgreSQL
 * and whoever sends and listens are processes of their own. Then what the desk does: cards, and one act on 5,000 warnings.
 */
export async function flood(): Promise<void> {
  const stage = await setStage(OBJECTS);
  try {
    await everyday(stage);
    report(await raiseFlood(stage));
    await desk(stage);
  } finally {
    await stage.puan.remove();
  }
}

/** A flood comes over objects that have been reporting: each is heard once, and stock has been taken of them as every minute. */
async function everyday(stage: Stage): Promise<void> {
  const began = Date.now();
  await sendAll(stage, began, CALM_CM);
  for (let takenAt = 0; takenAt < began; await sleep(500)) {
    takenAt = (await stage.admin.ask<{ takenAt: number | null }>('GET', '/api/v1/coverage')).takenAt ?? 0;
  }
}

/** What a flood came to: what the stream heard, and when (ms) the last reading was answered and everything told. */
interface Raised {
  readonly heard: ReadonlyMap<string, Heard>;
  readonly answered: number;
  readonly told: number;
  /** CPU seconds of the server and of its PostgreSQL meanwhile. */
  readonly cpu: readonly [server: number, database: number];
}

export async function raiseFlood(stage: Stage): Promise<Raised> {
  const began = { at: 0 };
  const heard = new Map<string, Heard>();
  let settled: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (settled = resolve));
  const stream = await listen(stage, (type) => {
    note(heard, type, performance.now() - began.at);
    if (countOf(heard, 'warning.raised') >= OBJECTS && countOf(heard, 'work-order.raised') >= OBJECTS)
      settled();
  });
  const cpu = cpuClock(stage);
  began.at = performance.now();
  const observedAt = Date.now();
  await sendAll(stage, observedAt, RED_CM);
  const answered = performance.now() - began.at;
  await within(all, heard);
  stream.destroy();
  const last = (type: string): number => heard.get(type)?.last ?? 0;
  const told = Math.max(last('warning.raised'), last('work-order.raised'));
  return { heard, answered, told, cpu: cpu() };
}

/** CPU seconds of the server and of its PostgreSQL from now on; a process that has ended meanwhile (autovacuum) does not count. */
function cpuClock(stage: Stage): () => readonly [number, number] {
  const now = (): ReadonlyMap<number, number> => new Map(stage.pids().map((pid) => [pid, cpuSeconds(pid)]));
  const before = now();
  return () => {
    const used = [...now()].map(([pid, seconds]) => ({ pid, seconds: seconds - (before.get(pid) ?? 0) }));
    const sum = (isServer: boolean): number =>
      used.reduce((all, { pid, seconds }) => all + ((pid === stage.puan.pid) === isServer ? seconds : 0), 0);
    return [sum(true), sum(false)];
  };
}

function report({ heard, answered, told, cpu: [server, database] }: Raised): void {
  const steps = ['alarm.raised', 'warning.raised', 'work-order.raised'].map((type) => {
    const one = heard.get(type);
    return `${type} ${Math.round(one?.first ?? 0)}–${Math.round(one?.last ?? 0)} ms`;
  });
  print({
    name: 'P6 flood of 20,000 breaches, all told',
    value: Math.round(told),
    unit: 'ms',
    note: `读数全部答复 ${Math.round(answered)} ms；事件流收到（首–末）：${steps.join('，')}；CPU 服务 ${server.toFixed(1)} s、数据库 ${database.toFixed(1)} s；目标 4000 ms`,
  });
}

/** What the desk asks for after it: the cards, and one act on 5,000. */
async function desk({ admin, puan }: Stage): Promise<void> {
  const began = performance.now();
  const { items } = await admin.ask<{ items: { sentence: string }[] }>(
    'GET',
    '/api/v1/warning-cards?replay=false',
  );
  print({
    name: 'cards over 20,000 open warnings',
    value: Math.round(performance.now() - began),
    unit: 'ms',
    note: `第一次请求；${items.length} 张卡片，首张“${items[0]?.sentence}”`,
  });
  const ids: number[] = [];
  for (let after = ''; ids.length < BULK;) {
    const page = await admin.ask<{ items: { id: number }[]; next: string | null }>(
      'GET',
      `/api/v1/warnings?state=open&limit=500${after === '' ? '' : `&after=${after}`}`,
    );
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === null) break;
    after = page.next;
  }
  const client = new Client(puan.url, admin.token);
  const from = performance.now();
  const { done } = await client.ask<{ done: number }>('POST', '/api/v1/warnings/bulk', {
    target: { ids: ids.slice(0, BULK) },
    action: 'acknowledge',
    key: crypto.randomUUID(),
  });
  print({
    name: 'bulk acknowledgement of 5,000 warnings',
    value: Math.round(performance.now() - from),
    unit: 'ms',
    note: `一次请求，${done} 条签收，逐条审计、逐条告知；目标 1000 ms`,
  });
}

async function within(all: Promise<void>, heard: ReadonlyMap<string, Heard>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`heard after ${LONGEST_MS} ms: ${JSON.stringify([...heard])}`)),
      LONGEST_MS,
    );
  });
  await Promise.race([all, late]).finally(() => clearTimeout(timer));
}

function note(heard: Map<string, Heard>, type: string, at: number): void {
  const one = heard.get(type) ?? { count: 0, first: at, last: at };
  one.count += 1;
  one.last = at;
  heard.set(type, one);
}

function countOf(heard: ReadonlyMap<string, Heard>, type: string): number {
  return heard.get(type)?.count ?? 0;
}

function listen(stage: Stage, onEvent: (type: string) => void): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = get(
      `${stage.puan.url}/api/v1/events`,
      { headers: { authorization: `Bearer ${stage.admin.token ?? ''}` } },
      (reply) => {
        let text = '';
        reply.setEncoding('utf8').on('data', (part: string) => {
          const lines = (text + part).split('\n');
          text = lines.pop() ?? '';
          for (const line of lines) if (line.startsWith('event: ')) onEvent(line.slice(7));
        });
        resolve(reply);
      },
    );
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET') reject(error);
    });
  });
}

async function sendAll(stage: Stage, observedAt: number, least: number): Promise<void> {
  await Promise.all(
    Array.from({ length: OBJECTS / BATCH }, (_, i) =>
      send(
        stage,
        stage.points
          .slice(i * BATCH, (i + 1) * BATCH)
          .map((point, n) => ({ point, observedAt, value: least + (n % 9) / 10 })),
      ),
    ),
  );
}

async function send(stage: Stage, readings: readonly object[]): Promise<void> {
  const reply = await fetch(`${stage.puan.url}/api/v1/readings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stage.gatewayToken}` },
    body: JSON.stringify(readings),
  });
  if (!reply.ok) throw new Error(`answered ${reply.status}: ${await reply.text()}`);
  await reply.arrayBuffer();
}
