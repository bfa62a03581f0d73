// A poller on real sockets and a simulated device that it asks; only the storage is the test's own.
import { afterEach, expect, test, vi } from 'vitest';

import type {
  DeviceDirectory,
  Gateway,
  GatewayCounters,
  KnownDevice,
  ModbusSettings,
  ReadingBatch,
} from '#model/monitoring';

import { ModbusDevice } from '../../../simulator/modbus-device.ts';
import { startModbusGateway } from './gateway.ts';

const PATIENCE = { timeout: 10_000 };
const CODE = 'PLC-1';
const ASKED_BY_HAND = 3_600_000;

class World implements DeviceDirectory, GatewayCounters {
  devices: readonly KnownDevice[] = [];
  /** Values by point, newest first. */
  readonly stored = new Map<number, number[]>();
  readonly refused = new Map<string, number>();
  readonly logged: string[] = [];
  readonly times: number[] = [];
  accepted = 0;
  storeFailures = 0;

  readonly sink = {
    accept: async (batch: ReadingBatch): Promise<void> => {
      if (this.storeFailures > 0) {
        this.storeFailures -= 1;
        throw new Error('数据库不在');
      }
      for (let at = 0; at < batch.length; at += 1) {
        const point = batch.point[at] ?? -1;
        this.stored.set(point, [batch.value[at] ?? Number.NaN, ...(this.stored.get(point) ?? [])]);
        this.times.push(batch.observedAt[at] ?? Number.NaN);
      }
      return Promise.resolve();
    },
  };
  find = (): undefined => undefined;
  all = (): readonly KnownDevice[] => this.devices;
  quarantine = (): void => undefined;
  factorsUnmapped = (): void => undefined;
  leniencyUsed = (): void => undefined;
  framesAccepted(_protocol: string, _device: string, n: number): void {
    this.accepted += n;
  }
  framesRefused(_protocol: string, reason: string, _device: string | undefined, n: number): void {
    this.refused.set(reason, (this.refused.get(reason) ?? 0) + n);
  }
  newest(): Record<string, number | undefined> {
    return Object.fromEntries([...this.stored].map(([point, [value]]) => [point, value]));
  }
}

const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanup.splice(0).toReversed()) await close();
});

async function device(port = 0): Promise<ModbusDevice> {
  const made = await ModbusDevice.listen(port);
  cleanup.push(() => made.close());
  return made;
}

/** Points are numbered as the keys are. */
function known(port: number, keys: readonly string[], settings: Partial<ModbusSettings> = {}): KnownDevice {
  const modbus = { host: '127.0.0.1', port, unit: 1, periodMs: 20, timeoutMs: 5000, ...settings };
  return {
    id: 1,
    code: CODE,
    settings: { modbus },
    factors: new Map(keys.map((key, at) => [key, { point: at + 1, scale: 1, offset: 0 }])),
    session: 0,
  };
}

async function open(...devices: KnownDevice[]): Promise<{ world: World; gateway: Gateway }> {
  const world = new World();
  world.devices = devices;
  const gateway = await startModbusGateway({
    sink: world.sink,
    directory: world,
    counters: world,
    log: (event) => world.logged.push(event),
    watchMs: 20,
    slowestMs: 100,
  });
  cleanup.push(() => gateway.close());
  return { world, gateway };
}

test('values of every type and order are read in few requests, scaled, and carry the time of their poll', async () => {
  const plc = await device();
  plc.setWords('holding', 100, [0x3f, 0xd9, 0x99, 0x9a, 0x99, 0x9a, 0x3f, 0xd9]);
  plc.setWords('holding', 104, [0xd9, 0x3f, 0x9a, 0x99, 0x9a, 0x99, 0xd9, 0x3f]);
  plc.setWords('input', 3, [0xff, 0x9c, 0xff, 0xfe, 0xff, 0xff]);
  plc.setBit('coil', 5, true);
  plc.setBit('discrete', 9, true);
  const one = known(plc.port, [
    'holding:100:float32:ABCD',
    'holding:102:float32:CDAB',
    'holding:104:float32:BADC',
    'holding:106:float32:DCBA',
    'input:3:int16',
    'input:4:int32:CDAB',
    'coil:5',
    'discrete:7',
    'discrete:9',
  ]);
  const factors = new Map(one.factors).set('input:3:int16', { point: 5, scale: 0.1, offset: 40 });
  const before = Date.now();
  const { world } = await open({ ...one, factors });
  await vi.waitFor(() => expect(world.stored.size).toBe(9), PATIENCE);
  for (const point of [1, 2, 3, 4]) expect(world.newest()[point]).toBeCloseTo(1.7, 6);
  expect(world.newest()).toMatchObject({ 5: 30, 6: -2, 7: 1, 8: 0, 9: 1 });
  expect(plc.asked.slice(0, 4).toSorted()).toEqual([
    'coil 5+1',
    'discrete 7+3',
    'holding 100+8',
    'input 3+3',
  ]);
  expect(new Set(world.times.slice(0, 9)).size).toBe(1);
  expect(world.times[0]).toBeGreaterThanOrEqual(before);
  expect(world.refused.size).toBe(0);
});

