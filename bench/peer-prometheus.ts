import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { freePort } from '../test/puan-process.ts';
import type { Endings } from './endings.ts';
import { findProgram, Foreign, versionOf } from './foreign.ts';
import { LIMITS, type Peer } from './peer.ts';

const READY_MS = 60_000;
const APPENDED = /^prometheus_tsdb_head_samples_appended_total(?:\{[^}]*\})? (\S+)$/gmu;
const LEVELS = ['blue', 'yellow', 'orange', 'red'] as const;

/** A Prometheus, and how many samples it has taken since it was started. */
export interface PrometheusPeer extends Peer {
  readonly appended: () => Promise<number>;
  /** In place of its rules one alert from this value on, in force when it has answered. */
  readonly changeLimit: (limit: number) => Promise<void>;
  /** The one number a query gives; 0 where it gives none. */
  readonly ask: (query: string) => Promise<number>;
}

export function findPrometheus(): string | undefined {
  return findProgram('prometheus');
}

/**
 * A Prometheus that is written to, or that reads the page at `page` (a port) once a second. Four rules, one a level, look at all
 * series once a second. An answer says that samples are in its log, which it does not sync.
 */
export async function startPrometheus(
  program: string,
  endings: Endings,
  page?: number,
): Promise<PrometheusPeer> {
  const folder = endings.folder('prometheus');
  const ruleFile = path.join(folder, 'rules.yml');
  writeFileSync(ruleFile, rules(LEVELS.map((level, i) => [level, LIMITS[i] ?? 0])));
  const file = path.join(folder, 'prometheus.yml');
  writeFileSync(file, settings(page));
  const port = await freePort();
  const server = new Foreign(
    program,
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-remote-write-receiver',
      '--web.enable-lifecycle',
      '--log.level=warn',
    ],
    endings,
  );
  const url = `http://127.0.0.1:${port}`;
  await server.ready(async () => (await fetch(`${url}/-/ready`)).ok, READY_MS);
  return {
    name: `Prometheus ${versionOf(program)}`,
    target: { kind: 'prometheus', port },
    pids: () => server.pids(),
    appended: async () => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return [...text.matchAll(APPENDED)].reduce((sum, [, n]) => sum + Number(n), 0);
    },
    changeLimit: async (limit) => {
      writeFileSync(ruleFile, rules([['changed', limit]]));
      const reply = await fetch(`${url}/-/reload`, { method: 'POST' });
      if (!reply.ok) throw new Error(`answered ${reply.status}: ${await reply.text()}`);
    },
    ask: async (query) => {
      const reply = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`);
      const { data } = (await reply.json()) as { data?: { result: readonly { value: [number, string] }[] } };
      return Number(data?.result[0]?.value[1] ?? 0);
    },
  };
}

function settings(page: number | undefined): string {
  const jobs =
    page === undefined
      ? ''
      : `scrape_configs:\n  - job_name: bench\n    static_configs:\n      - targets: ['127.0.0.1:${page}']\n`;
  return `global:\n  scrape_interval: 1s\n  scrape_timeout: 1s\n  evaluation_interval: 1s\nrule_files: [rules.yml]\n${jobs}`;
}

function rules(alerts: readonly (readonly [name: string, limit: number])[]): string {
  const each = alerts.map(([name, limit]) => `      - alert: ${name}\n        expr: reading >= ${limit}\n`);
  return `groups:\n  - name: bench\n    rules:\n${each.join('')}`;
}
