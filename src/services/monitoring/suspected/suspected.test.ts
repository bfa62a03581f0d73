import { readdir } from 'node:fs/promises';
import path from 'node:path';

import type { AppError } from '#base';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { samplePhoto } from '../../../../e2e/photo.ts';
import { putKinds, listKinds } from '../intake/save-kinds.ts';
import { IntakeStation } from '../intake/testing.ts';
import { tryMapping } from '../intake/try-mapping.ts';
import { MINUTE, SECOND } from '../testing.ts';
import { VIDEO_PRESETS } from '#protocols/push';
import { confirmEvent, endEvent, rejectEvent } from './decide-event.ts';
import { eventsWaiting } from './events-waiting.ts';
import { getPicture } from './get-picture.ts';
import { getEvent, listEvents } from './list-events.ts';

let at: IntakeStation;
/** The tank farm that cam-1 looks at. */
let tank: number;
beforeAll(async () => {
  at = await IntakeStation.open();
  tank = await at.station.point('tank', 'HAZCHEM.FLAME', 4);
  await at.device('video', 'cam-1', { 'HAZCHEM.FLAME': 'tank' });
});
afterAll(() => at.close());

const mappingOf = (preset: string) => {
  const found = VIDEO_PRESETS.find(({ code }) => code === preset);
  if (!found) throw new Error(preset);
  return found.mapping;
};
const coded = (code: string) => expect.objectContaining({ code }) as AppError;
const events = async (query: object = {}) =>
  (await listEvents(at.station.request(), { query: { limit: 100, ...query } })).items;
const iso = (ms: number): string => new Date(ms).toISOString();
const PHOTO = samplePhoto(8, 8);
const smoke = (more: object = {}) => ({
  id: 'e1',
  time: iso(at.station.now),
  camera: 'cam-1',
  kind: 'smoke',
  kindName: '烟雾',
  confidence: 0.81,
  box: [10, 20, 30, 40],
  image: `data:image/png;base64,${PHOTO.toString('base64')}`,
  ...more,
});
const map = (id: number, kind: string, suspectedValue: number | null, confirmedValue = 2) =>
  putKinds(at.station.request(), {
    params: { id },
    body: {
      kinds: [{ kind, name: '烟雾', element: 'HAZCHEM.FLAME', suspectedValue, confirmedValue }],
    },
  });

test('smoke that a camera sees is suspected, with picture, confidence and object; no reading until a person has looked', async () => {
  const id = await at.source('video', 'box', { settings: { mapping: mappingOf('generic') } });
  expect(await at.push('video', 'box', smoke())).toEqual({ taken: 1, kept: 0, refused: 0 });
  const [unmapped] = await events();
  expect(unmapped).toMatchObject({ element: null, kind: 'smoke', object: { code: 'tank' } });
  const kinds = await listKinds(at.station.request(), { params: { id } });
  expect(kinds.items).toMatchObject([{ kind: 'smoke', name: '烟雾', element: null, seen: 1 }]);
  await map(id, 'smoke', null);

  at.station.now += 10 * MINUTE;
  await at.push('video', 'box', smoke({ id: 'e2' }));
  const [event] = await events();
  expect(event).toMatchObject({
    state: 'suspected',
    origin: 'video',
    element: 'HAZCHEM.FLAME',
    object: { code: 'tank' },
    camera: 'cam-1',
    confidence: 0.81,
    box: [10, 20, 30, 40],
    pictures: 1,
    times: 1,
    fedValue: null,
    confirmedValue: 2,
    allowedActions: ['confirm', 'reject'],
  });
  expect(await at.station.stored(tank)).toEqual([]);
  expect(await eventsWaiting(at.station.request())).toEqual({
    count: (await events({ state: 'suspected' })).length,
    dueAt: null,
  });

  const picture = await getPicture(at.station.request(), at.intake.pictures, {
    id: event?.id ?? 0,
    number: 1,
  });
  expect(picture).toEqual({ mediaType: 'image/png', content: PHOTO });
  const [folder = ''] = await readdir(path.join(at.folder, 'pictures'));
  expect(await readdir(path.join(at.folder, 'pictures', folder))).toHaveLength(1);
});

