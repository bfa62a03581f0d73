import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { Client } from './client.ts';
import { PASSWORD, PuanProcess } from './puan-process.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const WEATHER = path.resolve(ROOT, '../shared/data/meteorology/shanghai_hourly_2010_2015.csv.gz');
const HOUR = 3_600_000;

const puan = new PuanProcess();
const folder = mkdtempSync(path.join(os.tmpdir(), 'puan-recording-'));
let desk: Client;

beforeAll(async () => {
  if (!existsSync(WEATHER)) return;
  await puan.start();
  desk = await new Client(puan.url).as('district', PASSWORD);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await puan.remove();
});

interface Warning {
  readonly id: number;
  readonly item: { readonly name: string };
  readonly peakLevel: string;
  readonly state: string;
  readonly openedAt: number;
  readonly normalAt: number | null;
  readonly replaySession: number | null;
}

/** An excerpt of the real weather of Shanghai, under the recording's own name so that its map is found. */
function excerpt(from: string, to: string): string {
  const [head = '', ...rows] = gunzipSync(readFileSync(WEATHER)).toString('utf8').split('\n');
  const file = path.join(folder, 'shanghai_hourly_2010_2015.csv');
  writeFileSync(file, [head, ...rows.filter((row) => row >= from && row < to)].join('\n'));
  return file;
}

function replay(file: string): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['simulator/replay.ts', file, '--speed', 'max', '--via', 'hj212'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PUAN_HTTP_PORT: String(puan.httpPort),
        PUAN_HJ212_PORT: String(puan.hj212Port),
        PUAN_DATA_DIR: puan.dataDir,
        PUAN_BOOTSTRAP_PASSWORD: PASSWORD,
      },
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('exit', (code) => resolve({ code, said }));
  });
}

async function rainWarnings(): Promise<readonly Warning[]> {
  const { items } = await desk.ask<{ items: Warning[] }>('GET', '/api/v1/warnings?replay=true&limit=500');
  return items.filter((warning) => warning.item.name === '暴雨');
}

test.skipIf(!existsSync(WEATHER))(
  'the storm of 13 September 2013, 61.6 mm in the hour, is one yellow rain warning that ends the same night',
  async () => {
    const { code, said } = await replay(excerpt('2013-09-12', '2013-09-15'));
    expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' });
    await expect.poll(async () => (await rainWarnings()).map((one) => one.state)).toEqual(['normal']);

    const [storm] = await rainWarnings();
    expect(storm).toMatchObject({ peakLevel: 'yellow', replaySession: expect.any(Number) });
    // 16:00–17:00 in Beijing was the hour; nothing before it, and normal before midnight.
    const hour = Date.UTC(2013, 8, 13, 8);
    expect(storm?.openedAt).toBeGreaterThan(hour);
    expect(storm?.openedAt).toBeLessThanOrEqual(hour + HOUR);
    expect(storm?.normalAt).toBeGreaterThan(hour + HOUR);
    expect(storm?.normalAt).toBeLessThan(hour + 8 * HOUR);

    const detail = await desk.ask<{ history: { toLevel: string | null; reason: string }[] }>(
      'GET',
      `/api/v1/warnings/${storm?.id ?? 0}`,
    );
    const yellow = detail.history.filter((change) => change.toLevel === 'yellow');
    expect(yellow).toEqual([expect.objectContaining({ reason: expect.stringContaining('1 小时累计') })]);
  },
  120_000,
);
