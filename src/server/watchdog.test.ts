// A real watchdog beside a real Puan, which is stopped, killed and started again; whom it calls is a real receiver.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { Client } from '../../test/client.ts';
import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

const SCRIPT = path.resolve('src/server/watchdog.ts');
const LONG = { timeout: 120_000, interval: 50 };

const puan = new PuanProcess({ empty: true });
const calls: { readonly what: string; readonly message: string }[] = [];
let receiver: Server;
let isReceiverBroken = false;
let watchdog: ChildProcess | undefined;
let settings: string;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      if (!isReceiverBroken) calls.push(JSON.parse(body) as (typeof calls)[number]);
      response.writeHead(isReceiverBroken ? 503 : 200).end();
    });
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  await puan.start();
  settings = path.join(puan.dataDir, 'watchdog.json');
  writeFileSync(
    settings,
    JSON.stringify({
      name: '机房看门狗',
      url: puan.url,
      tokenFile: 'watchdog.token',
      everySeconds: 1,
      silentSeconds: 1,
      repeatMinutes: 60,
      patienceSeconds: 8,
      calls: [
        {
          kind: 'http',
          url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/call`,
          body: { what: '{what}', message: '{message}' },
        },
        {
          kind: 'command',
          command: [process.execPath, '-e', COMMAND, path.join(puan.dataDir, 'said'), '{what}'],
        },
      ],
    }),
  );
}, 300_000);
afterAll(async () => {
  await end('SIGTERM');
  receiver.close();
  await puan.remove();
});

/** A program that is called with what happened, as a gateway to a telephone would be. */
const COMMAND = 'require("fs").appendFileSync(process.argv[1], process.argv[2] + "\\n")';

async function start(): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT, settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  watchdog = child;
  await once(child.stdout, 'data');
}

async function end(signal: NodeJS.Signals): Promise<void> {
  if (!watchdog || watchdog.exitCode !== null || watchdog.signalCode !== null) return;
  const ended = once(watchdog, 'exit');
  watchdog.kill(signal);
  await ended;
}

const whats = (): readonly string[] => calls.map(({ what }) => what);

test('it reports, and Puan shows when it was heard', async () => {
  await start();
  const admin = await new Client(puan.url).as('admin', PASSWORD);
  await vi.waitFor(async () => {
    const { items } = await admin.ask<{ items: { name: string; gone: boolean }[] }>(
      'GET',
      '/api/v1/watchdogs',
    );
    expect(items).toMatchObject([{ name: '机房看门狗', gone: false }]);
  }, LONG);
  // Nobody else reports in its name.
  const stranger = new Client(puan.url, 'guessed');
  expect((await stranger.send('POST', '/watchz', { name: '机房看门狗', everySeconds: 1 })).status).toBe(401);
  expect(calls).toEqual([]);
}, 150_000);

test('a Puan that hangs is told once, over a restart of the watchdog, and its recovery too', async () => {
  process.kill(puan.pid, 'SIGSTOP');
  await vi.waitFor(() => expect(whats()).toEqual(['alarm']), LONG);
  expect(calls[0]?.message).toMatch(/浦安失灵（机房看门狗）：没有应答/u);
  // Killed between a call and writing it down it would call again; once it is written, never.
  const state = (): string => readFileSync(path.join(puan.dataDir, 'watchdog-state.json'), 'utf8');
  await vi.waitFor(() => expect(state()).toMatch(/"calledAt":\d/u), LONG);
  await end('SIGKILL');
  await start();
  process.kill(puan.pid, 'SIGCONT');
  await vi.waitFor(() => expect(whats()).toEqual(['alarm', 'recovered']), LONG);
  // The program is called beside the receiver, and takes its time.
  const said = (): string => readFileSync(path.join(puan.dataDir, 'said'), 'utf8');
  await vi.waitFor(() => expect(said()).toBe('alarm\nrecovered\n'), LONG);
}, 400_000);

test('a Puan that is gone is told even where the first receiver does not answer', async () => {
  isReceiverBroken = true;
  await puan.kill();
  await vi.waitFor(
    () =>
      expect(readFileSync(path.join(puan.dataDir, 'said'), 'utf8')).toMatch(/alarm\nrecovered\nalarm\n$/u),
    LONG,
  );
  isReceiverBroken = false;
  await puan.start();
  await vi.waitFor(() => expect(whats().at(-1)).toBe('recovered'), LONG);
}, 600_000);

test('settings that cannot be used are said in a sentence', async () => {
  const wrong = path.join(puan.dataDir, 'wrong.json');
  writeFileSync(wrong, '{"url": "nowhere", "calls": []}');
  const child = spawn(process.execPath, [SCRIPT, wrong], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(1);
  expect(said).toMatch(/有误：[^]*url/u);
}, 60_000);
