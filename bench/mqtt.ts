import { createHash, randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

import type { Storage } from '#storage';
import { sql } from 'kysely';

import { driveElsewhere } from './elsewhere.ts';
import { cpuSeconds, print } from './machine.ts';
import { startAedes, startMosquitto } from './mqtt-peers.ts';
import { setStage } from './stage.ts';

const CLIENTS = 200;
const IN_FLIGHT = 20;
const WARM_UP = 3;
const SECONDS = 15;
/** Values in a message: one, as P4 asks, and as many as a weather station tells. */
const VALUES = [1, 8] as const;
const MOST_VALUES = Math.max(...VALUES);
const CLIENTS_FILE = path.join(import.meta.dirname, 'mqtt-clients.ts');

/** P4: telemetry at QoS 1 from devices with tokens of their own, judged, stored, PUBACK after the commit; brokers that store nothing beside it. */
export async function mqtt(): Promise<void> {
  const tokens = Array.from({ length: CLIENTS }, () => randomBytes(32).toString('base64url'));
  const peers = await measurePeers(tokens);
  const stage = await setStage(CLIENTS * MOST_VALUES, (storage) => furnish(storage, tokens));
  try {
    for (const values of VALUES) {
      const pids = (): readonly number[] => stage.pids();
      report(await measure({ port: stage.puan.ports.mqtt, tokens, values }, pids), values, peers);
    }
  } finally {
    await stage.puan.remove();
  }
}

interface Figures {
  /** Messages a second. */
  readonly rate: number;
  /** µs of CPU a message, of all its processes. */
  readonly cpu: number;
}
type Peer = Figures & { readonly name: string };

/** The same clients against brokers that answer from memory. */
async function measurePeers(tokens: readonly string[]): Promise<readonly Peer[]> {
  const measured: Peer[] = [];
  for (const start of [startMosquitto, startAedes]) {
    const peer = await start();
    if (peer === undefined) continue;
    const { name, port, pid } = peer;
    try {
      const figures = await measure({ port, tokens, values: 1 }, () => [pid]);
      measured.push({ name, ...figures });
      const note = `只从内存答 PUBACK，不判、不存；${howOf(1)}`;
      print({ name: `P4 mqtt, peer ${name}`, value: figures.rate, unit: 'messages/s', note });
      print({ name: `P4 mqtt, peer ${name}: cpu`, value: figures.cpu, unit: 'µs/message', note });
    } finally {
      peer.close();
    }
  }
  if (measured.length < 2)
    process.stderr.write('没有装 mosquitto，没有与它相比（apt-get install mosquitto）\n');
  return measured;
}

interface Drive {
  readonly port: number;
  readonly tokens: readonly string[];
  readonly values: number;
}

async function measure(asked: Drive, pids: () => readonly number[]): Promise<Figures> {
  const cpuOf = (): number => pids().reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  await drive(asked, WARM_UP);
  const before = cpuOf();
  const { answered, rate } = await drive(asked, SECONDS);
  return { rate: Math.round(rate), cpu: Math.round(((cpuOf() - before) / answered) * 1e8) / 100 };
}

/** Half of the clients in each of two processes. */
async function drive(
  { port, tokens, values }: Drive,
  seconds: number,
): Promise<{ readonly answered: number; readonly rate: number }> {
  const half = Math.ceil(tokens.length / 2);
  const loads = [tokens.slice(0, half), tokens.slice(half)].map((own) =>
    driveElsewhere(CLIENTS_FILE, { port, tokens: own, inFlight: IN_FLIGHT, values, seconds }),
  );
  const heard = await Promise.all(loads);
  return {
    answered: heard.reduce((sum, { answered }) => sum + answered, 0),
    rate: heard.reduce((sum, one) => sum + one.answered / one.seconds, 0),
  };
}

function howOf(values: number): string {
  return (
    `${CLIENTS} 个客户端，各 ${IN_FLIGHT} 条在途，QoS 1，每条 ${values} 个值，${SECONDS} s，` +
    `发送端是同一台机器上的另两个进程，一分钟平均负载 ${os.loadavg()[0]?.toFixed(1)}`
  );
}

function report({ rate, cpu }: Figures, values: number, peers: readonly Peer[]): void {
  const note = `设备各有令牌，每值一条四级体征，提交后才回 PUBACK；${howOf(values)}`;
  const name = `P4 mqtt, ${values} value${values === 1 ? '' : 's'} a message`;
  // Brokers do not read what they carry: they are compared at one value.
  const [peer] = values === 1 ? peers : [];
  const beside = (theirs: number | undefined, ratio: number): object =>
    peer === undefined ? {} : { peer: peer.name, peer_value: theirs, ratio: Math.round(ratio * 100) / 100 };
  print({ name, value: rate, unit: 'messages/s', ...beside(peer?.rate, rate / (peer?.rate ?? 1)), note });
  print({ name: `${name}: readings`, value: rate * values, unit: 'readings/s', note });
  print({
    name: `${name}: cpu`,
    value: cpu,
    unit: 'µs/message',
    ...beside(peer?.cpu, (peer?.cpu ?? 1) / cpu),
    note: `服务进程与数据库全部进程；${note}`,
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