test('what has no value is counted, never stored', async () => {
  const plc = await device();
  plc.setWords('input', 0, [0x27, 0x0f, 0x7f, 0xc0, 0, 0, 0, 7]);
  const { world } = await open(
    known(plc.port, ['input:0:int16!9999', 'input:1:float32', 'input:3:int16'], { periodMs: ASKED_BY_HAND }),
  );
  await vi.waitFor(() => expect(world.newest()).toEqual({ 3: 7 }), PATIENCE);
  expect(Object.fromEntries(world.refused)).toEqual({ 'invalid-value': 2 });
});

test('an exception is counted by its name and the line stays; only what is refused by itself is lost', async () => {
  const plc = await device();
  plc.setWords('holding', 0, [0, 1, 0, 2, 0, 3]);
  plc.missing.add('holding:1');
  const { world, gateway } = await open(
    known(plc.port, ['holding:0:int16', 'holding:1:int16', 'holding:2:int16'], { periodMs: ASKED_BY_HAND }),
  );
  await vi.waitFor(() => expect(world.newest()).toEqual({ 1: 1, 3: 3 }), PATIENCE);
  expect(Object.fromEntries(world.refused)).toEqual({ 'illegal-data-address': 1 });
  plc.asked.length = 0;
  plc.exception = 0x06;
  expect(await gateway.command?.(CODE, { kind: 'query-now' })).toMatchObject({
    kind: 'refused',
    text: expect.stringContaining('设备忙') as string,
  });
  expect(plc.asked).toEqual(['holding 0+1', 'holding 1+1', 'holding 2+1']);
  expect(world.refused.get('server-device-busy')).toBe(3);
  expect(gateway.sessions()).toMatchObject([{ devices: [CODE] }]);
});

test('a device that is silent is let go and asked ever more slowly; once it answers its values come again', async () => {
  const plc = await device();
  plc.silent = true;
  plc.setWords('holding', 0, [0, 42]);
  const { world } = await open(known(plc.port, ['holding:0:int16'], { timeoutMs: 200 }));
  await vi.waitFor(() => expect(world.refused.get('timeout')).toBeGreaterThanOrEqual(2), PATIENCE);
  expect(world.stored.size).toBe(0);
  plc.silent = false;
  await vi.waitFor(() => expect(world.newest()).toEqual({ 1: 42 }), PATIENCE);
  await vi.waitFor(
    () => expect(world.logged).toEqual(['modbus.device-lost', 'modbus.device-back']),
    PATIENCE,
  );
});

test('a device that is not there is told so; it is polled once it comes up', async () => {
  const gone = await ModbusDevice.listen();
  const { port } = gone;
  await gone.close();
  const { world, gateway } = await open(known(port, ['coil:0']));
  await vi.waitFor(() => expect(world.refused.get('unreachable')).toBeGreaterThanOrEqual(2), PATIENCE);
  expect(await gateway.command?.(CODE, { kind: 'query-now' })).toEqual({ kind: 'not-connected' });
  expect(gateway.sessions()).toEqual([]);
  await device(port);
  await vi.waitFor(() => expect(world.newest()).toEqual({ 1: 0 }), PATIENCE);
});

test('a device that is changed is polled anew, one that goes is left alone', async () => {
  const plc = await device();
  plc.setWords('holding', 0, [0, 1, 0, 2]);
  const { world, gateway } = await open(known(plc.port, ['holding:0:int16'], { periodMs: ASKED_BY_HAND }));
  await vi.waitFor(() => expect(world.newest()).toEqual({ 1: 1 }), PATIENCE);
  world.devices = [known(plc.port, ['holding:1:int16'], { periodMs: ASKED_BY_HAND })];
  await vi.waitFor(() => expect(world.newest()).toEqual({ 1: 2 }), PATIENCE);
  world.devices = [];
  await vi.waitFor(() => expect(gateway.sessions()).toEqual([]), PATIENCE);
  await vi.waitFor(() => expect(plc.masters).toBe(0), PATIENCE);
});

test('what could not be stored is refused, and read anew in the next round', async () => {
  const plc = await device();
  plc.setWords('holding', 0, [0, 8]);
  const world = new World();
  world.storeFailures = 1;
  world.devices = [known(plc.port, ['holding:0:int16'])];
  const gateway = await startModbusGateway({
    sink: world.sink,
    directory: world,
    counters: world,
    log: (event) => world.logged.push(event),
  });
  cleanup.push(() => gateway.close());
  await vi.waitFor(() => expect(world.newest()).toEqual({ 1: 8 }), PATIENCE);
  expect(world.refused.get('store-failed')).toBe(1);
  expect(world.logged).toContain('modbus.store-failed');
});

