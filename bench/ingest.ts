import os from 'node:os';
import path from 'node:path';

import { driveElsewhere } from './elsewhere.ts';
import { cpuSeconds, print } from './machine.ts';
import type { Load, Sent } from './reading-clients.ts';
import { setStage, type Stage } from './stage.ts';

const POINTS = 100_000;
const BATCH = 5000;
const CONNECTIONS = 8;
const SECONDS = 15;
const WARM_UP = 3;
const READING_CLIENTS = path.join(import.meta.dirname, 'reading-clients.ts');
/** Of another run: Zabbix 6.0 on a machine of this kind, 65–98k/s, answered before stored; the best of it. `peers` measures it in the same run. */
const ZABBIX = 98_000;
/** Of another run: Prometheus on such a machine, CPU per sample, not durable per sample. */
const PROMETHEUS_US = 5.4;

/** P1 and P2: readings by HTTP, parsed, checked, judged by one four-level sign each, stored, answered after the commit. */
export async function ingest(): Promise<void> {
  const stage = await setStage(POINTS);
  try {
    await drive(stage, WARM_UP);
    const before = cpuOf(stage);
    const { answered, seconds } = await drive(stage, SECONDS);
    const cpu = cpuOf(stage) - before;
    const rate = Math.round(answered / seconds);
    const cost = Math.round((cpu / answered) * 1e8) / 100;
    const how = `${POINTS} 个监测点各一条四级体征，每批 ${BATCH} 条，${CONNECTIONS} 个连接，${Math.round(seconds)} s，发送端是同一台机器上的另一个进程，一分钟平均负载 ${os.loadavg()[0]?.toFixed(1)}；对照值取自另一次运行（同一次的见 bench -- peers）`;
    print({
      name: 'P1 ingest http',
      value: rate,
      unit: 'readings/s',
      peer: 'Zabbix 6.0',
      peer_value: ZABBIX,
      ratio: round(rate / ZABBIX),
      note: how,
    });
    print({
      name: 'P2 cpu per reading',
      value: cost,
      unit: 'µs',
      peer: 'Prometheus',
      peer_value: PROMETHEUS_US,
      ratio: round(PROMETHEUS_US / cost),
      note: `服务进程与数据库全部进程；${how}`,
    });
  } finally {
    await stage.puan.remove();
  }
}

function round(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}

function drive(stage: Stage, seconds: number): Promise<Sent> {
  const load: Load = {
    target: { kind: 'puan', port: stage.puan.httpPort, token: stage.gatewayToken },
    points: POINTS,
    batch: BATCH,
    connections: CONNECTIONS,
    seconds,
  };
  return driveElsewhere<Sent>(READING_CLIENTS, load);
}

function cpuOf(stage: Stage): number {
  return stage.pids().reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}
