import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startSl651Gateway } from '#gateways/sl651';
import type { DeviceNote } from '#model/monitoring';
import type { Scope } from '#model/platform';
import { type Frame, Framer } from '#protocols/sl651';
import { SystemContext } from '#services/context';
import { PictureStore } from '#storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { registerDevice } from '../register-device.ts';
import { HOUR, MINUTE, START, Station } from '../testing.ts';
import { getNotePicture, listNotes } from './list-notes.ts';
import { NoteStore } from './note-store.ts';

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9);

let station: Station;
let folder: string;
let pictures: PictureStore;
let notes: NoteStore;
beforeAll(async () => {
  station = await Station.open();
  folder = await mkdtemp(path.join(tmpdir(), 'puan-notes-'));
  pictures = new PictureStore(folder);
  notes = new NoteStore({ system: new SystemContext(station.ground), pictures });
  await station.point('gauge', 'FLOOD.UNDERPASS');
  await register('0012345678', 'gauge');
  await station.point('far', 'FLOOD.UNDERPASS', 2);
  await register('0099999999', 'far');
});
afterAll(async () => {
  await station.close();
  await rm(folder, { recursive: true, force: true });
});

async function register(code: string, point: string): Promise<void> {
  const points = [{ factor: '39', point, scale: 1, offset: 0 }];
  const body = { code, protocol: 'sl651', points, simulated: false } as const;
  await registerDevice(station.request(), station.desk, { ...body, points });
}

function device(code = '0012345678') {
  const known = station.desk.devices.find('sl651', code);
  if (!known) throw new Error('没有登记');
  return known;
}

const picture = (observedAt: number, more: Partial<DeviceNote> = {}): DeviceNote =>
  ({ kind: 'picture', device: device(), observedAt, picture: JPEG, ...more }) as DeviceNote;

const list = (query: object = {}, scope?: Scope) =>
  listNotes(station.request(scope), { query: { limit: 50, ...query } });

const forget = () => sql`delete from device_note`.execute(station.db.storage.system);

test('a picture and a text are kept for their device at their moment, the newest first; the same again is kept once', async () => {
  const at = station.now - HOUR;
  const text: DeviceNote = {
    kind: 'text',
    device: device(),
    observedAt: at + MINUTE,
    text: 'Q 1.234',
    values: [{ element: '27', name: '瞬时流量、抽水流量', value: 1.234, unit: '立方米/秒' }],
  };
  await notes.keep([picture(at), text]);
  await notes.keep([text, picture(at)]);
  const { items } = await list({ object: 'gauge' });
  expect(items).toMatchObject([
    { kind: 'text', text: 'Q 1.234', observedAt: at + MINUTE, values: [{ element: '27', value: 1.234 }] },
    { kind: 'picture', observedAt: at, wrongClock: false, pictureBytes: JPEG.length, text: null, values: [] },
  ]);
  expect(items[1]?.device).toEqual({ id: device().id, code: '0012345678', protocol: 'sl651' });
  const shown = await getNotePicture(station.request(), pictures, items[1]?.id ?? 0);
  expect([shown.mediaType, Uint8Array.from(shown.content)]).toEqual(['image/jpeg', JPEG]);
  const { rows } = await sql`select from outbox where type = 'device.noted'`.execute(
    station.db.storage.system,
  );
  expect(rows).toHaveLength(2);
  await expect(getNotePicture(station.request(), pictures, items[0]?.id ?? 0)).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await forget();
});

test('a page ends where the next begins; a device, an object and a span of time can be asked for', async () => {
  const from = station.now - 2 * HOUR;
  await notes.keep([0, 1, 2].map((n) => picture(from + n * MINUTE)));
  await notes.keep([picture(from, { device: device('0099999999') })]);
  const first = await list({ device: device().id, limit: 2 });
  const second = await list({ device: device().id, limit: 2, after: first.next });
  const minutes = [...first.items, ...second.items].map((item) => (item.observedAt - from) / MINUTE);
  expect([minutes, second.next]).toEqual([[2, 1, 0], null]);
  expect((await list({ object: 'far' })).items).toMatchObject([{ device: { code: '0099999999' } }]);
  expect((await list({ object: 'gauge', from: from + MINUTE, to: from + MINUTE })).items).toHaveLength(1);
  await forget();
});

