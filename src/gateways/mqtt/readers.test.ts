import { connect as dial } from 'node:net';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { World } from './testing.ts';

const TOPIC = 'v1.1/Observations';

let world: World;
/** What is told to whoever listens to {@link TOPIC}. */
const listeners = new Set<(payload: string) => void>();
beforeEach(() => {
  world = new World();
  listeners.clear();
  world.readers.set('reader', {
    listen: (topic, tell) => {
      if (topic !== TOPIC) return Promise.resolve('subscription-denied');
      listeners.add(tell);
      return Promise.resolve(() => void listeners.delete(tell));
    },
  });
});
afterEach(() => world.close());

const say = (payload: string): void => {
  for (const tell of listeners) tell(payload);
};

test('a reader hears what it may listen to, until it leaves', async () => {
  const gateway = await world.gateway();
  const client = await world.connect(gateway.port, { username: 'any', password: 'reader' });
  const heard: string[] = [];
  client.on('message', (topic, payload) => heard.push(`${topic} ${payload.toString()}`));
  await client.subscribeAsync(TOPIC);
  await expect(client.subscribeAsync('v1.1/Things(1)')).rejects.toThrow('Unspecified error');
  expect(world.refused).toEqual(['subscription-denied:?']);
  say('{"result":1}');
  await vi.waitFor(() => expect(heard).toEqual([`${TOPIC} {"result":1}`]), { timeout: 10_000 });
  await client.endAsync();
  await vi.waitFor(() => expect(listeners.size).toBe(0), { timeout: 10_000 });
});

test('a reader writes nothing', async () => {
  const gateway = await world.gateway();
  const client = await world.connect(gateway.port, { username: 'reader' });
  await client.publishAsync('v1/devices/me/telemetry', '{"level":1}', { qos: 1 });
  expect(world.refused).toEqual(['topic-denied:?']);
  expect(world.sink.stored).toEqual([]);
});

test('who does not read what it is told misses messages, and it is counted', async () => {
  const gateway = await world.gateway();
  const socket = dial(gateway.port, '127.0.0.1');
  world.onClose(() => Promise.resolve(socket.destroy()));
  // CONNECT with the user name `reader`, then SUBSCRIBE; nothing is read from now on.
  const names = [0, 4, ...Buffer.from('MQTT'), 4, 0x82, 0, 60, 0, 1, 0x72, 0, 6, ...Buffer.from('reader')];
  const connect = Buffer.from([0x10, names.length, ...names]);
  const topic = Buffer.from(TOPIC);
  const subscribe = Buffer.from([0x82, 5 + topic.length, 0, 1, 0, topic.length, ...topic, 0]);
  socket.write(Buffer.concat([connect, subscribe]));
  socket.pause();
  await vi.waitFor(() => expect(listeners.size).toBe(1), { timeout: 10_000 });
  const payload = JSON.stringify({ result: 'x'.repeat(60_000) });
  await vi.waitFor(
    () => {
      say(payload);
      expect(world.refused).toContain('subscriber-slow:?');
    },
    { timeout: 20_000, interval: 1 },
  );
  expect(gateway.sessions()).toHaveLength(1);
});
