import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

import { Aedes } from 'aedes';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { World } from './testing.ts';

const AT = 1_790_000_000_000;
const TOPIC = 'city/{device}/telemetry';

let world: World;
beforeEach(() => {
  world = new World();
  world.device('M1', ['level']);
});
afterEach(() => world.close());

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  world.onClose(() => new Promise((resolve) => server.close(resolve)));
  return `mqtt://127.0.0.1:${(server.address() as { port: number }).port}`;
}

const row = (value: number): string => JSON.stringify({ ts: AT, values: { level: value } });

/** A broker of another make is played by a second one of ours, which speaks 3.1.1 and knows no shared subscriptions. */
test('telemetry at a broker outside is stored; retained, foreign and unknown are counted', async () => {
  const broker = await Aedes.createBroker();
  const url = await listen(createServer(broker.handle));
  world.onClose(() => new Promise((resolve) => broker.close(() => resolve(undefined))));
  const say = (device: string, payload: string, retain = false): Promise<void> =>
    new Promise((resolve) => {
      const packet = { cmd: 'publish', topic: `city/${device}/telemetry`, payload, retain } as const;
      broker.publish({ ...packet, qos: 1, dup: false }, () => resolve());
    });
  await say('M1', row(1), true);
  const gateway = await world.gateway({ outside: { url, topic: TOPIC, version: 4 } });
  await vi.waitFor(() => expect(world.refused).toEqual(['retained:M1']), { timeout: 10_000 });
  await say('M1', row(2));
  await say('X9', row(3));
  await say('M1', 'no json');
  await vi.waitFor(() => expect(world.refused).toContain('bad-json:M1'), { timeout: 10_000 });
  expect(world.sink.stored).toEqual([[1, AT, 2, 0]]);
  expect(world.quarantined.map(({ code }) => code)).toEqual(['X9']);
  expect(gateway.sessions()).toMatchObject([{ devices: ['M1'], frames: 4 }]);
});

/** As much of an MQTT 5 broker as one message needs, byte by byte. */
class Five {
  readonly subscribed: string[] = [];
  readonly levels: (number | undefined)[] = [];
  answered = 0;
  readonly server = createServer((socket) => this.#serve(socket));
  #member: Socket | undefined;

  get url(): Promise<string> {
    return listen(this.server);
  }

  /** PUBLISH, QoS 1, message id 7, no properties. */
  send(payload: string, again = false): void {
    const topic = Buffer.from('city/M1/telemetry');
    const body = Buffer.concat([
      Buffer.from([0, topic.length]),
      topic,
      Buffer.from([0, 7, 0]),
      Buffer.from(payload),
    ]);
    this.#member?.write(Buffer.concat([Buffer.from([again ? 0x3a : 0x32, body.length]), body]));
  }

  #serve(socket: Socket): void {
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      for (let at = 0; at < bytes.length; at += 2 + (bytes[at + 1] ?? 0))
        this.#hear(socket, bytes.subarray(at));
    });
  }

  #hear(socket: Socket, packet: Buffer): void {
    const kind = (packet[0] ?? 0) >> 4;
    if (kind === 1) {
      this.levels.push(packet[8]);
      socket.write(Buffer.from([0x20, 3, 0, 0, 0]));
    }
    if (kind === 8) {
      const [high = 0, low = 0] = packet.subarray(2, 4);
      this.subscribed.push(packet.toString('latin1', 7, (packet[1] ?? 0) + 1));
      socket.write(Buffer.from([0x90, 4, high, low, 0, 1]));
      this.#member = socket;
    }
    if (kind === 4) this.answered += 1;
  }
}

test('MQTT 5: a member of the shared subscription, each message answered after its commit', async () => {
  const broker = new Five();
  await world.gateway({ outside: { url: await broker.url, topic: TOPIC, version: 5 } });
  await vi.waitFor(() => expect(broker.subscribed).toHaveLength(16), { timeout: 10_000 });
  expect(new Set(broker.subscribed)).toEqual(new Set(['$share/puan/city/+/telemetry']));
  expect(new Set(broker.levels)).toEqual(new Set([5]));
  const { promise, resolve } = Promise.withResolvers<void>();
  world.sink.hold = promise;
  broker.send(row(4));
  await vi.waitFor(() => expect(world.sink.asked).toBe(1), { timeout: 10_000 });
  expect(broker.answered).toBe(0);
  resolve();
  await vi.waitFor(() => expect(broker.answered).toBe(1), { timeout: 10_000 });
  expect(world.sink.stored).toEqual([[1, AT, 4, 0]]);
});

test('MQTT 5: what could not be stored is not answered, the link is called anew and the broker sends it again', async () => {
  const broker = new Five();
  await world.gateway({ outside: { url: await broker.url, topic: TOPIC, version: 5 } });
  await vi.waitFor(() => expect(broker.subscribed).toHaveLength(16), { timeout: 10_000 });
  world.sink.failures = 1;
  broker.send('{"level":5}');
  await vi.waitFor(() => expect(broker.subscribed).toHaveLength(17), 5000);
  expect(broker.answered).toBe(0);
  broker.send('{"level":5}', true);
  await vi.waitFor(() => expect(broker.answered).toBe(1), { timeout: 10_000 });
  expect(world.sink.stored).toHaveLength(1);
});
