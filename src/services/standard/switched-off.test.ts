// Parameters of objects: what may be set, what is refused, and which signs are off for want of one.
import path from 'node:path';

import { getObject, registerObject, updateObject } from '#services/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type House, openHouse } from '../platform/testing.ts';
import { listParameters } from './list-parameters.ts';
import { listSwitchedOff } from './list-switched-off.ts';
import { readStandard } from './read-standard.ts';

const STANDARDS = path.resolve('standards');
const STAGES = { 'FLOOD.W_STAGE': 3.3, 'FLOOD.G_STAGE': 3.6 };

let house: House;
beforeAll(async () => {
  house = await openHouse('standard');
});
afterAll(() => house.db.drop());

async function gauge(code: string, parameters?: Readonly<Record<string, number>>) {
  const body = { code, name: `内河水位站 ${code}`, scenarios: ['FLOOD'], lat: 31.2, lon: 121.6 };
  const object = await registerObject(await house.as('flood.admin'), {
    body: { ...body, simulated: false, parameters },
  });
  await house.db.storage.system
    .insertInto('point')
    .values({
      code,
      object_id: object.id,
      element_code: 'FLOOD.RIVER',
      place: 100,
      scenarios: [1],
      simulated: false,
      device_id: null,
    })
    .execute();
  return object;
}

const offAt = async (username: string, scenario?: string) =>
  (await listSwitchedOff(await house.as(username), { query: { limit: 50, scenario } })).items;

test('every parameter of the files is published with its range and its basis', async () => {
  const { files } = await readStandard(STANDARDS);
  const { items } = await listParameters(await house.as('flood.handler'), { query: { limit: 500 } });
  expect(items.map(({ code }) => code)).toEqual(
    files.flatMap(({ parameters }) => parameters.map(({ code }) => code)).toSorted(),
  );
  expect(items.every(({ range, basis }) => range[0] < range[1] && basis.document !== '')).toBe(true);
});

test('a gauge without its stages is listed with what it lacks, in words; with them it is not', async () => {
  const { id, version } = await gauge('G1');
  await gauge('G2', STAGES);
  const [off, ...others] = await offAt('flood.admin');
  expect(others).toEqual([]);
  expect(off).toMatchObject({ id, name: '内河水位站 G1', town: expect.stringMatching(/镇|街道/u) as string });
  expect(off?.signs).toEqual([
    {
      code: 'FLOOD.S05',
      lacks: 'parameter',
      name: '内河水位',
      scenario: 'FLOOD',
      missing: [
        { code: 'FLOOD.G_STAGE', name: '保证水位', unit: 'm' },
        { code: 'FLOOD.W_STAGE', name: '警戒水位', unit: 'm' },
      ],
    },
  ]);
  expect(await offAt('gas.admin')).toEqual([]);
  expect(await offAt('district', 'GAS')).toEqual([]);

  const admin = await house.as('flood.admin');
  const half = { params: { id }, body: { version, parameters: { 'FLOOD.W_STAGE': 3.3 } } };
  await updateObject(admin, half);
  expect((await offAt('district'))[0]?.signs[0]?.missing.map(({ code }) => code)).toEqual(['FLOOD.G_STAGE']);
  await updateObject(admin, { params: { id }, body: { version: version + 1, parameters: STAGES } });
  expect(await offAt('district')).toEqual([]);
  expect(await getObject(admin, { params: { id } })).toMatchObject({ parameters: STAGES });
});

test('a parameter that no standard knows, or a number that cannot be, is refused with its name', async () => {
  const admin = await house.as('flood.admin');
  const { id, version } = await gauge('G3', STAGES);
  const set = (parameters: Readonly<Record<string, number>>) =>
    updateObject(admin, { params: { id }, body: { version, parameters } });
  await expect(set({ 'FLOOD.NOTHING': 1, 'FLOOD.W_STAGE': 33 })).rejects.toMatchObject({
    code: 'input.invalid',
    details: { issues: '没有对象参数“FLOOD.NOTHING”；“警戒水位”须在 1–5.5 m 之间，不能是 33' },
  });
  expect(await getObject(admin, { params: { id } })).toMatchObject({ parameters: STAGES, version });
});
