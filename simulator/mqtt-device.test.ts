import { afterEach, expect, test } from 'vitest';

import { World } from '../src/gateways/mqtt/testing.ts';
import { MqttDevice } from './mqtt-device.ts';

const AT = Date.parse('2013-09-13T16:00:00+08:00');

const world = new World();
afterEach(() => world.close());

test('a message that was not stored is sent again over a new connection, with the recording’s time', async () => {
  world.device('M1', ['level']);
  world.sink.failures = 1;
  const { port } = await world.gateway();
  const device = new MqttDevice({ host: '127.0.0.1', port, token: 'token-M1', window: 8 });
  world.onClose(() => Promise.resolve(device.close()));
  for (let i = 0; i < 3; i += 1) await device.send(AT + i, { level: i });
  await device.drain();
  expect(new Set(world.sink.stored.map(([, at, value]) => `${at - AT}:${value}`))).toEqual(
    new Set(['0:0', '1:1', '2:2']),
  );
  expect(device.counts).toMatchObject({ sent: 3, answered: 3, refused: 0 });
  expect(device.counts.resent).toBeGreaterThan(0);
});

test('a broker that is not there is given up after the patience', async () => {
  const device = new MqttDevice({ host: '127.0.0.1', port: 1, token: 'x', patienceMs: 0 });
  world.onClose(() => Promise.resolve(device.close()));
  await device.send(AT, { level: 1 });
  await expect(device.drain()).rejects.toThrow('连不上 MQTT 端口 127.0.0.1:1');
});
