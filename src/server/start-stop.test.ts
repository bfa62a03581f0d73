// However early it is asked to end, it takes its database along: nothing is left that a next start would have to adopt.
import { existsSync } from 'node:fs';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { PuanProcess } from '../../test/puan-process.ts';

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