test('confirmed, its value stands from now on and raises the alarm; ended, it goes back to 0', async () => {
  const [event] = await events({ state: 'suspected' });
  const from = (at.station.now += 30 * MINUTE);
  const params = { id: event?.id ?? 0 };
  const confirmed = await confirmEvent(at.station.request(), at.station.desk, {
    params,
    body: { note: '现场确认' },
  });
  expect(confirmed).toMatchObject({
    state: 'confirmed',
    fedValue: 2,
    note: '现场确认',
    decidedBy: '技术管理员',
    allowedActions: ['end'],
  });
  expect(await at.station.stored(tank)).toMatchObject([{ at: from, value: 2, source: 2 }]);
  expect(await at.station.alarms(tank, from)).toMatchObject([[0, 4, null]]);
  await expect(
    rejectEvent(at.station.request(), at.station.desk, { params, body: { note: '误报' } }),
  ).rejects.toThrow(coded('event.illegal-action'));
  at.station.now += MINUTE;
  const ended = await endEvent(at.station.request(), at.station.desk, { params, body: { note: '已扑灭' } });
  expect(ended).toMatchObject({
    endedAt: at.station.now,
    fedValue: 0,
    note: '现场确认；已扑灭',
    allowedActions: [],
  });
  expect((await at.station.stored(tank)).map(({ value }) => value)).toEqual([2, 0]);
  await expect(endEvent(at.station.request(), at.station.desk, { params, body: {} })).rejects.toThrow(
    coded('event.illegal-action'),
  );
  const { rows } = await sql<{
    action: string;
  }>`select action from audit where subject = ${`suspected-event/${params.id}`} order by id`.execute(
    at.station.db.storage.system,
  );
  expect(rows.map(({ action }) => action)).toEqual(['suspected-event.confirm', 'suspected-event.end']);
});

test('a kind that may speak at once writes its value before anybody has looked, and takes it back when it is rejected', async () => {
  const point = await at.station.point('wood', 'FOREST.SMOKEAI', 9);
  await at.device('video', 'cam-2', { 'FOREST.SMOKEAI': 'wood' });
  const id = await at.source('video', 'tower', { settings: { mapping: mappingOf('generic') } });
  await putKinds(at.station.request(), {
    params: { id },
    body: {
      kinds: [{ kind: 'fire', name: null, element: 'FOREST.SMOKEAI', suspectedValue: 1, confirmedValue: 3 }],
    },
  });
  const told = smoke({ id: 'f1', camera: 'cam-2', kind: 'fire' });
  await at.push('video', 'tower', told);
  await at.push('video', 'tower', told);
  expect((await at.station.stored(point)).map(({ value }) => value)).toEqual([1]);
  const [event] = await events({ search: 'cam-2' });
  expect(event).toMatchObject({ fedValue: 1, confirmedValue: 3, times: 1 });
  at.station.now += MINUTE;
  await rejectEvent(at.station.request(), at.station.desk, {
    params: { id: event?.id ?? 0 },
    body: { note: '炊烟' },
  });
  expect((await at.station.stored(point)).map(({ value }) => value)).toEqual([1, 0]);
});

