import os from 'node:os';

import { expect, test } from 'vitest';

import { HouseState } from './house-state.ts';

function house() {
  const facts = { now: 1_000_000, down: false, shut: [] as { protocol: string; reason: string }[] };
  const state = new HouseState({
    dataDir: os.tmpdir(),
    isIngestDown: () => facts.down,
    shutGateways: () => facts.shut,
    now: () => facts.now,
  });
  const found = async (): Promise<readonly string[]> =>
    (await state.facts()).findings
      .filter(({ kind }) => kind !== 'disk-filling')
      .map(({ kind, summary }) => `${kind} ${summary}`);
  return { facts, state, found };
}

test('an outage between two rounds is told once it is over, and silence is counted from its end', async () => {
  const { facts, state, found } = house();
  facts.down = true;
  state.look();
  facts.now += 40_000;
  expect(await found()).toEqual(['ingest-down 读数已有 40 秒没有写入数据库']);
  facts.down = false;
  state.look();
  expect(await found()).toEqual(['ingest-down 读数曾有 40 秒没有写入数据库']);
  // It could not be written down: it is told again.
  expect(await found()).toHaveLength(1);
  state.told();
  expect(await found()).toEqual([]);
  expect((await state.facts()).listeningSince).toBe(facts.now);
});

test('a loop that fails three times in a row is a finding, until it comes through', async () => {
  const { state, found } = house();
  let fails = true;
  const round = state.watched('分区准备', () =>
    fails ? Promise.reject(new Error('no room')) : Promise.resolve(),
  );
  for (let n = 0; n < 3; n += 1) {
    expect(await found()).toEqual([]);
    await expect(round()).rejects.toThrow('no room');
  }
  expect(await found()).toEqual(['upkeep-failing 分区准备连续 3 轮没有完成：no room']);
  fails = false;
  await round();
  expect(await found()).toEqual([]);
});

test('a gateway that should listen and does not is a finding with its reason', async () => {
  const { facts, found } = house();
  facts.shut = [{ protocol: 'sl651', reason: '端口 8651 被占用' }];
  expect(await found()).toEqual(['line-shut sl651 网关没有监听：端口 8651 被占用']);
});
