import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

import { AppError, fromBeijing } from '#base';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { attachPhoto, type GivenPhoto } from '../attach-photo.ts';
import { getAttachment } from '../get-attachment.ts';
import { openWorkOrders } from '../open-work-orders.ts';
import { type DutyRoom, dutyRoom, testPhoto } from '../testing.ts';
import { cleanPhoto } from './clean-photo.ts';
import { readExif } from './read-exif.ts';

let room: DutyRoom;
let order = 0;
beforeAll(async () => {
  room = await dutyRoom();
  const warning = await room.warning('yellow');
  const at = room.now;
  await room.system.transaction((tx) =>
    openWorkOrders(tx, at, [{ change: 'raised', warning, level: 'yellow', at }]),
  );
  const { rows } = await sql<{ id: number }>`select id from work_order where warning_id = ${warning}`.execute(
    room.db.storage.system,
  );
  order = rows[0]?.id ?? 0;
});
afterAll(() => room.db.drop());

const TAKEN = fromBeijing(2026, 11, 20, (3 * 60 + 10) * 60_000);
const attach = (photo: Omit<GivenPhoto, 'name'>) =>
  attachPhoto(room.as('flood.handler'), order, { name: '现场.jpg', ...photo });

/** As a phone's camera writes it: 31°12′36″ N, 121°30′ E. */
function fromCamera(offset = '+08:00', refs = { lat: 'N', lon: 'E' }): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 48, channels: 3, background: '#456' } })
    .withExif({
      IFD0: { Make: '某品牌' },
      IFD2: { DateTimeOriginal: '2026:11:20 03:10:00', OffsetTimeOriginal: offset },
      IFD3: {
        GPSLatitudeRef: refs.lat,
        GPSLatitude: '31/1 12/1 3600/100',
        GPSLongitudeRef: refs.lon,
        GPSLongitude: '121/1 30/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error('expected a refusal', { cause: error });
}

test('when and where a camera took a picture is read and kept; the kept picture itself says nothing of it any more', async () => {
  const given = await fromCamera();
  const kept = await attach({ content: given });
  expect(kept).toMatchObject({ takenAt: TAKEN, place: { lat: 31.21, lon: 121.5, accuracy: null } });
  const { content } = await getAttachment(room.as('flood.head'), kept.id);
  const { exif, width, height } = await sharp(content).metadata();
  expect(exif).toBeUndefined();
  // Upright: the camera was held on its side.
  expect([width, height]).toEqual([48, 64]);
  const { rows } = await sql<{ sha256: string }>`
    select encode(sha256, 'hex') as sha256 from attachment where id = ${kept.id}`.execute(
    room.db.storage.system,
  );
  expect(rows[0]?.sha256).toBe(createHash('sha256').update(given).digest('hex'));
});

test('a camera of another zone, and one in the south and west', async () => {
  const { exif } = await cleanPhoto(await fromCamera('+09:00', { lat: 'S', lon: 'W' }));
  expect(exif).toEqual({ takenAt: TAKEN - 3_600_000, lat: -31.21, lon: -121.5 });
});

test('what the phone tells stands where the camera wrote nothing', async () => {
  const content = await testPhoto([1, 2, 3]);
  const kept = await attach({ content, takenAt: TAKEN, lat: 31.2, lon: 121.5, accuracy: 25 });
  expect(kept).toMatchObject({ takenAt: TAKEN, place: { lat: 31.2, lon: 121.5, accuracy: 25 } });
});

test('a picture that is not the one the phone sealed is refused', async () => {
  const content = await testPhoto([4, 5, 6]);
  const sha256 = createHash('sha256').update(content).digest('hex');
  expect((await attach({ content, sha256 })).place).toBeNull();
  expect(await refusal(attach({ content: await testPhoto([7, 8, 9]), sha256 }))).toMatchObject({
    code: 'attachment.changed',
  });
});

test('what hides behind a picture is not kept: a script and an archive after its end', async () => {
  const hidden = '<script>alert(document.cookie)</script>PK\u0003\u0004evil.sh';
  const content = Buffer.concat([await testPhoto([10, 20, 30]), Buffer.from(hidden)]);
  const kept = await attach({ content });
  const stored = await getAttachment(room.as('flood.head'), kept.id);
  expect(stored.mediaType).toBe('image/jpeg');
  expect(stored.content.includes('script')).toBe(false);
  expect(stored.content.includes('evil')).toBe(false);
});

test('no picture at all: an SVG, a page under a picture’s first bytes, and half a picture', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const page = Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    Buffer.from('<html><script>1</script>'),
  ]);
  const whole = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#123' } })
    .jpeg()
    .toBuffer();
  for (const content of [svg, page, whole.subarray(0, whole.length / 2)])
    expect(await refusal(attach({ content }))).toMatchObject({ code: 'attachment.unsupported', status: 415 });
});

test('a bomb of a few kilobytes that claims more pixels than memory has room for is refused unread', async () => {
  expect(await refusal(attach({ content: bomb(30_000, 30_000) }))).toMatchObject({
    code: 'attachment.too-many-pixels',
    status: 413,
  });
});

test('a large picture is kept at a size at which it can be looked at', async () => {
  const content = await sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#789' } })
    .png()
    .toBuffer();
  const kept = await attach({ content });
  const stored = await getAttachment(room.as('flood.head'), kept.id);
  expect(await sharp(stored.content).metadata()).toMatchObject({ format: 'jpeg', width: 2048, height: 1536 });
});

test('many at once wait for each other and all come out', async () => {
  const given = await Promise.all(Array.from({ length: 12 }, (_, n) => testPhoto([n, n, n])));
  const made = await Promise.all(given.map((one) => cleanPhoto(one)));
  expect(made).toHaveLength(12);
});

test('mutilated records of a camera are read to nothing, never to an error', async () => {
  const { exif } = await sharp(await fromCamera()).metadata();
  const block = exif ?? Buffer.alloc(0);
  let seed = 7;
  const next = (most: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % most;
  };
  const wrong: string[] = [];
  for (let round = 0; round < 20_000; round += 1) {
    const bad = Buffer.from(block.subarray(0, round % 3 === 0 ? next(block.length) : block.length));
    for (let n = 0; n < 4 && bad.length > 0; n += 1) bad[next(bad.length)] = next(256);
    const { lat = 0, lon = 0, takenAt = 0 } = readExif(bad);
    if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && Number.isFinite(takenAt)))
      wrong.push(bad.toString('hex'));
  }
  expect(wrong).toEqual([]);
});

/** A PNG whose header claims so many pixels: black, which packs to nothing. */
function bomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, bytes: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), bytes]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(bytes.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
