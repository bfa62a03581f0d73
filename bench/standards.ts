import { mkdtempSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { RehearsalResult } from '#contract/standard';
import type { StandardFile } from '#model/standard';
import { SystemContext } from '#services/context';
import { loadPlatforms } from '#services/platform';
import { loadStandard } from '#services/standard';
import {
  emptyColumns,
  EmbeddedPostgres,
  encodeChunk,
  migrate,
  openVault,
  sliceColumns,
  Storage,
} from '#storage';
import { sql } from 'kysely';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { print } from './machine.ts';
import { setStage, type Stage } from './stage.ts';

const MINUTE = 60_000;
const YEAR_MINUTES = 365 * 24 * 60;
const CHUNK = 1000;
const POINTS = 50_000;
const REMEMBERED = 40;
const SEATS = ['flood.admin', 'flood.head', 'flood.leader', 'flood.handler', 'district'];
/** Points that stand between the old limit and the new one. */
const AFFECTED = 100;
const CALM_CM = 1;
const BETWEEN_CM = 22;
const BATCH = 5000;
/** P7 of the design: seconds, and what a rule change takes EnOS. */
const ENOS_MS = 300_000;

interface Draft {
  readonly id: number;
  readonly version: number;
  readonly document: StandardFile;
}

/** Reading and linting the standard; a year rehearsed; P7: a limit changed → judged anew everywhere and on all screens. */
export async function standards(): Promise<void> {
  await loadAndLint();
  const stage = await setStage(POINTS, rememberYear);
  try {
    const nobody = new Client(stage.puan.url);
    const writer = await nobody.as('flood.admin', PASSWORD);
    await rehearseYear(writer);
    await changeLimit(stage, nobody, writer);
  } finally {
    await stage.puan.remove();
  }
}

async function loadAndLint(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'puan-bench-'));
  const postgres = await EmbeddedPostgres.start({ dataDir: folder, log: () => undefined });
  const storage = new Storage(postgres.address, () => undefined);
  try {
    await migrate(storage.system);
    const ground = {
      storage,
      clock: { now: () => Date.now() },
      poke: () => undefined,
      vault: openVault(folder),
    };
    await loadPlatforms(new SystemContext(ground), path.resolve('standards/platforms.json'));
    for (const name of ['first time', 'unchanged']) {
      const began = performance.now();
      await loadStandard(new SystemContext(ground), path.resolve('standards'));
      print({
        name: `standards load and lint, ${name}`,
        value: Math.round(performance.now() - began),
        unit: 'ms',
        note: '读入、检查并写库，全部场景',
      });
    }
  } finally {
    await storage.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A year of minutes of some points, packed as it would lie there. */
async function rememberYear({ system }: Storage): Promise<void> {
  const to = Math.floor(Date.now() / MINUTE) * MINUTE - 2 * 86_400_000;
  const { rows: points } = await sql<{ id: number }>`
    select id from point where code like 'bench.%' order by id limit ${REMEMBERED}`.execute(system);
  for (const { id } of points) {
    const year = wavesOf(id, to - YEAR_MINUTES * MINUTE);
    const chunks = Array.from({ length: Math.ceil(YEAR_MINUTES / CHUNK) }, (_, n) =>
      sliceColumns(year, n * CHUNK, Math.min((n + 1) * CHUNK, YEAR_MINUTES)),
    ).map((part) => ({
      from: part.observedAt[0] ?? 0,
      to: part.observedAt[part.length - 1] ?? 0,
      n: part.length,
      bytes: Buffer.from(encodeChunk(part)).toString('base64'),
    }));
    await sql`insert into reading_chunk (point_id, from_at, to_at, n, bytes)
      select ${id}, to_timestamp(c."from" / 1000.0), to_timestamp(c."to" / 1000.0), c.n, decode(c.bytes, 'base64')
      from json_to_recordset(${JSON.stringify(chunks)}::json) as c("from" float8, "to" float8, n int, bytes text)`.execute(
      system,
    );
  }
}

/** Depths of an underpass in cm, to the millimetre: dry, and now and then a flood. */
function wavesOf(seed: number, from: number) {
  const year = emptyColumns(YEAR_MINUTES);
  let wet = 0;
  let state = seed;
  for (let i = 0; i < YEAR_MINUTES; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    if (state % 20_011 === 0) wet = 30 + (state % 40);
    wet *= 0.98;
    year.observedAt[i] = from + i * MINUTE;
    year.receivedAt[i] = from + i * MINUTE + 1000;
    year.value[i] = Math.round(wet * 10 + (state % 7)) / 10;
  }
  return year;
}

async function rehearseYear(writer: Client): Promise<void> {
  const draft = await draftWith(writer, 30);
  const asked = await writer.ask<{ id: number }>('POST', `/api/v1/standard-drafts/${draft.id}/rehearsals`, {
    from: Date.now() - 400 * 86_400_000,
    to: Date.now(),
  });
  const result = await rehearsedResult(writer, asked.id);
  const perSecond = (ms: number): number => Math.round((result.readings / ms) * 1000);
  const note = `${result.readings} 条一年的分钟读数，${result.points} 个监测点，草案与现行版本同时推演；预警 ${result.draft.warnings} / ${result.current.warnings}`;
  print({ name: 'rehearsal judging', value: perSecond(result.judgedMs), unit: 'readings/s/core', note });
  print({
    name: 'rehearsal whole, with reading and unpacking',
    value: perSecond(result.elapsedMs),
    unit: 'readings/s',
    note: `${note}；同一进程中的一个线程，数据库另占一核`,
  });
}

async function rehearsedResult(client: Client, id: number): Promise<RehearsalResult> {
  for (;;) {
    await sleep(300);
    const { state, result, failure } = await client.ask<{
      state: string;
      result: RehearsalResult | null;
      failure: string | null;
    }>('GET', `/api/v1/rehearsals/${id}`);
    if (result) return result;
    if (state === 'failed') throw new Error(failure ?? 'failed');
  }
}

/** A draft in which the underpass is red from another depth on, at once. */
async function draftWith(writer: Client, red: number): Promise<Draft> {
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

async function changeLimit(stage: Stage, nobody: Client, writer: Client): Promise<void> {
  await publish(nobody, writer, { red: 40, at: undefined });
  for (let i = 0; i < POINTS; i += BATCH) await speak(stage, i);
  await sleep(3000);
  const streams = await Promise.all(
    SEATS.map(async (seat) => listen(stage, await nobody.as(seat, PASSWORD))),
  );
  const moment = Date.now() + 3000;
  await publish(nobody, writer, { red: 20, at: moment });
  const until = moment + 30_000;
  while (Date.now() < until && streams.some(({ raised }) => raised.size < AFFECTED)) await sleep(20);
  for (const { reply } of streams) reply.destroy();
  const missing = streams.filter(({ raised }) => raised.size < AFFECTED).length;
  const last = Math.max(...streams.map((one) => one.lastAt));
  const note = `${POINTS} 个监测点，其中 ${AFFECTED} 个停在新旧限值之间，没有新读数；${SEATS.length} 个席位的事件流`;
  print({
    name: 'P7 limit changed → judged anew and on all seats',
    value: missing > 0 ? Number.NaN : last - moment,
    unit: 'ms',
    peer: 'EnOS',
    peer_value: ENOS_MS,
    ratio: Math.round(ENOS_MS / (last - moment)),
    note: missing > 0 ? `${note}；${missing} 个席位 30 秒内没有收齐` : note,
  });
  print({
    name: 'P7 version in force → on all seats',
    value: Math.max(...streams.map(({ tookEffectAt }) => tookEffectAt)) - moment,
    unit: 'ms',
    note: `生效时刻到各席位收到“已生效”`,
  });
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