test('notes are seen where their device stands, and nowhere else', async () => {
  await notes.keep([picture(station.now), picture(station.now, { device: device('0099999999') })]);
  const { items } = await list({}, { places: [], scenarios: [2] });
  expect(items).toMatchObject([{ device: { code: '0099999999' } }]);
  const hidden = (await list()).items.find((item) => item.device.code === '0012345678');
  await expect(
    getNotePicture(station.request({ places: [], scenarios: [2] }), pictures, hidden?.id ?? 0),
  ).rejects.toMatchObject({ code: 'record.not-found' });
  await forget();
});

test('a clock decades ahead does not stay on top for ever: it is said, and it stands as it was received', async () => {
  await notes.keep([picture(Date.UTC(2059, 9, 11))]);
  await station.moveTo(station.now + MINUTE);
  await notes.keep([picture(station.now)]);
  const { items } = await list();
  expect(items.map(({ wrongClock }) => wrongClock)).toEqual([false, true]);
  expect(items[1]).toMatchObject({ observedAt: Date.UTC(2059, 9, 11), receivedAt: station.now - MINUTE });
  await forget();
});

test('what cannot be stored is not kept, and says so', async () => {
  const away = new NoteStore({
    system: new SystemContext(station.ground),
    pictures: new PictureStore('/dev/null'),
  });
  await expect(away.keep([picture(START)])).rejects.toThrow(/ENOTDIR|EEXIST/u);
  expect((await list()).items).toEqual([]);
});

const vectors = path.resolve('../shared/vectors/sl651');
describe.skipIf(!existsSync(vectors))('公开的报文，经真实的套接字', () => {
  const framesOf = (name: string): readonly Buffer[] => {
    const told = JSON.parse(readFileSync(path.join(vectors, `${name}.json`), 'utf8')) as {
      readonly input_hex?: string;
      readonly input_hex_frames?: readonly string[];
    };
    return (told.input_hex_frames ?? [told.input_hex ?? '']).map((hex) => Buffer.from(hex, 'hex'));
  };

  async function dial(): Promise<{ readonly socket: Socket; readonly answers: string[] }> {
    const { desk } = station;
    const gateway = await startSl651Gateway({
      host: '127.0.0.1',
      port: 0,
      sink: desk.ingest,
      directory: desk.devices,
      counters: desk.ledger,
      notes,
      log: () => undefined,
    });
    const socket = connect({ port: gateway.port, host: '127.0.0.1' });
    onTestFinished(async () => {
      socket.destroy();
      await gateway.close();
    });
    await once(socket, 'connect');
    const framer = new Framer('centre');
    const answers: string[] = [];
    socket.on('data', (chunk: Buffer) => {
      for (const event of framer.push(chunk)) if (event.kind === 'frame') answers.push(named(event.frame));
    });
    return { socket, answers };
  }
  const named = ({ code, end, packet }: Frame): string =>
    `${code.toString(16)} ${end}${packet === undefined ? '' : ` ${packet.number}`}`;

  test('十三包的图片与查询到的人工置数，存下之后才确认', async () => {
    const { socket, answers } = await dial();
    const frames = framesOf('sl651-36-picture-13-packets');
    const lost = frames[5] ?? Buffer.alloc(0);
    for (const frame of frames) if (frame !== lost) socket.write(frame);
    await expect.poll(() => answers, { timeout: 10_000 }).toEqual(['36 NAK 6']);
    expect((await list()).items).toEqual([]);
    socket.write(lost);
    await expect.poll(() => answers.slice(1), { timeout: 10_000 }).toEqual(['36 ESC 13']);
    for (const frame of framesOf('sl651-39-up-ok-1')) socket.write(frame);
    await expect.poll(() => answers.slice(2), { timeout: 10_000 }).toEqual(['39 ESC']);
    const { items } = await list();
    // 第一份来自 2017 年，第二份来自 2059 年：钟都不对，按收到的先后排。
    expect(items).toMatchObject([
      { kind: 'text', text: 'Q 1.234', values: [{ element: '27', value: 1.234 }], wrongClock: true },
      { kind: 'picture', wrongClock: true },
    ]);
    const { expect: expected } = JSON.parse(
      readFileSync(path.join(vectors, 'sl651-36-picture-13-packets.json'), 'utf8'),
    ) as { readonly expect: { readonly picture_sha256: string; readonly picture_bytes: number } };
    const { content } = await getNotePicture(station.request(), pictures, items[1]?.id ?? 0);
    expect(createHash('sha256').update(content).digest('hex')).toBe(expected.picture_sha256);
    expect(items[1]?.pictureBytes).toBe(expected.picture_bytes);
    const kept = await readdir(path.join(folder, 'pictures'), { recursive: true });
    expect(kept.map((name) => path.basename(name))).toContain(expected.picture_sha256);
  });
});
