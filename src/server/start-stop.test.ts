// However early it is asked to end, it takes its database along: nothing is left that a next start would have to adopt.
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { PuanProcess } from '../../test/puan-process.ts';

// Several whole starts in one test: on a busy machine they come late, not never.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let puan: PuanProcess;
beforeEach(() => {
  puan = new PuanProcess();
});
afterEach(() => puan.remove());

const isDatabaseLeft = (): boolean => existsSync(path.join(puan.dataDir, 'postgres', 'postmaster.pid'));

test('asked to end at the very moment it is ready, it ends with its database and starts clean', async () => {
  for (let round = 0; round < 2; round += 1) {
    await puan.start();
    await puan.stop();
    expect(isDatabaseLeft()).toBe(false);
  }
  await puan.start();
  expect(puan.errors).toBe('');
});

test('asked to end again while it is ending, it goes on in good order', async () => {
  await puan.start();
  const { pid } = puan;
  process.kill(pid, 'SIGTERM');
  process.kill(pid, 'SIGINT');
  process.kill(pid, 'SIGTERM');
  await puan.stop();
  expect(isDatabaseLeft()).toBe(false);
});

test('asked to end while it starts, it ends in good order once it has', async () => {
  const started = puan.start();
  while (!isDatabaseLeft()) await new Promise((resolve) => setTimeout(resolve, 20));
  const ended = puan.stop();
  await started;
  await ended;
  expect(isDatabaseLeft()).toBe(false);
});

test('told that a port is taken it ends with one sentence, and its database with it', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const refused = new PuanProcess({ env: { PUAN_HJ212_PORT: String(port) }, empty: true });
  try {
    await expect(refused.start()).rejects.toThrow(/before it was ready/u);
    expect(refused.errors.trim()).toBe(
      `端口 ${port} 已被占用。请关闭占用它的程序，或用 PUAN_HTTP_PORT、PUAN_HJ212_PORT 等设置换一个端口。`,
    );
    expect(existsSync(path.join(refused.dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  } finally {
    await refused.remove();
    await new Promise((resolve) => taken.close(resolve));
  }
});
