import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { percentile, print } from './machine.ts';
import { setStage, type Stage } from './stage.ts';

const POINTS = 20_000;
const RATE = 50_000;
const BATCH = 1000;
const BREACHES = 300;
const BREACH_EVERY_MS = 50;
/** Level red: no on-delay. */
const RED_CM = 60;
const CALM_CM = 1;

/** P5: a reading is sent → its warning stands in a browser's event stream, beside 50k readings/s of background. */
export async function latency(): Promise<void> {
  const stage = await setStage(POINTS);
  try {
    const arrivals = new Map<number, (at: number) => void>();
    const stream = await openStream(stage, (object, at) => arrivals.get(object)?.(at));
    const objects = await objectNumbers(stage);
    let running = true;
    const background = drive(stage, () => running);
    await sleep(3000);
    const figures: number[] = [];
    for (let i = 0; i < BREACHES; i += 1) {
      const point = stage.points[i] ?? '';
      const arrived = new Promise<number>((resolve) => arrivals.set(objects.get(point) ?? 0, resolve));
      const sent = performance.now();
      await send(stage, [{ point, observedAt: Date.now(), value: RED_CM }]);
      figures.push((await arrived) - sent);
      await sleep(BREACH_EVERY_MS);
    }
    running = false;
    const sentRate = await background;
    stream.destroy();
    const note = `${BREACHES} 次越限，同时每秒 ${sentRate} 条其他读数；发送到事件流收到`;
    print({
      name: 'P5 warning latency p99',
      value: rounded(percentile(figures, 0.99)),
      unit: 'ms',
      peer: 'Zabbix',
      peer_value: 1000,
      ratio: rounded(1000 / percentile(figures, 0.99)),
      note,
    });
    print({ name: 'P5 warning latency p50', value: rounded(percentile(figures, 0.5)), unit: 'ms', note });
  } finally {
    await stage.puan.remove();
  }
}

function rounded(figure: number): number {
  return Math.round(figure * 10) / 10;
}

async function objectNumbers(stage: Stage): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (let after = ''; found.size < BREACHES;) {
    const page = await stage.admin.ask<{ items: { id: number; code: string }[]; next: string | null }>(
      'GET',
      `/api/v1/objects?limit=500${after === '' ? '' : `&after=${after}`}`,
    );
    for (const { id, code } of page.items) found.set(code, id);
    if (page.next === null) break;
    after = page.next;
  }
  return found;
}

function openStream(stage: Stage, onRaised: (object: number, at: number) => void): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = get(
      `${stage.puan.url}/api/v1/events`,
      { headers: { authorization: `Bearer ${stage.admin.token ?? ''}` } },
      (reply) => {
        let text = '';
        reply.setEncoding('utf8').on('data', (part: string) => {
          const at = performance.now();
          text += part;
          const messages = text.split('\n\n');
          text = messages.pop() ?? '';
          for (const message of messages) {
            if (!message.startsWith('event: warning.raised')) continue;
            const data = JSON.parse(message.slice(message.indexOf('data: ') + 6)) as { object: number };
            onRaised(data.object, at);
          }
        });
        resolve(reply);
      },
    );
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET') reject(error);
    });
  });
}

/** Background readings at a steady rate; gives the rate that was really sent. */
async function drive(stage: Stage, running: () => boolean): Promise<number> {
  const began = performance.now();
  let sent = 0;
  const waiting = new Set<Promise<void>>();
  for (let from = BREACHES; running(); from = from + BATCH >= POINTS - BATCH ? BREACHES : from + BATCH) {
    const ahead = sent / RATE - (performance.now() - began) / 1000;
    if (ahead > 0) await sleep(ahead * 1000);
    const now = Date.now();
    const rows = stage.points
      .slice(from, from + BATCH)
      .map((point) => ({ point, observedAt: now, value: CALM_CM }));
    sent += rows.length;
    const posted = send(stage, rows).finally(() => waiting.delete(posted));
    waiting.add(posted);
    if (waiting.size >= 8) await Promise.race(waiting);
  }
  await Promise.all(waiting);
  return Math.round(sent / ((performance.now() - began) / 1000));
}

async function send(stage: Stage, rows: readonly object[]): Promise<void> {
  const reply = await fetch(`${stage.puan.url}/api/v1/readings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stage.gatewayToken}` },
    body: JSON.stringify(rows),
  });
  if (!reply.ok) throw new Error(`answered ${reply.status}: ${await reply.text()}`);
  await reply.arrayBuffer();
}
