import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { StandardFile } from '#model/standard';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import type { Stage } from './stage.ts';

const SEATS = ['flood.admin', 'flood.head', 'flood.leader', 'flood.handler', 'district'];
/** Points that stand between the old limit and the new one. */
const AFFECTED = 100;
const CALM_CM = 1;
const BETWEEN_CM = 22;
const BATCH = 5000;
const LONGEST_MS = 30_000;

interface Draft {
  readonly id: number;
  readonly version: number;
  readonly document: StandardFile;
}

/** What became of a limit that was changed. */
export interface LimitChange {
  /** From its moment until every seat has heard of every warning that follows; NaN where one has not. */
  readonly judgedMs: number;
  /** Until every seat has heard that the version is in force. */
  readonly inForceMs: number;
  readonly note: string;
}

/** A draft in which the underpass is red from another depth on, at once. */
export async function draftWith(writer: Client, red: number): Promise<Draft> {
  const made = await writer.ask<Draft>('POST', '/api/v1/standard-drafts', {
    scenario: 'FLOOD',
    reason: '测量：改一个限值',
  });
  const signs = made.document.signs.map((sign) =>
    sign.code === 'FLOOD.S06' ? { ...sign, levels: { red: { limit: red, onDelaySeconds: 0 } } } : sign,
  );
  return writer.ask<Draft>('PUT', `/api/v1/standard-drafts/${made.id}`, {
    version: made.version,
    document: { ...made.document, signs },
  });
}

/** P7: no reading comes any more; a limit is changed, and the points that stand between the old one and the new are judged anew. */
export async function changeLimit(stage: Stage): Promise<LimitChange> {
  const nobody = new Client(stage.puan.url);
  const writer = await nobody.as('flood.admin', PASSWORD);
  await publish(nobody, writer, { red: 40, at: undefined });
  for (let i = 0; i < stage.points.length; i += BATCH) await speak(stage, i);
  await sleep(3000);
  const streams = await Promise.all(
    SEATS.map(async (seat) => listen(stage, await nobody.as(seat, PASSWORD))),
  );
  const moment = Date.now() + 3000;
  await publish(nobody, writer, { red: 20, at: moment });
  const until = moment + LONGEST_MS;
  while (Date.now() < until && streams.some(({ raised }) => raised.size < AFFECTED)) await sleep(20);
  for (const { reply } of streams) reply.destroy();
  const missing = streams.filter(({ raised }) => raised.size < AFFECTED).length;
  const last = Math.max(...streams.map((one) => one.lastAt));
  return {
    judgedMs: missing > 0 ? Number.NaN : last - moment,
    inForceMs: Math.max(...streams.map(({ tookEffectAt }) => tookEffectAt)) - moment,
    note:
      `${stage.points.length} 个监测点，其中 ${AFFECTED} 个停在新旧限值之间，没有新读数；${SEATS.length} 个席位的事件流` +
      (missing > 0 ? `；${missing} 个席位 30 秒内没有收齐` : ''),
  };
}

async function publish(
  nobody: Client,
  writer: Client,
  { red, at }: { readonly red: number; readonly at: number | undefined },
): Promise<void> {
  const approver = await nobody.as('flood.head', PASSWORD);
  const draft = await draftWith(writer, red);
  const sent = await writer.ask<Draft>('POST', `/api/v1/standard-drafts/${draft.id}/submit`, {
    version: draft.version,
  });
  await approver.ask('POST', `/api/v1/standard-drafts/${draft.id}/publish`, {
    version: sent.version,
    ...(at !== undefined && { effectiveFrom: at }),
  });
}

async function speak(stage: Stage, from: number): Promise<void> {
  const now = Date.now();
  const rows = stage.points.slice(from, from + BATCH).map((point, i) => ({
    point,
    observedAt: now,
    value: from + i < AFFECTED ? BETWEEN_CM : CALM_CM,
  }));
  const reply = await fetch(`${stage.puan.url}/api/v1/readings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stage.gatewayToken}` },
    body: JSON.stringify(rows),
  });
  if (!reply.ok) throw new Error(`answered ${reply.status}: ${await reply.text()}`);
}

interface Listener {
  readonly reply: IncomingMessage;
  readonly raised: Set<number>;
  /** Epoch ms of the last warning, and of the news that the version is in force. */
  lastAt: number;
  tookEffectAt: number;
}

function listen(stage: Stage, { token }: Client): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token ?? ''}` };
    const asked = get(`${stage.puan.url}/api/v1/events`, { headers }, (reply) => {
      const listener: Listener = { reply, raised: new Set(), lastAt: 0, tookEffectAt: Number.NaN };
      let text = '';
      reply.setEncoding('utf8').on('data', (part: string) => {
        const at = Date.now();
        text += part;
        const messages = text.split('\n\n');
        text = messages.pop() ?? '';
        for (const message of messages) {
          if (message.startsWith('event: standard.took-effect')) listener.tookEffectAt = at;
          if (!message.startsWith('event: warning.raised')) continue;
          const { object } = JSON.parse(message.slice(message.indexOf('data: ') + 6)) as { object: number };
          listener.raised.add(object);
          listener.lastAt = at;
        }
      });
      resolve(listener);
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET') reject(error);
    });
  });
}
