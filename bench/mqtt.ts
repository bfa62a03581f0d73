import { createHash, randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

import type { Storage } from '#storage';
import { sql } from 'kysely';

import { driveElsewhere } from './elsewhere.ts';
import { cpuSeconds, print } from './machine.ts';
import { setStage, type Stage } from './stage.ts';

const CLIENTS = 200;
const IN_FLIGHT = 20;
const WARM_UP = 3;
const SECONDS = 15;
/** Values in a message: one, as P4 asks, and as many as a weather station tells. */
const VALUES = [1, 8] as const;
const MOST_VALUES = Math.max(...VALUES);
/** mosquitto 2 on a machine of this kind, answered from memory and bound by its client. */
const MOSQUITTO = 55_000;
const CLIENTS_FILE = path.join(import.meta.dirname, 'mqtt-clients.ts');

/** P4: telemetry at QoS 1 from devices with tokens of their own, judged, stored, PUBACK after the commit. */
export async function mqtt(): Promise<void> {
  const tokens = Array.from({ length: CLIENTS }, () => randomBytes(32).toString('base64url'));
  const stage = await setStage(CLIENTS * MOST_VALUES, (storage) => furnish(storage, tokens));
  try {
    for (const values of VALUES) await measure(stage, tokens, values);
  } finally {
    await stage.puan.remove();
  }
}

async function measure(stage: Stage, tokens: readonly string[], values: number): Promise<void> {
  await drive(stage, { tokens, values, seconds: WARM_UP });
  const before = cpuOf(stage);
  const { answered, seconds } = await drive(stage, { tokens, values, seconds: SECONDS });
  const cpu = cpuOf(stage) - before;
  const rate = Math.round(answered / seconds);
  const how =
    `${CLIENTS} 个设备各有令牌，各 ${IN_FLIGHT} 条在途，QoS 1，每条 ${values} 个值各一条四级体征，提交后才回 PUBACK，` +
    `${Math.round(seconds)} s，发送端是同一台机器上的另一个进程，一分钟平均负载 ${os.loadavg()[0]?.toFixed(1)}`;
  const peer =
    values === 1
      ? { peer: 'mosquitto 2', peer_value: MOSQUITTO, ratio: Math.round((rate / MOSQUITTO) * 100) / 100 }
      : {};
  const name = `P4 mqtt, ${values} value${values === 1 ? '' : 's'} a message`;
  print({ name, value: rate, unit: 'messages/s', ...peer, note: how });
  print({ name: `${name}: readings`, value: rate * values, unit: 'readings/s', note: how });
  print({
    name: `${name}: cpu`,
    value: Math.round((cpu / answered) * 1e8) / 100,
    unit: 'µs/message',
    note: `服务进程与数据库全部进程；${how}`,
  });
}

/** A device a client, with its factors `v0`… and its token. */
async function furnish(storage: Storage, tokens: readonly string[]): Promise<void> {
  const hashes = tokens.map((token) => createHash('sha256').update(token).digest('hex'));
  await sql`insert into device (protocol, code, place, scenarios)
    select 'mqtt', 'bench-' || i, (select place from platform where kind = 'town' order by id limit 1), '{1}'
    from generate_series(0, ${CLIENTS}::int - 1) i`.execute(storage.system);
  await sql`insert into device_factor (device_id, factor, point_id)
    select d.id, 'v' || v, p.id from generate_series(0, ${CLIENTS}::int - 1) i, generate_series(0, ${MOST_VALUES}::int - 1) v
    join device d on true join point p on true
    where d.code = 'bench-' || i and p.code = 'bench.' || (i * ${MOST_VALUES}::int + v)`.execute(
    storage.system,
  );
  await sql`update point p set device_id = f.device_id from device_factor f where f.point_id = p.id`.execute(
    storage.system,
  );
  await sql`insert into token (name, kind, token_hash, account_id, device_id)
    select 'bench', 'device', decode(h.hash, 'hex'), (select id from account where username = 'district'), d.id
    from unnest(${hashes}::text[]) with ordinality h(hash, n) join device d on d.code = 'bench-' || (h.n - 1)`.execute(
    storage.system,
  );
}

interface Drive {
  readonly tokens: readonly string[];
  readonly values: number;
  readonly seconds: number;
}

function drive(
  stage: Stage,
  { tokens, values, seconds }: Drive,
): Promise<{ answered: number; seconds: number }> {
  const load = { port: stage.puan.ports.mqtt, tokens, inFlight: IN_FLIGHT, values, seconds };
  return driveElsewhere(CLIENTS_FILE, load);
}

function cpuOf(stage: Stage): number {
  return stage.pids().reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}