const alert = (type: string, state: string, ms: number): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">
<ipAddress>10.0.0.8</ipAddress><macAddress>44:19:b6:00:00:01</macAddress><channelID>01</channelID>
<dateTime>${iso(ms)}</dateTime><activePostCount>1</activePostCount>
<eventType>${type}</eventType><eventState>${state}</eventState><eventDescription>入侵</eventDescription>
</EventNotificationAlert>`;

test('ISAPI repeats an active event every second: it is one, until it is inactive; videoloss inactive is its heartbeat', async () => {
  await at.source('video', 'isapi', {
    settings: { mapping: mappingOf('hikvision-isapi'), collapseSeconds: 5 },
  });
  const began = at.station.now;
  const push = (type: string, state: string) =>
    at.push('video', 'isapi', alert(type, state, at.station.now), { contentType: 'application/xml' });
  for (let i = 0; i < 8; i += 1) {
    at.station.now = began + i * SECOND;
    await push('fielddetection', 'active');
  }
  expect(await push('videoloss', 'inactive')).toEqual({ taken: 1, kept: 0, refused: 0 });
  const seen = () => events({ search: '44:19' });
  expect(await seen()).toMatchObject([
    {
      times: 8,
      observedAt: began,
      lastAt: began + 7 * SECOND,
      endedAt: null,
      camera: '44:19:b6:00:00:01/01',
    },
  ]);
  await push('fielddetection', 'inactive');
  expect(await seen()).toMatchObject([{ endedAt: at.station.now }]);
  at.station.now += SECOND;
  await push('fielddetection', 'active');
  expect(await seen()).toHaveLength(2);
  at.station.now += 6 * SECOND;
  await push('fielddetection', 'active');
  expect(await seen()).toHaveLength(3);
});

test('a multipart push holds the alert and its picture', async () => {
  const now = (at.station.now += MINUTE);
  const body = Buffer.concat([
    Buffer.from(
      `--frontier\r\nContent-Type: application/xml\r\n\r\n${alert('linedetection', 'active', now)}\r\n`,
    ),
    Buffer.from('--frontier\r\nContent-Type: image/png\r\n\r\n'),
    PHOTO,
    Buffer.from('\r\n--frontier--\r\n'),
  ]);
  expect(await at.push('video', 'isapi', body)).toEqual({ taken: 1, kept: 0, refused: 0 });
  const [event] = await events({ search: '44:19' });
  expect(event).toMatchObject({ kind: 'linedetection', pictures: 1, element: null });
});

test('many boxes at once make one event of one thing, also when the same push comes twice', async () => {
  await at.source('video', 'crowd', { settings: { mapping: mappingOf('generic') } });
  at.station.now += MINUTE;
  const told = Array.from({ length: 12 }, (_, i) =>
    smoke({ id: `p${i % 6}`, camera: 'cam-x', kind: 'crowd' }),
  );
  await Promise.all(told.map((one) => at.push('video', 'crowd', one)));
  const seen = await events({ search: 'cam-x' });
  expect(seen).toHaveLength(1);
  expect(seen[0]?.object).toBeNull();
});

test('what a box sends wrong is counted by its reason, and an event without a readable time or picture is kept', async () => {
  await at.source('video', 'odd', { settings: { mapping: mappingOf('generic') } });
  const push = (body: unknown) => at.push('video', 'odd', body);
  for (const rubbish of [
    '',
    '{',
    '<a>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    '7',
    { camera: 'c' },
    { kind: 'k' },
  ])
    expect((await push(rubbish)).taken).toBe(0);
  await push({ camera: 'odd-1', kind: 'a', time: 'soon', image: 'http://10.0.0.1/a.jpg' });
  await push({ camera: 'odd-2', kind: 'a', image: 'bm8gcGljdHVyZQ==' });
  await push({ camera: 'odd-3\u0000', kind: 'a', image: Buffer.alloc(8_000_001).toString('base64') });
  expect(await events({ search: 'odd-' })).toHaveLength(3);
  expect(await at.refused('odd')).toEqual({
    'not-readable': 5,
    'no-camera': 1,
    'no-kind': 1,
    'bad-time': 3,
    'picture-by-address': 1,
    'picture-no-picture': 1,
    'picture-too-large': 1,
  });
});

test('one that is not classified is confirmed by saying what and where; without a point it is told what is missing', async () => {
  const [event] = await events({ search: 'odd-1' });
  const params = { id: event?.id ?? 0 };
  const confirm = (body: object) => confirmEvent(at.station.request(), at.station.desk, { params, body });
  await expect(confirm({})).rejects.toThrow(coded('event.no-point'));
  const { id } = await at.station.db.storage.system
    .selectFrom('monitored_object')
    .select('id')
    .where('code', '=', 'tank')
    .executeTakeFirstOrThrow();
  await expect(confirm({ object: id, element: 'FIRE.PASS' })).rejects.toThrow(coded('event.no-point'));
  expect(await confirm({ object: id, element: 'HAZCHEM.FLAME', value: 1 })).toMatchObject({
    fedValue: 1,
    object: { code: 'tank' },
    element: 'HAZCHEM.FLAME',
  });
});

test('what lies elsewhere is neither seen nor decided, nor is its picture', async () => {
  const [event] = await events({ search: '烟雾' });
  const elsewhere = at.station.request({ places: [{ from: 900_000, to: 900_100 }], scenarios: [] });
  const params = { id: event?.id ?? 0 };
  const nobody = coded('record.not-found');
  expect((await listEvents(elsewhere, { query: { limit: 50 } })).items).toEqual([]);
  await expect(getEvent(elsewhere, { params })).rejects.toThrow(nobody);
  await expect(getPicture(elsewhere, at.intake.pictures, { ...params, number: 1 })).rejects.toThrow(nobody);
  await expect(confirmEvent(elsewhere, at.station.desk, { params, body: {} })).rejects.toThrow(nobody);
});

test('a mapping is tried on a sample before it is trusted', async () => {
  const body = { mapping: mappingOf('generic'), sample: JSON.stringify(smoke()) };
  expect(await tryMapping(at.station.request(), { body })).toMatchObject({
    outcome: 'events',
    events: [{ camera: 'cam-1', kind: 'smoke', hasImage: true }],
  });
  expect(
    await tryMapping(at.station.request(), { body: { ...body, sample: '{"camera":"c"}' } }),
  ).toMatchObject({
    outcome: 'fault',
    reason: expect.stringContaining('类别'),
  });
});
