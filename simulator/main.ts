// The built-in simulator: a process of its own that `npm start` spawns. It comes in by the same doors as real devices.
import { fstatSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { PuanClient, RefusedError } from './client.ts';
import { typhoonPulasan } from './demo/typhoon-pulasan.ts';
import { hj212PortOf, readToken, TOKEN_FILE } from './settings.ts';

const PARENT_EVERY_MS = 2000;
const READY_EVERY_MS = 500;
const AGAIN_MS = 10_000;
const HOST = '127.0.0.1';

const stop = new AbortController();
const log = (sentence: string): void => {
  process.stderr.write(`模拟设备：${sentence}\n`);
};

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => stop.abort());
leaveWithParent();
await main();
process.exit(0);

async function main(): Promise<void> {
  const url = `http://${HOST}:${process.env['PUAN_HTTP_PORT'] ?? '8080'}`;
  const file =
    process.env['PUAN_SIMULATOR_TOKEN_FILE'] ??
    path.resolve(process.env['PUAN_DATA_DIR'] ?? '.puan', TOKEN_FILE);
  while (!stop.signal.aborted) {
    try {
      await ready(url);
      // Read anew each time: a server that was started again has written another token.
      const token = readToken(file);
      if (token === undefined) throw new Error(`没有令牌文件 ${file}`);
      const client = new PuanClient(
        { url, patienceMs: Number.POSITIVE_INFINITY, signal: stop.signal },
        token,
      );
      await typhoonPulasan({
        client,
        hj212: { host: HOST, port: hj212PortOf(process.env) },
        signal: stop.signal,
        log,
      });
    } catch (error) {
      if (stop.signal.aborted) return;
      log(`${sentenceOf(error)}；${AGAIN_MS / 1000} 秒后再试`);
      await wait(AGAIN_MS);
    }
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof RefusedError) return `服务拒绝（${error.code}）：${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

async function ready(url: string): Promise<void> {
  while (!stop.signal.aborted) {
    const answer = await fetch(`${url}/readyz`, { signal: stop.signal }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await wait(READY_EVERY_MS);
  }
}

/** The server that started us has gone: we go too. Its pipe closes, or we are given another parent. */
function leaveWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop.abort();
  }, PARENT_EVERY_MS).unref();
  const input = fstatSync(0, { bigint: false });
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin.on('end', () => stop.abort()).on('error', () => stop.abort());
  process.stdin.resume();
}

async function wait(ms: number): Promise<void> {
  await sleep(ms, undefined, { signal: stop.signal }).catch(() => undefined);
}
