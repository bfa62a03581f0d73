import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { RehearsalResult } from '#contract/standard';
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
import { changeLimit, draftWith } from './change-limit.ts';
import { print } from './machine.ts';
import { setStage } from './stage.ts';

const MINUTE = 60_000;
const YEAR_MINUTES = 365 * 24 * 60;
const CHUNK = 1000;
const POINTS = 50_000;
const REMEMBERED = 40;
/** P7 of the design: seconds, and what a rule change takes EnOS. */
const ENOS_MS = 300_000;

/** Reading and linting the standard; a year rehearsed; P7: a limit changed → judged anew everywhere and on all screens. */
export async function standards(): Promise<void> {
  await loadAndLint();
  const stage = await setStage(POINTS, rememberYear);
  try {
    await rehearseYear(await new Client(stage.puan.url).as('flood.admin', PASSWORD));
    const { judgedMs, inForceMs, note } = await changeLimit(stage);
    print({
      name: 'P7 limit changed → judged anew and on all seats',
      value: judgedMs,
      unit: 'ms',
      peer: 'EnOS',
      peer_value: ENOS_MS,
      ratio: Math.round(ENOS_MS / judgedMs),
      note,
    });
    print({
      name: 'P7 version in force → on all seats',
      value: inForceMs,
      unit: 'ms',
      note: '生效时刻到各席位收到“已生效”',
    });
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
