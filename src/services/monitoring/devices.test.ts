import { afterAll, beforeAll, expect, test } from 'vitest';

import { changeDevice } from './change-device.ts';
import { getDevice } from './get-device.ts';
import { registerDevice } from './register-device.ts';
import { Station } from './testing.ts';

let station: Station;
beforeAll(async () => {
  station = await Station.open();
  await station.point('depth', 'FLOOD.UNDERPASS');
  await station.point('river', 'FLOOD.UNDERPASS');
});
afterAll(() => station.close());

const KEY = '0123456789abcdeffedcba9876543210';
const register = (code: string, settings: object) =>
  registerDevice(station.request(), station.desk, {
    code,
    protocol: 'hj212',
    points: [{ factor: 'w01010', point: 'depth', scale: 1, offset: 0 }],
    settings,
    simulated: false,
  });

test('a factor map that is changed holds from the next packet; a point that is left has no device', async () => {
  const { id } = await register('MN-1', { password: '123456' });
  const changed = await changeDevice(station.request(), station.desk, {
    params: { id },
    body: { points: [{ factor: 'w01010', point: 'river', scale: 100, offset: 0 }], settings: {} },
  });
  expect(changed.factors).toMatchObject([{ factor: 'w01010', point: 'river', scale: 100, unit: 'cm' }]);
  const river = station.desk.ingest.book.find('river');
  expect(station.desk.devices.find('hj212', 'MN-1')?.factors.get('w01010')).toEqual({
    point: river?.id,
    scale: 100,
    offset: 0,
  });
  expect(river?.deviceId).toBe(id);
  expect(station.desk.ingest.book.find('depth')?.deviceId).toBeNull();
});

test('a password and a key are written and never read back; what is not given anew stays; in the tables the key is sealed', async () => {
  const cipher = { key: KEY, text: 'hex', padding: 'pkcs7' } as const;
  const { id } = await register('MN-2', { password: 'secret', cipher });
  expect((await getDevice(station.request(), id)).settings).toEqual({
    password: '***',
    cipher: { ...cipher, key: '***' },
  });
  const { settings } = await station.db.storage.system
    .selectFrom('device')
    .select('settings')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(JSON.stringify(settings)).not.toContain(KEY);

  const lenient = { params: { id }, body: { points: [], settings: { crc: 'modbus' } } } as const;
  await changeDevice(station.request(), station.desk, { ...lenient, body: { ...lenient.body, points: [] } });
  expect(station.desk.devices.find('hj212', 'MN-2')?.settings).toEqual({
    password: 'secret',
    cipher,
    crc: 'modbus',
  });
  const trail = await station.db.storage.system
    .selectFrom('audit')
    .select(['action', 'after'])
    .where('subject', '=', 'device/hj212/MN-2')
    .execute();
  expect(trail.map(({ action }) => action)).toEqual(['device.register', 'device.change']);
  expect(JSON.stringify(trail)).not.toContain('secret');
  expect(JSON.stringify(trail)).not.toContain(KEY);
});

test('what was let pass for a device is counted and told in words', async () => {
  const { id } = await register('MN-3', { crc: 'modbus' });
  station.desk.ledger.leniencyUsed('hj212', 'MN-3', 'crc-modbus');
  station.desk.ledger.leniencyUsed('hj212', 'MN-3', 'crc-modbus');
  await station.desk.ledger.write(station.db.storage);
  const detail = await getDevice(station.request(), id);
  expect(detail.leniencies).toEqual([
    { leniency: 'crc-modbus', text: '按设备档案以 Modbus CRC 验收', count: 2 },
  ]);
  expect(detail.commands).toEqual(['set-clock', 'query-now', 'back-fill', 'set-interval']);
});

test('a factor to a point that is not there changes nothing', async () => {
  const { id } = await register('MN-4', {});
  await expect(
    changeDevice(station.request(), station.desk, {
      params: { id },
      body: { points: [{ factor: 'x', point: 'nowhere', scale: 1, offset: 0 }], settings: {} },
    }),
  ).rejects.toMatchObject({ code: 'record.not-found' });
  expect((await getDevice(station.request(), id)).factors).toMatchObject([
    { factor: 'w01010', point: 'depth' },
  ]);
});

test('a Modbus device keeps where it is asked; factors that are no registers are refused by name', async () => {
  const modbus = { host: '10.1.2.3', port: 502, unit: 1, periodMs: 5000, timeoutMs: 1000 };
  const body = (factor: string) => ({
    code: 'PLC-1',
    protocol: 'modbus' as const,
    points: [{ factor, point: 'depth', scale: 1, offset: 0 }],
    settings: { modbus },
    simulated: false,
  });
  await expect(registerDevice(station.request(), station.desk, body('40001'))).rejects.toMatchObject({
    code: 'input.invalid',
    details: { issues: expect.stringContaining('40001') as string },
  });
  const { id } = await registerDevice(station.request(), station.desk, body('holding:0:int16'));
  expect(await getDevice(station.request(), id)).toMatchObject({
    settings: { modbus },
    commands: ['query-now'],
  });
  const [known] = station.desk.devices.all('modbus');
  expect(known).toMatchObject({ code: 'PLC-1', settings: { modbus } });
  const change = (factor: string) =>
    changeDevice(station.request(), station.desk, { params: { id }, body: { ...body(factor) } });
  await expect(change('coil')).rejects.toMatchObject({ code: 'input.invalid' });
  await change('coil:5');
  expect(station.desk.devices.all('modbus')[0]).not.toBe(known);
});
