import os from 'node:os';
import path from 'node:path';

import type { Storage } from '#storage';
import { sql } from 'kysely';

import { driveElsewhere } from './elsewhere.ts';
import { cpuSeconds, print } from './machine.ts';
import { setStage, type Stage } from './stage.ts';

const CONNECTIONS = 500;
/** Behind each connection: HJ 212 tells the second, so a logger cannot say more than one thing in it. */
const LOGGERS = 60;
const FACTORS = 8;
/** A collector that waits for each answer, and one that sends on. */
const WINDOWS = [1, 8] as const;
const WARM_UP = 3;
const SECONDS = 15;
const CLIENTS_FILE = path.join(import.meta.dirname, 'hj212-clients.ts');

/** P3: HJ 212 frames of eight factors from 500 connections, judged, stored, each answered 9014 after the commit. */
export async function hj212(): Promise<void> {
  const stage = await setStage(CONNECTIONS * LOGGERS * FACTORS, furnish);
  try {
    for (const window of WINDOWS) await measure(stage, window);
  } finally {
    await stage.puan.remove();
  }
}

async function measure(stage: Stage, window: number): Promise<void> {
  await drive(stage, window, WARM_UP);
  const before = cpuOf(stage);
  const { answered, seconds } = await drive(stage, window, SECONDS);
  const cpu = cpuOf(stage) - before;
  const rate = Math.round(answered / seconds);
  const how =
    `${CONNECTIONS} 条连接，每条后面 ${LOGGERS} 台数采仪、${window} 帧在途，每帧 ${FACTORS} 个因子各一条四级体征，提交后才答 9014，` +
    `${Math.round(seconds)} s，发送端是同一台机器上的另一个进程，一分钟平均负载 ${os.loadavg()[0]?.toFixed(1)}`;
  const name = `P3 hj212, ${window} frame${window === 1 ? '' : 's'} in flight`;
  print({ name, value: rate, unit: 'frames/s', note: how });
  print({ name: `${name}: readings`, value: rate * FACTORS, unit: 'readings/s', note: how });
  print({
    name: `${name}: cpu`,
    value: Math.round((cpu / answered) * 1e8) / 100,
    unit: 'µs/frame',
    note: `服务进程与数据库全部进程；${how}`,
  });
}

/** The loggers, each with its factors. */
export async function furnish(storage: Storage): Promise<void> {
  await sql`insert into device (protocol, code, place, scenarios)
    select 'hj212', 'BENCH' || i, (select place from platform where kind = 'town' order by id limit 1), '{1}'
    from generate_series(0, ${CONNECTIONS * LOGGERS}::int - 1) i`.execute(storage.system);
  await sql`insert into device_factor (device_id, factor, point_id)
    select d.id, 'w0100' || f, p.id
    from generate_series(0, ${CONNECTIONS * LOGGERS}::int - 1) i cross join generate_series(0, ${FACTORS}::int - 1) f
    join device d on d.code = 'BENCH' || i join point p on p.code = 'bench.' || (i * ${FACTORS}::int + f)`.execute(
    storage.system,
  );
  await sql`update point p set device_id = f.device_id from device_factor f where f.point_id = p.id`.execute(
    storage.system,
  );
}

function drive(
  stage: Stage,
  window: number,
  seconds: number,
): Promise<{ answered: number; seconds: number }> {
  const load = {
    port: stage.puan.ports.hj212,
    connections: CONNECTIONS,
    loggers: LOGGERS,
    factors: FACTORS,
    window,
    seconds,
  };
  return driveElsewhere(CLIENTS_FILE, load);
}

function cpuOf(stage: Stage): number {
  return stage.pids().reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}
