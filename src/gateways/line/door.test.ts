import { connect, type Socket } from 'node:net';

import type { DeviceDirectory, GatewayCounters } from '#model/monitoring';
import { afterEach, expect, test, vi } from 'vitest';

import type { LineLimits } from './options.ts';
import type { LineRead, LineReader } from './reader.ts';
import { type LineGateway, startLine } from './start-line.ts';

const PATIENCE = { timeout: 10_000 };
const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** 一帧就是一个点号。 */
const reader: LineReader = {
  read: (chunk) => heard(Buffer.from(chunk).toString('latin1').split('.').length - 1),
  end: () => heard(0),
};
const heard = (frames: number): LineRead => ({
  frames,
  noiseBytes: 0,
  delivery: { batches: new Map(), replies: [] },
});

async function open(limits: Partial<LineLimits>): Promise<{ gateway: LineGateway; refused: string[] }> {
  const refused: string[] = [];
  const counters = { framesRefused: (_: string, reason: string) => refused.push(reason) };
  const gateway = await startLine(
    'trial',
    {
      host: '127.0.0.1',
      port: 0,
      sink: { accept: () => Promise.resolve() },
      directory: {} as DeviceDirectory,
      counters: counters as unknown as GatewayCounters,
      log: () => undefined,
      limits,
    },
    () => reader,
  );
  closing.push(() => gateway.close());
  return { gateway, refused };
}

async function dial({ port }: LineGateway, localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  socket.on('error', () => undefined);
  closing.push(() => void socket.destroy());
  // 不放进来的，可能没连上就断了。
  await Promise.race([new Promise((resolve) => socket.once('connect', resolve)), closeOf(socket)]);
  return socket;
}

function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
}

test('门口被只连不说的占满时，新来的设备进得来：最老的一条让位，说过话的一条也不动', async () => {
  const { gateway, refused } = await open({ connections: 3, unspokenMs: 0 });
  const device = await dial(gateway);
  device.write('.');
  await vi.waitFor(() => expect(gateway.sessions()[0]?.frames).toBe(1), PATIENCE);
  const idler = await dial(gateway);
  const second = await dial(gateway);
  await vi.waitFor(() => expect(gateway.sessions()).toHaveLength(3), PATIENCE);

  const gone = closeOf(idler);
  const newcomer = await dial(gateway);
  await gone;
  newcomer.write('.');
  await vi.waitFor(() => expect(gateway.sessions().map(({ frames }) => frames)).toEqual([1, 0, 1]), PATIENCE);
  expect(refused).toEqual(['connection-displaced']);
  expect({ device: device.destroyed, other: second.destroyed }).toEqual({ device: false, other: false });
});

test('刚进门的还没到时候：满员时新来的不放进来，计数', async () => {
  const { gateway, refused } = await open({ connections: 1, unspokenMs: 60_000 });
  await dial(gateway);
  await vi.waitFor(() => expect(gateway.sessions()).toHaveLength(1), PATIENCE);
  const late = await dial(gateway);
  await closeOf(late);
  expect(refused).toEqual(['too-many-connections']);
});

test('一个地址的名额满了，只请走它自己的；别的地址不受牵连', async () => {
  const { gateway, refused } = await open({ connectionsPerAddress: 1, unspokenMs: 0 });
  const other = await dial(gateway, '127.0.0.2');
  await vi.waitFor(() => expect(gateway.sessions()).toHaveLength(1), PATIENCE);
  const first = await dial(gateway);
  await vi.waitFor(() => expect(gateway.sessions()).toHaveLength(2), PATIENCE);
  const gone = closeOf(first);
  const second = await dial(gateway);
  await gone;
  second.write('.');
  await vi.waitFor(() => expect(gateway.sessions().map(({ frames }) => frames)).toEqual([0, 1]), PATIENCE);
  expect({ refused, other: other.destroyed }).toEqual({ refused: ['connection-displaced'], other: false });
});
