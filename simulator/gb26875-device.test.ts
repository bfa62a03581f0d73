import { expect, onTestFinished, test } from 'vitest';

import { AT, CODE, component, FIRE, open } from '../src/gateways/gb26875/testing.ts';
import { analogueOf, addressFor, factorsAt, placeFor } from './gb26875-channels.ts';
import { Gb26875Device, type Gb26875DeviceOptions } from './gb26875-device.ts';
import { builtInMaps } from './replay-map.ts';
import { inventoryOf, mapVia } from './replay-inventory.ts';

const PATIENCE = { timeout: 10_000 };
const TRANSPORTS = ['tcp', 'udp'] as const;

function deviceAt(port: number, options: Partial<Gb26875DeviceOptions> = {}): Gb26875Device {
  const device = new Gb26875Device({ host: '127.0.0.1', port, code: CODE, ...options });
  onTestFinished(() => device.close());
  return device;
}

test.each(TRANSPORTS)('%s: a fire is sent, stored and confirmed', async (transport) => {
  const { world, gateway } = await open();
  world.register({ fire: 1 });
  const device = deviceAt(gateway.port, { transport });
  await device.send(component(5, FIRE));
  expect(device.counts).toEqual({ sent: 1, answered: 1, refused: 0, resent: 0 });
  expect(world.rows).toEqual(['1=1 @0']);
});

test.each(TRANSPORTS)('%s: what could not be stored is sent again and stored once', async (transport) => {
  const { world, gateway } = await open();
  world.register({ fire: 1 });
  world.sink.failures = 2;
  const device = deviceAt(gateway.port, { transport, answerWithinMs: 100, resends: 50 });
  await device.send(component(5, FIRE));
  await device.drain();
  expect(device.counts).toMatchObject({ sent: 1, answered: 1, refused: 0 });
  expect(new Set(world.rows)).toEqual(new Set(['1=1 @0']));
});

test('what is denied is sent again three times, then given up', async () => {
  const { world, gateway } = await open();
  world.register({});
  const device = deviceAt(gateway.port);
  await device.send(component(5, FIRE).subarray(0, 20));
  expect(device.counts).toEqual({ sent: 1, answered: 0, refused: 1, resent: 3 });
  expect(world.refused).toEqual(Array.from({ length: 4 }, () => `unit-too-short:${CODE}`));
});

test('a device that was cut off calls again and sends what was not confirmed', async () => {
  const { world, gateway } = await open();
  world.register({ fire: 1 });
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  world.sink.hold = held;
  const device = deviceAt(gateway.port);
  const sent = device.send(component(5, FIRE));
  await expect.poll(() => world.sink.asked, PATIENCE).toBe(1);
  expect(gateway.cut(gateway.sessions()[0]?.id ?? 0)).toBe(true);
  release();
  await sent;
  expect(device.counts).toMatchObject({ answered: 1, refused: 0 });
});

test.each(TRANSPORTS)(
  '%s: it tells its state by itself, takes the clock, and somebody answers the duty check',
  async (transport) => {
    const { world, gateway } = await open();
    world.register({ 'gateway/normal': 1 });
    const device = deviceAt(gateway.port, { transport, heartbeatMs: 50, operator: 12 });
    await expect.poll(() => device.counts.answered, PATIENCE).toBeGreaterThan(0);
    expect(await gateway.command?.(CODE, { kind: 'set-clock' })).toMatchObject({ kind: 'done' });
    expect(Math.abs(device.now - AT)).toBeLessThan(60_000);
    expect(await gateway.command?.(CODE, { kind: 'query-now' })).toMatchObject({ kind: 'done' });
    expect(await gateway.command?.(CODE, { kind: 'duty-check', minutes: 1 })).toEqual({
      kind: 'done',
      text: '值班人员已应答查岗（操作员编号 12）。',
    });
  },
);

test('a station that cannot be reached: the sentence says where', async () => {
  const { gateway } = await open();
  const { port } = gateway;
  await gateway.close();
  const device = deviceAt(port, { patienceMs: 0 });
  await expect(device.send(component(5, FIRE))).rejects.toThrow(`连不上 GB/T 26875.3 端口 127.0.0.1:${port}`);
});

test.each([
  [3.27, 201, 327],
  [-12.5, 201, -1250],
  [400.26, 202, 4003],
  [5000.4, 203, 5000],
])('%d goes as the finest kind that holds it', (value, analogueKind, analogueRaw) => {
  const place = placeFor(300);
  expect(place).toBe('1.1/0.2C010000');
  expect(analogueOf(place, value)).toMatchObject({ componentAddress: 300, analogueKind, analogueRaw });
  expect(factorsAt(place).map(({ factor }) => factor)).toContain(`${place}/kind-${analogueKind}`);
});

test('a value that two bytes cannot hold is not sent', () => {
  expect(analogueOf(placeFor(0), 40_000)).toBeUndefined();
});

test('every recording may go by this gateway: addresses of six bytes, three factors a channel', () => {
  for (const map of builtInMaps()) {
    const { devices } = inventoryOf(mapVia(map, 'gb26875'));
    expect(
      devices.every(({ code, protocol }) => /^[0-9A-F]{12}$/u.test(code) && protocol === 'gb26875'),
    ).toBe(true);
    expect(devices.flatMap(({ points }) => points)).toHaveLength(map.channels.length * 3);
  }
  expect(addressFor('a')).not.toBe(addressFor('b'));
});
