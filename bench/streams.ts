import { readFileSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { percentile, print } from './machine.ts';
import { setStage, type Stage } from './stage.ts';

const STREAMS = 2000;
const POINTS = 200;
const BREACHES = 20;
const RED_CM = 60;
const SEATS = ['leader', 'head', 'admin'];

/** 2,000 signed-in event streams held by one process: memory of each, and how soon all of them hear of a warning. */
export async function streams(): Promise<void> {
  const stage = await setStage(POINTS);
  const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  try {
    const tokens = await signInAll(stage);
    await sleep(1000);
    const before = residentKb(stage.puan.pid);
    const heard = new Counter();
    const open: IncomingMessage[] = [];
    for (let i = 0; i < STREAMS; i += 100) {
      const some = Array.from({ length: 100 }, (_, j) => tokens[(i + j) % tokens.length] ?? '');
      open.push(...(await Promise.all(some.map((token) => openStream(stage, { agent, token, heard })))));
    }
    await sleep(3000);
    const each = (residentKb(stage.puan.pid) - before) / STREAMS;
    const figures: number[] = [];
    for (let i = 0; i < BREACHES; i += 1)
      figures.push(await breach(stage, heard, { i, reached: open.length }));
    print({
      name: 'platform event streams memory',
      value: Math.round(each * 10) / 10,
      unit: 'kB/stream',
      note: `${STREAMS} 条已登录的事件流（${tokens.length} 个会话），一个进程；常驻内存之差`,
    });
    print({
      name: 'platform event to all streams p95',
      value: Math.round(percentile(figures, 0.95)),
      unit: 'ms',
      note: `${BREACHES} 次越限，从发送读数到 ${STREAMS} 条流全部收到；收发在同一台机器上`,
    });
    for (const stream of open) stream.destroy();
  } finally {
    agent.destroy();
    await stage.puan.remove();
  }
}

/** People who all see the flood scenario's warnings: its own seats, and those of the district. */
async function signInAll(stage: Stage): Promise<readonly string[]> {
  const nobody = new Client(stage.puan.url);
  const names = ['district', 'office', 'coordinator', 'cityops', 'publisher', 'tech.lead', 'tech.admin'];
  const flood = SEATS.map((seat) => `flood.${seat}`);
  const clients = [];
  for (const name of [...names, ...flood]) clients.push(await nobody.as(name, PASSWORD));
  return clients.map(({ token }) => token ?? '');
}

class Counter {
  count = 0;
}

function openStream(
  stage: Stage,
  { agent, token, heard }: { readonly agent: Agent; readonly token: string; readonly heard: Counter },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { agent, headers: { authorization: `Bearer ${token}` } };
    const asked = get(`${stage.puan.url}/api/v1/events`, options, (reply) => {
      reply.setEncoding('latin1').on('data', (part: string) => {
        heard.count += part.split('event: warning.raised').length - 1;
      });
      resolve(reply);
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET') reject(error);
    });
  });
}

async function breach(
  stage: Stage,
  heard: Counter,
  { i, reached }: { readonly i: number; readonly reached: number },
): Promise<number> {
  const wanted = heard.count + reached;
  const began = performance.now();
  const reply = await fetch(`${stage.puan.url}/api/v1/readings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stage.gatewayToken}` },
    body: JSON.stringify([{ point: stage.points[i], observedAt: Date.now(), value: RED_CM }]),
  });
  if (!reply.ok) throw new Error(`answered ${reply.status}: ${await reply.text()}`);
  const until = began + 10_000;
  while (heard.count < wanted) {
    if (performance.now() > until) throw new Error(`${heard.count} of ${wanted} streams heard of it`);
    await sleep(1);
  }
  return performance.now() - began;
}

function residentKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
}