test('a session is seen and can be cut; the next poll connects again; query-now reads at once', async () => {
  const plc = await device();
  const { world, gateway } = await open(known(plc.port, ['holding:0:int16'], { periodMs: ASKED_BY_HAND }));
  await vi.waitFor(() => expect(world.accepted).toBe(1), PATIENCE);
  const [session] = gateway.sessions();
  expect(session).toMatchObject({ address: `127.0.0.1:${plc.port}`, frames: 1, devices: [CODE] });
  expect(gateway.port).toBe(0);
  expect(gateway.cut(session?.id ?? -1)).toBe(true);
  await vi.waitFor(() => expect(gateway.sessions()).toEqual([]), PATIENCE);
  expect(gateway.cut(session?.id ?? -1)).toBe(false);
  plc.setWords('holding', 0, [0, 5]);
  expect(await gateway.command?.(CODE, { kind: 'query-now' })).toEqual({
    kind: 'done',
    text: '读到 1 个值。',
  });
  expect(world.newest()).toEqual({ 1: 5 });
  expect(gateway.sessions()[0]?.id).not.toBe(session?.id);
  expect(await gateway.command?.(CODE, { kind: 'set-clock' })).toEqual({ kind: 'unsupported' });
  expect(await gateway.command?.('nobody', { kind: 'query-now' })).toEqual({ kind: 'not-connected' });
});

test('whoever talks without being asked is cut off', async () => {
  const plc = await device();
  const { world, gateway } = await open(known(plc.port, ['coil:0'], { periodMs: ASKED_BY_HAND }));
  await vi.waitFor(() => expect(world.accepted).toBe(1), PATIENCE);
  plc.shout(new Uint8Array(4096));
  await vi.waitFor(() => expect(world.refused.get('noise')).toBe(1), PATIENCE);
  await vi.waitFor(() => expect(gateway.sessions()).toEqual([]), PATIENCE);
});

test('a device without an address is not asked; a factor that is no register is told once', async () => {
  const plc = await device();
  const { world } = await open(
    { ...known(0, ['coil:0']), code: 'PLC-0', settings: {} },
    known(plc.port, ['40001', 'coil:0'], { periodMs: ASKED_BY_HAND }),
  );
  await vi.waitFor(() => expect(world.newest()).toEqual({ 2: 0 }), PATIENCE);
  expect(Object.fromEntries(world.refused)).toEqual({ 'no-address': 1, 'bad-register': 1 });
});

test('two devices behind one serial gateway share its one connection, and are asked one after the other', async () => {
  const plc = await device();
  plc.setWords('holding', 0, [0, 7]);
  const unit = (code: string, number: number, point: number): KnownDevice => ({
    ...known(plc.port, ['holding:0:int16'], { unit: number, periodMs: 20 }),
    code,
    factors: new Map([['holding:0:int16', { point, scale: number, offset: 0 }]]),
  });
  const { world, gateway } = await open(unit('PLC-A', 1, 1), unit('PLC-B', 2, 2));
  await vi.waitFor(() => expect(world.newest()).toEqual({ 1: 7, 2: 14 }), PATIENCE);
  await vi.waitFor(() => expect(plc.units.length).toBeGreaterThan(20), PATIENCE);
  expect(new Set(plc.units)).toEqual(new Set([1, 2]));
  expect([plc.masters, plc.crowded]).toEqual([1, 0]);
  const [session, ...more] = gateway.sessions();
  expect(session).toMatchObject({ address: `127.0.0.1:${plc.port}`, devices: ['PLC-A', 'PLC-B'] });
  expect(more).toEqual([]);
});

test('a unit that joins later is reached, one that leaves does not take the line from the other', async () => {
  const plc = await device();
  const first = { ...known(plc.port, ['coil:0'], { unit: 1 }), code: 'PLC-A' };
  const second = { ...known(plc.port, ['coil:0'], { unit: 9 }), code: 'PLC-B' };
  const { world, gateway } = await open(first);
  await vi.waitFor(() => expect(plc.units).toContain(1), PATIENCE);
  world.devices = [first, second];
  await vi.waitFor(() => expect(plc.units).toContain(9), PATIENCE);
  world.devices = [second];
  await vi.waitFor(() => expect(gateway.sessions()).toMatchObject([{ devices: ['PLC-B'] }]), PATIENCE);
  const asked = plc.units.length;
  await vi.waitFor(() => expect(plc.units.slice(asked + 1)).toContain(9), PATIENCE);
  await vi.waitFor(() => expect(plc.masters).toBe(1), PATIENCE);
});
