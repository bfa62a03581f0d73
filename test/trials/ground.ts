import { setTimeout as sleep } from 'node:timers/promises';

import { EmbeddedPostgres, Storage } from '#storage';
import { sql } from 'kysely';

import { Client } from '../client.ts';
import { PASSWORD, PuanProcess } from '../puan-process.ts';
import { type Answered, newMn, type RegisteredDevice } from './logger.ts';

/** A real Puan on real sockets, and who works in it. */
export interface Ground {
  readonly puan: PuanProcess;
  readonly admin: Client;
  /** Sees the whole district. */
  readonly district: Client;
}

export async function openGround(
  options: ConstructorParameters<typeof PuanProcess>[0] = {},
): Promise<Ground> {
  const puan = new PuanProcess(options);
  await puan.start();
  return {
    puan,
    admin: await new Client(puan.url).as('admin', PASSWORD),
    district: await new Client(puan.url).as('district', PASSWORD),
  };
}

/** `count` loggers, each at an underpass of its own, with `factors` gauges of water on it. */
export async function registerLoggers(
  { admin }: Ground,
  count: number,
  factors: number,
): Promise<readonly RegisteredDevice[]> {
  const devices: RegisteredDevice[] = [];
  for (let i = 0; i < count; i += 1) {
    const code = newMn();
    await admin.ask('POST', '/api/v1/objects', {
      code,
      name: `试炼下立交 ${i + 1}`,
      scenarios: ['FLOOD'],
      lat: 31.2 + i * 0.001,
      lon: 121.6,
    });
    const wired = Array.from({ length: factors }, (_, f) => ({
      factor: `w0100${f}`,
      point: `${code}-${f}`,
    }));
    for (const { point } of wired)
      await admin.ask('POST', '/api/v1/points', { code: point, object: code, element: 'FLOOD.UNDERPASS' });
    await admin.ask('POST', '/api/v1/devices', {
      code,
      protocol: 'hj212',
      points: wired,
      settings: { password: '123456' },
    });
    devices.push({ code, factors: wired });
  }
  return devices;
}

/** A figure of `/metrics`; 0 where it is not told. `labels` as they stand there, without braces. */
export async function metric({ puan }: Ground, name: string, labels = ''): Promise<number> {
  const text = await (await fetch(`${puan.url}/metrics`)).text();
  const start = labels === '' ? `${name} ` : `${name}{${labels}} `;
  const line = text.split('\n').find((one) => one.startsWith(start));
  return Number(line?.slice(start.length) ?? 0);
}

export const memoryMiB = async (ground: Ground): Promise<number> =>
  Math.round((await metric(ground, 'process_resident_memory_bytes')) / 2 ** 20);

export async function readyz({ puan }: Ground): Promise<number> {
  return (await fetch(`${puan.url}/readyz`)).status;
}

interface FaultRow {
  readonly kind: string;
  readonly state: string;
  readonly summary: string;
  readonly subject: { readonly kind: string; readonly key: string };
}

export async function faults({ district }: Ground, kind: string): Promise<readonly FaultRow[]> {
  const { items } = await district.ask<{ items: FaultRow[] }>('GET', `/api/v1/faults?limit=200&kind=${kind}`);
  return items;
}

/** Asks until it is so, at the most for `withinMs`. False when it never was. */
export async function comes(
  withinMs: number,
  isSo: () => Promise<boolean> | boolean,
  everyMs = 500,
): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (performance.now() < end) {
    if (await isSo()) return true;
    await sleep(everyMs);
  }
  return isSo();
}

/** Of what was answered: how many readings are missing in the tables, and how many are there more than once. */
export async function checkAnswered(
  storage: Storage,
  answered: readonly Answered[],
): Promise<{ readonly missing: number; readonly twice: number }> {
  const points = [...new Set(answered.map(({ point }) => point))];
  const { rows } = await sql<{ code: string; at: number; value: number }>`
    select p.code, round(extract(epoch from r.observed_at) * 1000)::float8 as at, r.value
    from reading r join point p on p.id = r.point_id where p.code = any(${points}::text[]) and r.source < 16`.execute(
    storage.system,
  );
  const kept = new Map(rows.map((row) => [`${row.code} ${row.at}`, row.value]));
  const missing = answered.filter((one) => kept.get(`${one.point} ${one.at}`) !== one.value).length;
  return { missing, twice: rows.length - kept.size };
}

/** Looks into the tables of a Puan that has ended. */
export async function inTables<T>(dataDir: string, look: (storage: Storage) => Promise<T>): Promise<T> {
  const postgres = await EmbeddedPostgres.start({ dataDir, log: () => undefined });
  const storage = new Storage(postgres.address, () => undefined);
  try {
    return await look(storage);
  } finally {
    await storage.close();
    await postgres.stop();
  }
}
