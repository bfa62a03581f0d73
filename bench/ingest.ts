import { Agent, request } from 'node:http';

import { cpuSeconds, print } from './machine.ts';
import { setStage, type Stage } from './stage.ts';

const POINTS = 100_000;
const BATCH = 5000;
const CONNECTIONS = 8;
const SECONDS = 15;
const WARM_UP = 3;
/** Zabbix 6.0 measured on a machine of this kind: 65–98k/s, answered before stored; the best of it. */
const ZABBIX = 98_000;
/** Prometheus on such a machine: CPU per sample, not durable per sample. */
const PROMETHEUS_US = 5.4;

/** P1 and P2: readings by HTTP, parsed, checked, judged by one four-level sign each, stored, answered after the commit. */
export async function ingest(): Promise<void> {
  const stage = await setStage(POINTS);
  try {
    await drive(stage, WARM_UP);
    const cpuBefore = stage
      .pids()
      .map((pid) => cpuSeconds(pid))
      .reduce((a, b) => a + b, 0);
    const { readings, seconds } = await drive(stage, SECONDS);
    const cpu =
      stage
        .pids()
        .map((pid) => cpuSeconds(pid))
        .reduce((a, b) => a + b, 0) - cpuBefore;
    const rate = Math.round(readings / seconds);
    const cost = Math.round((cpu / readings) * 1e8) / 100;
    const how = `${POINTS} 个监测点各一条四级体征，每批 ${BATCH} 条，${CONNECTIONS} 个连接，${Math.round(seconds)} s，发送端在同一台机器上`;
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

async function drive(stage: Stage, seconds: number): Promise<{ readings: number; seconds: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const began = performance.now();
  const until = began + seconds * 1000;
  let readings = 0;
  let cursor = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < until) {
        const from = cursor;
        cursor = (cursor + BATCH) % POINTS;
        const accepted = await post(stage, agent, body(stage.points, from));
        readings += accepted;
      }
    }),
  );
  agent.destroy();
  return { readings, seconds: (performance.now() - began) / 1000 };
}

/** A batch as a gateway sends it: every point at this moment, values well below the limits. */
function body(points: readonly string[], from: number): string {
  const now = Date.now();
  let text = '[';
  for (let i = from; i < from + BATCH; i += 1) {
    text += `${i === from ? '' : ','}{"point":"${points[i]}","observedAt":${now},"value":${(i % 40) / 10}}`;
  }
  return `${text}]`;
}

function post(stage: Stage, agent: Agent, text: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${stage.puan.url}/api/v1/readings`,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': text.length,
          authorization: `Bearer ${stage.gatewayToken}`,
        },
      },
      (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (part: Buffer) => parts.push(part));
        reply.on('end', () => {
          const answer = JSON.parse(Buffer.concat(parts).toString()) as { accepted?: number };
          if (reply.statusCode === 200 && answer.accepted !== undefined) resolve(answer.accepted);
          else reject(new Error(`answered ${reply.statusCode}: ${JSON.stringify(answer).slice(0, 200)}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}
