import { connect as dial, type Socket } from 'node:net';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { World } from './testing.ts';

const AT = 1_790_000_000_000;
const TOPIC = 'v1/devices/me/telemetry';
const CONNACK = [0x20, 2, 0, 0];

let world: World;
beforeEach(() => {
  world = new World();
  world.device('M1', ['level']);
});
afterEach(() => world.close());

const text = (value: string): Buffer =>
  Buffer.from([value.length >> 8, value.length & 255, ...Buffer.from(value)]);

function packet(head: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7];
  return Buffer.from([head, ...length, ...body]);
}

/** CONNECT with the token of M1. */
function hello(keepAlive: number, will?: string): Buffer {
  const flags = will === undefined ? 0x82 : 0x86;
  const wish = will === undefined ? [] : [text(TOPIC), text(will)];
  return packet(
    0x10,
    text('MQTT'),
    Buffer.from([4, flags, 0, keepAlive]),
    text('c'),
    ...wish,
    text('token-M1'),
  );
}

function message(id: number): Buffer {
  const payload = JSON.stringify({ ts: AT + id, values: { level: id } });
  return packet(0x32, text(TOPIC), Buffer.from([id >> 8, id & 255]), Buffer.from(payload));
}

/** A device that speaks in bytes; `heard` is what it is told. */
async function device(): Promise<{ readonly socket: Socket; readonly heard: number[] }> {
  const gateway = await world.gateway();
  const socket = dial(gateway.port, '127.0.0.1');
  const heard: number[] = [];
  socket.on('error', () => undefined).on('data', (bytes: Buffer) => heard.push(...bytes));
  world.onClose(async () => socket.destroy());
  return { socket, heard };
}

test('what comes in one piece with the CONNECT is answered behind it, in its order', async () => {
  const { socket, heard } = await device();
  socket.write(Buffer.concat([hello(60), message(3), message(1), message(2)]));
  await vi.waitFor(() => expect(heard).toHaveLength(16), { timeout: 10_000 });
  expect(heard).toEqual([...CONNACK, 0x40, 2, 0, 3, 0x40, 2, 0, 1, 0x40, 2, 0, 2]);
  expect(world.sink.stored.map(([, , value]) => value)).toEqual([3, 1, 2]);
});

test('who sends faster than is stored is not read on, and loses nothing', async () => {
  const { socket, heard } = await device();
  const { promise, resolve } = Promise.withResolvers<void>();
  world.sink.hold = promise;
  const ids = Array.from({ length: 5000 }, (_, i) => i + 1);
  socket.write(Buffer.concat([hello(60), ...ids.map(message)]));
  await vi.waitFor(() => expect(world.sink.taken).toBe(1024), { timeout: 10_000 });
  resolve();
  await vi.waitFor(() => expect(heard).toHaveLength(4 + 4 * ids.length), { timeout: 20_000 });
  expect(
    heard
      .slice(4)
      .filter((_, i) => i % 4 === 2)
      .map((high, i) => (high << 8) | (heard[7 + 4 * i] ?? 0)),
  ).toEqual(ids);
  expect(world.sink.stored.map(([, , value]) => value)).toEqual(ids);
});

test('who is silent for longer than it promised is ended, and its will is read', async () => {
  const { socket } = await device();
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(hello(1, JSON.stringify({ ts: AT, values: { level: 9 } })));
  await closed;
  expect(world.refused).toEqual(['connection-idle:M1']);
  await vi.waitFor(() => expect(world.sink.stored).toEqual([[1, AT, 9, 0]]), { timeout: 10_000 });
});
