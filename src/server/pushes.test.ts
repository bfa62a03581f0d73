// The whole way of a push, by the doors: simulated clouds and a box, a running server, what a person sees of it.
import { afterAll, beforeAll, expect, test } from 'vitest';

import { samplePhoto } from '../../e2e/photo.ts';
import { CtwingCloud } from '../../simulator/ctwing-cloud.ts';
import { OnenetCloud } from '../../simulator/onenet-cloud.ts';
import { VideoBox } from '../../simulator/video-box.ts';
import { Client } from '../../test/client.ts';
import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

interface Saved {
  readonly source: { readonly id: number; readonly path: string };
  readonly secret: string;
}
interface Point {
  readonly items: readonly { readonly lastValue: number | null }[];
}
interface Events {
  readonly items: readonly { readonly id: number; readonly pictures: number; readonly times: number }[];
}

const puan = new PuanProcess();
let district: Client;
beforeAll(async () => {
  await puan.start();
  district = await new Client(puan.url).as('district', PASSWORD);
  const object = { code: 'push', name: '推送对象', scenarios: ['HAZCHEM'], lat: 31.2, lon: 121.6 };
  await district.ask('POST', '/api/v1/objects', object);
  for (const [code, element] of [
    ['gas', 'HAZCHEM.GASFL'],
    ['flame', 'HAZCHEM.FLAME'],
  ]) {
    await district.ask('POST', '/api/v1/points', { code, object: 'push', element });
  }
}, 120_000);
afterAll(() => puan.remove());

async function source(
  kind: string,
  more: object = {},
): Promise<Saved & { readonly url: string; readonly path: string }> {
  const body = { code: `s-${kind}`, kind, name: kind, platform: 'PD', auth: 'url', simulated: true, ...more };
  const saved = await district.ask<Saved>('POST', '/api/v1/intake-sources', body);
  return { ...saved, url: puan.url, path: saved.source.path };
}
const device = (protocol: string, code: string, factor: string, point: string) =>
  district.ask('POST', '/api/v1/devices', { protocol, code, points: [{ factor, point }] });
const newest = async (point: string) =>
  (await district.ask<Point>('GET', `/api/v1/points?search=${point}`)).items[0]?.lastValue;

test('CTWing and OneNET push to their addresses, and what they measured stands', async () => {
  await device('ctwing', 'ct-1', 'lel', 'gas');
  const cloud = new CtwingCloud(await source('ctwing'));
  const names = { deviceId: 'ct-1', imei: '860000000000001' };
  expect(await cloud.online(names, Date.now())).toBe(200);
  expect(await cloud.report(names, Date.now(), { lel: 7 })).toBe(200);
  expect(await newest('gas')).toBe(7);

  await device('onenet', '77', '3300_0_5700', 'gas');
  const onenet = await source('onenet', { auth: 'onenet' });
  const right = new OnenetCloud(onenet);
  expect(await right.verify()).toBe(true);
  const value = { dev_id: 77, imei: '860000000000002', ds_id: '3300_0_5700', at: Date.now() + 10 };
  expect(await right.push([{ ...value, value: 8 }])).toBe(200);
  expect(await newest('gas')).toBe(8);
  const wrong = new OnenetCloud({ ...onenet, secret: 'not the token' });
  expect(await wrong.verify()).toBe(false);
  expect(await wrong.push([{ ...value, value: 9 }])).toBe(401);
});

test('a box that sees smoke is looked at by a person, with its picture, who finds it true', async () => {
  await device('video', 'cam/1', 'HAZCHEM.FLAME', 'flame');
  const { items } = await district.ask<{ items: { code: string; mapping: object }[] }>(
    'GET',
    '/api/v1/video-presets',
  );
  const mapping = items.find(({ code }) => code === 'hikvision-isapi')?.mapping;
  const saved = await source('video', { settings: { mapping } });
  const box = new VideoBox(saved);
  const seen = { camera: 'cam/1', kind: 'smokedetection', at: Date.now(), picture: samplePhoto(8, 8) };
  expect(await box.heartbeat('cam/1', Date.now())).toBe(200);
  expect(await box.alert(seen, 'active')).toBe(200);
  const kinds = [{ kind: 'smokedetection', element: 'HAZCHEM.FLAME', confirmedValue: 2 }];
  await district.ask('PUT', `/api/v1/intake-sources/${saved.source.id}/kinds`, { kinds });
  expect(await box.alert({ ...seen, at: Date.now() }, 'active')).toBe(200);
  const events = await district.ask<Events>('GET', '/api/v1/suspected-events?state=suspected');
  expect(events.items).toMatchObject([{ pictures: 1, times: 2 }]);
  const id = events.items[0]?.id ?? 0;
  const picture = await fetch(`${puan.url}/api/v1/suspected-events/${id}/picture`, {
    headers: { authorization: `Bearer ${district.token}` },
  });
  expect(picture.headers.get('content-type')).toBe('image/png');
  expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await picture.bytes()).toEqual(Uint8Array.from(samplePhoto(8, 8)));
  await district.ask('POST', `/api/v1/suspected-events/${id}/confirm`, { element: 'HAZCHEM.FLAME' });
  expect(await newest('flame')).toBe(2);
});
