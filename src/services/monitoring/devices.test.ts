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
    takeOver: true,
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
    takeOver: true,
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

test('a point that another device feeds is refused by the name of that device, and taken from it only when one says so', async () => {
  await station.point('disputed', 'FLOOD.UNDERPASS');
  const body = (code: string, takeOver = false) => ({
    code,
    protocol: 'hj212' as const,
    points: [{ factor: 'w01010', point: 'disputed', scale: 1, offset: 0 }],
    takeOver,
    simulated: false,
  });
  const first = await registerDevice(station.request(), station.desk, body('MN-6'));
  const refusal = {
    code: 'point.taken',
    details: { points: expect.stringContaining('disputed（HJ 212 MN-6）') as string },
  };
  await expect(registerDevice(station.request(), station.desk, body('MN-7'))).rejects.toMatchObject(refusal);
  expect(station.desk.devices.find('hj212', 'MN-7')).toBeUndefined();
  const second = await registerDevice(station.request(), station.desk, body('MN-7', true));
  expect(station.desk.ingest.book.find('disputed')?.deviceId).toBe(second.id);
  expect(station.desk.devices.find('hj212', 'MN-6')?.factors.size).toBe(0);
  expect((await getDevice(station.request(), first.id)).factors).toEqual([]);
  const back = { params: { id: first.id }, body: { points: body('').points, settings: {} } };
  await expect(changeDevice(station.request(), station.desk, back)).rejects.toMatchObject({
    code: 'point.taken',
  });
  await changeDevice(station.request(), station.desk, { ...back, body: { ...back.body, takeOver: true } });
  expect(station.desk.ingest.book.find('disputed')?.deviceId).toBe(first.id);
  expect(await trailOf('MN-6')).toMatchObject([
    { action: 'device.register' },
    { action: 'device.point-taken', after: { point: 'disputed', by: 'hj212/MN-7' } },
    { action: 'device.change' },
  ]);
});

test('a device out of sight keeps its points, and is not named', async () => {
  await station.point('theirs', 'FLOOD.UNDERPASS');
  const points = [{ factor: 'w01010', point: 'theirs', scale: 1, offset: 0 }];
  const body = { protocol: 'hj212' as const, points, takeOver: true, simulated: false };
  await registerDevice(station.request(), station.desk, { ...body, code: 'MN-8' });
  await station.db.storage.system
    .updateTable('device')
    .set({ place: 900_000, scenarios: [2] })
    .where('code', '=', 'MN-8')
    .execute();
  const flood = station.request({ places: [], scenarios: [1] });
  const refused = registerDevice(flood, station.desk, { ...body, code: 'MN-9' });
  await expect(refused).rejects.toMatchObject({
    code: 'point.taken',
    details: { points: 'theirs（您看不到的一台设备）' },
  });
});

test('a key is replaced and taken away; what became of it is in the audit, the key itself is not', async () => {
  const cipher = { key: KEY, text: 'hex', padding: 'pkcs7' } as const;
  const { id } = await register('MN-10', { password: 'secret', cipher });
  const change = (settings: Parameters<typeof changeDevice>[2]['body']['settings']) =>
    changeDevice(station.request(), station.desk, { params: { id }, body: { points: [], settings } });
  const other = { ...cipher, key: KEY.toUpperCase().replace('A', 'B') };
  await change({ cipher: other });
  expect(station.desk.devices.find('hj212', 'MN-10')?.settings).toEqual({
    password: 'secret',
    cipher: other,
  });
  expect((await change({ cipher: null })).settings).toEqual({ password: '***' });
  expect(station.desk.devices.find('hj212', 'MN-10')?.settings).toEqual({ password: 'secret' });
  expect((await change({ cipher: null, password: null })).settings).toEqual({});
  const trail = await trailOf('MN-10');
  expect(trail).toMatchObject([
    { action: 'device.register' },
    { after: { secrets: { cipher: 'replaced' } } },
    { after: { secrets: { cipher: 'removed' } } },
    { after: { secrets: { password: 'removed' } } },
  ]);
  expect(JSON.stringify(trail)).not.toContain(other.key);
});

test('what a fire panel was let pass is told in words', async () => {
  await registerDevice(station.request(), station.desk, {
    code: '711101000000',
    protocol: 'gb26875',
    points: [],
    settings: { surplus: 'ignore' },
    simulated: false,
  });
  station.desk.ledger.leniencyUsed('gb26875', '711101000000', 'unit-overlong');
  await station.desk.ledger.write(station.db.storage);
  const panel = await station.db.storage.system
    .selectFrom('device')
    .select('id')
    .where('code', '=', '711101000000')
    .executeTakeFirstOrThrow();
  const { leniencies } = await getDevice(station.request(), panel.id);
  expect(leniencies).toMatchObject([{ count: 1, text: expect.stringContaining('略去') as string }]);
});

const trailOf = (code: string) =>
  station.db.storage.system
    .selectFrom('audit')
    .select(['action', 'after'])
    .where('subject', '=', `device/hj212/${code}`)
    .orderBy('id')
    .execute();
