import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

import { freePort } from '../test/puan-process.ts';
import type { Endings } from './endings.ts';
import { findProgram, Foreign, versionOf } from './foreign.ts';

const READY_MS = 60_000;
const LONGEST_MS = 120_000;
const BATCH = 5000;

export function findAlertmanager(): string | undefined {
  // Debian's name for it first.
  return findProgram('prometheus-alertmanager') ?? findProgram('alertmanager');
}

/** What a flood of alerts came to, in ms since the first was sent. */
export interface AlertFlood {
  readonly name: string;
  readonly answered: number;
  /** Until its one receiver had been told of every alert. */
  readonly told: number;
}

/**
 * So many alerts at once to an Alertmanager set up to tell as soon as it can: no waiting for a group to fill, all of them in one
 * group, one webhook without a limit. It keeps alerts in memory; a work order it does not know.
 */
export async function floodAlertmanager(
  program: string,
  count: number,
  endings: Endings,
): Promise<AlertFlood> {
  const heard = new Set<string>();
  const told = await listen(endings, heard);
  const folder = endings.folder('alertmanager');
  const file = path.join(folder, 'alertmanager.yml');
  writeFileSync(file, settings(told.port));
  const port = await freePort();
  const server = new Foreign(
    program,
    [
      `--config.file=${file}`,
      `--storage.path=${path.join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
      '--log.level=warn',
    ],
    endings,
  );
  const url = `http://127.0.0.1:${port}`;
  await server.ready(async () => (await fetch(`${url}/-/ready`)).ok, READY_MS);
  const bodies = Array.from({ length: count / BATCH }, (_, i) => alerts(i * BATCH));
  const all = told.reach(count);
  const began = performance.now();
  await Promise.all(bodies.map((body) => send(url, body)));
  const answered = performance.now() - began;
  await all;
  return {
    name: `Alertmanager ${versionOf(program)}`,
    answered: Math.round(answered),
    told: Math.round(performance.now() - began),
  };
}

function settings(receiver: number): string {
  return [
    'route: {receiver: bench, group_by: [alertname], group_wait: 0s, group_interval: 100ms, repeat_interval: 24h}',
    `receivers: [{name: bench, webhook_configs: [{url: "http://127.0.0.1:${receiver}/", send_resolved: false}]}]`,
    '',
  ].join('\n');
}

function alerts(from: number): string {
  const startsAt = new Date().toISOString();
  return JSON.stringify(
    Array.from({ length: BATCH }, (_, i) => ({
      startsAt,
      labels: { alertname: 'flood', point: `bench.${from + i}`, severity: 'red' },
      annotations: { summary: `下立交积水深 62 cm，达到红色（测量对象 ${from + i}）` },
    })),
  );
}

async function send(url: string, body: string): Promise<void> {
  const reply = await fetch(`${url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  if (!reply.ok) throw new Error(`answered ${reply.status}: ${await reply.text()}`);
}

interface Listener {
  readonly port: number;
  /** Resolves when so many different alerts have been told. */
  reach(count: number): Promise<void>;
}

async function listen(endings: Endings, heard: Set<string>): Promise<Listener> {
  let look: () => void = () => undefined;
  const server = createServer((asked, reply) => {
    let text = '';
    asked.setEncoding('utf8').on('data', (part: string) => (text += part));
    asked.on('end', () => {
      reply.end();
      const { alerts: told } = JSON.parse(text) as { alerts: readonly { fingerprint: string }[] };
      for (const { fingerprint } of told) heard.add(fingerprint);
      look();
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  endings.add(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const reach = (count: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`${heard.size} of ${count} alerts were told`)),
        LONGEST_MS,
      );
      look = () => {
        if (heard.size < count) return;
        clearTimeout(late);
        resolve();
      };
    });
  return { port, reach };
}
