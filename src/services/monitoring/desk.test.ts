import { Storage } from '#storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { listDevices, listQuarantine } from './list-devices.ts';
import { listPoints } from './list-points.ts';
import { postReadings } from './post-readings.ts';
import { MINUTE, SECOND, START, Station } from './testing.ts';

let station: Station;
beforeAll(async () => {
  station = await Station.open();
});
afterAll(() => station.close());

const PAGE = { limit: 50 };
const stranger = (code: string) => ({
  protocol: 'hj212',
  code,
  address: '192.0.2.9',
  sample: `ST=22;MN=${code}`,
});
const write = () => station.desk.ledger.write(station.db.storage);
const quarantined = async () => (await listQuarantine(station.request(), { query: PAGE })).items;
const post = (rows: unknown, contentType = 'application/json') =>
  postReadings(station.request(), station.desk, {
    raw: Buffer.from(typeof rows === 'string' ? rows : JSON.stringify(rows)),
    contentType,
  });

test('a point that is registered is known to the hot path at once, its signs with it', async () => {
  const point = await station.point('new', 'FLOOD.UNDERPASS');
  const reply = await post([{ point: 'new', observedAt: station.now, value: 45 }]);
  expect(reply).toEqual({ accepted: 1, rejected: [], suspect: [] });
  expect(await station.alarms(point, station.now)).toEqual([[0, 4, null]]);
});

test('an object that was retired takes no new point, and one that is taken into use again does', async () => {
  await station.point('closed', 'FLOOD.UNDERPASS');
  const retire = (at: Date | null) =>
    sql`update monitored_object set retired_at = ${at} where code = 'closed'`.execute(
      station.db.storage.system,
    );
  await retire(new Date(station.now));
  await expect(station.pointOf('closed', 'closed-2', 'FLOOD.UNDERPASS')).rejects.toMatchObject({
    code: 'object.retired',
    details: { object: 'closed' },
  });
  await retire(null);
  await expect(station.pointOf('closed', 'closed-2', 'FLOOD.UNDERPASS')).resolves.toBeGreaterThan(0);
});

test('rows nested without end are refused like any others', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const row = `{"point":"new","observedAt":{"at":${deep}},"value":${deep}}`;
  for (const [body, type] of [
    [`[${row},${deep}]`, 'application/json'],
    [`${row}\n${deep}`, 'application/x-ndjson'],
  ] as const) {
    const { accepted, rejected } = await post(body, type);
    expect([accepted, rejected.map(({ code }) => code)]).toEqual([
      0,
      ['reading.bad-value', 'reading.not-an-object'],
    ]);
    expect(rejected[0]?.message).toContain('[…]');
  }
});

test('a device that is registered is in the gateways’ directory at once, with its factors', async () => {
  const point = await station.point('hj', 'FLOOD.UNDERPASS');
  expect(station.desk.devices.find('hj212', 'MN-1')).toBeUndefined();
  await station.device('MN-1', ['hj'], 'hj212');
  const known = station.desk.devices.find('hj212', 'MN-1');
  expect(known).toMatchObject({ code: 'MN-1', session: 0 });
  expect(known?.factors.get('f0')).toEqual({ point, scale: 1, offset: 0 });
  expect(station.desk.ingest.book.get(point)?.deviceId).toBe(known?.id);
});

test('a refused registration leaves nothing behind, in the tables or in memory', async () => {
  await expect(station.device('MN-2', ['nowhere'], 'hj212')).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await expect(station.device('MN-1', [], 'hj212')).rejects.toMatchObject({ code: 'record.exists' });
  await expect(station.point('other', 'NO.ELEMENT')).rejects.toMatchObject({ code: 'record.not-found' });
  expect(station.desk.devices.find('hj212', 'MN-2')).toBeUndefined();
  expect(station.desk.ingest.book.find('other')).toBeUndefined();
  expect(station.desk.ingest.down).toBe(false);
});

test('a stranger is in quarantine once, with how often it spoke, and leaves it by registration', async () => {
  for (let n = 0; n < 3; n += 1) station.desk.devices.quarantine(stranger('MN-9'));
  expect(await write()).toMatchObject([{ code: 'MN-9' }]);
  station.desk.devices.quarantine(stranger('MN-9'));
  expect(await write()).toEqual([]);
  expect(await quarantined()).toMatchObject([{ code: 'MN-9', frames: 4, address: '192.0.2.9' }]);
  // It speaks once more between two writes, and is registered meanwhile.
  station.desk.devices.quarantine(stranger('MN-9'));
  await station.device('MN-9', [], 'hj212');
  await write();
  expect(await quarantined()).toEqual([]);
});

test('two strangers whose names look the same when printed do not block the counts of the others', async () => {
  station.desk.devices.quarantine(stranger('X\u0001'));
  station.desk.devices.quarantine(stranger('X\u0000'));
  station.desk.ledger.framesRefused('hj212', 'no-header', undefined, 2);
  await write();
  expect((await quarantined()).map((one) => [one.code, one.frames])).toEqual([['X ', 2]]);
});

test('what was counted while the database is away is written later, strangers included, with its own times', async () => {
  const away = new Storage({ url: 'postgres://nobody@127.0.0.1:1/nothing' }, () => undefined);
  const { ledger } = station.desk;
  station.now = START + MINUTE;
  ledger.framesAccepted('hj212', 'MN-1', 5);
  ledger.framesRefused('hj212', 'crc-mismatch', 'MN-1', 2);
  ledger.factorsUnmapped('hj212', 'MN-1', 'a99999');
  ledger.quarantine(stranger('MN-away'));
  await expect(ledger.write(away)).rejects.toThrow(/ECONNREFUSED/u);
  await away.close();
  station.now = START + 2 * MINUTE;
  ledger.framesRefused('hj212', 'crc-mismatch', 'MN-1', 1);
  ledger.quarantine(stranger('MN-away'));
  await write();
  const { items } = await listDevices(station.request(), { query: { ...PAGE, search: 'mn-1' } });
  expect(items).toMatchObject([
    {
      code: 'MN-1',
      framesAccepted: 5,
      lastSeenAt: START + MINUTE,
      framesRefused: [{ reason: 'crc-mismatch', count: 3 }],
      unmappedFactors: ['a99999'],
    },
  ]);
  expect((await quarantined()).find((one) => one.code === 'MN-away')).toMatchObject({
    frames: 2,
    firstSeenAt: START + MINUTE,
    lastSeenAt: START + 2 * MINUTE,
  });
});

test('what a gateway posts of a point is no sign of life of a device that has a line of its own', async () => {
  await station.point('own-line', 'FLOOD.UNDERPASS');
  await station.point('by-http', 'FLOOD.UNDERPASS');
  await station.device('MN-own', ['own-line'], 'hj212');
  await station.device('HT-1', ['by-http'], 'http');
  const at = station.now;
  await post(['own-line', 'by-http'].map((point) => ({ point, observedAt: at, value: 1 })));
  await write();
  const seen = async (search: string) =>
    (await listDevices(station.request(), { query: { ...PAGE, search } })).items.map(
      ({ framesAccepted, lastSeenAt }) => [framesAccepted, lastSeenAt !== null],
    );
  expect(await seen('MN-own')).toEqual([[0, false]]);
  expect(await seen('HT-1')).toEqual([[1, true]]);
});

test('percent and underscore in a search mean themselves', async () => {
  const search = (text: string) => ({ query: { ...PAGE, search: text } });
  expect((await listDevices(station.request(), search('%'))).items).toEqual([]);
  expect((await listDevices(station.request(), search('_'))).items).toEqual([]);
  expect((await listPoints(station.request(), station.desk, search('%'))).items).toEqual([]);
  expect((await listPoints(station.request(), station.desk, search('HJ'))).items).toMatchObject([
    { code: 'hj' },
  ]);
});

test('in one batch every bad row is named by its index while the good ones are stored', async () => {
  const point = await station.point('rows', 'FLOOD.UNDERPASS');
  const at = station.now;
  const reply = await post([
    { point: 'rows', observedAt: at - 3000, value: 1 },
    { point: 'nowhere', observedAt: at, value: 1 },
    { point: 'rows', observedAt: at, value: 'abc' },
    { point: 'rows', observedAt: at, value: null },
    null,
    [['rows', at, 1]],
    7,
    { point: 'rows', observedAt: 'gestern', value: 1 },
    { point: 'rows', observedAt: -1, value: 1 },
    { point: 'rows', observedAt: at, value: 1, quality: 'great' },
    { point: 'rows', observedAt: at, value: 1, source: 'rumour' },
    { point: { code: 'rows' }, observedAt: at, value: 1 },
    { point: 'rows', observedAt: new Date(at - 2000).toISOString(), value: 2, source: 'video' },
    { point: 'rows', observedAt: at - 1000, value: 100_000 },
    { point: 'rows', observedAt: Date.UTC(2059, 0, 1), value: 3 },
  ]);
  expect(reply.rejected.map(({ index, code }) => [index, code])).toEqual([
    [1, 'reading.unknown-point'],
    [2, 'reading.bad-value'],
    [3, 'reading.bad-value'],
    [4, 'reading.not-an-object'],
    [5, 'reading.not-an-object'],
    [6, 'reading.not-an-object'],
    [7, 'reading.bad-time'],
    [8, 'reading.bad-time'],
    [9, 'reading.bad-quality'],
    [10, 'reading.bad-source'],
    [11, 'reading.unknown-point'],
  ]);
  expect(reply.suspect.map(({ index, code }) => [index, code])).toEqual([
    [13, 'reading.out-of-range'],
    [14, 'reading.wrong-clock'],
  ]);
  expect(reply.accepted).toBe(4);
  expect((await station.stored(point)).map((row) => row.value)).toEqual([1, 2, 100_000, 3]);
  // The sentence says what was seen and, for a range, which one.
  expect(reply.rejected[1]?.message).toContain('"abc"');
  expect(reply.suspect[0]?.message).toMatch(/100000.*物理范围 0～\d+/u);
});

test('NDJSON: a broken line is refused by its number, the lines around it are stored', async () => {
  const point = await station.point('lines', 'FLOOD.UNDERPASS');
  const at = station.now;
  const line = (value: number) => JSON.stringify({ point: 'lines', observedAt: at + value, value });
  const text = `${line(1)}\n{"point":"lines",\n\n${line(2)}\r\n{"point":"lines","observedAt":${at},"value":NaN}\n${line(3)}\n`;
  const reply = await post(text, 'application/x-ndjson');
  expect(reply.rejected.map(({ index, code }) => [index, code])).toEqual([
    [1, 'input.malformed-json'],
    [2, 'input.malformed-json'],
    [4, 'input.malformed-json'],
  ]);
  expect(reply.accepted).toBe(3);
  expect((await station.stored(point)).map((row) => row.value)).toEqual([1, 2, 3]);
});

test('a device’s token writes that device’s points only', async () => {
  await station.point('mine', 'FLOOD.UNDERPASS');
  await station.device('own', ['mine']);
  const deviceId = station.desk.devices.find('http', 'own')?.id ?? 0;
  const context = station.request();
  const asDevice = Object.assign(station.request(), { actor: { ...context.actor, deviceId } });
  const rows = [
    { point: 'mine', observedAt: station.now, value: 1 },
    { point: 'rows', observedAt: station.now, value: 1 },
  ];
  const raw = Buffer.from(JSON.stringify(rows));
  const reply = await postReadings(asDevice, station.desk, { raw, contentType: 'application/json' });
  expect(reply.accepted).toBe(1);
  expect(reply.rejected.map(({ index, code }) => [index, code])).toEqual([[1, 'reading.foreign-point']]);
});

test('readings come in pages that join without a gap or a repetition', async () => {
  const point = await station.point('pages', 'FLOOD.UNDERPASS');
  const from = station.now - 250 * SECOND;
  await station.send(
    point,
    Array.from({ length: 250 }, (_, i) => [from + i * SECOND, i % 5] as const),
  );
  const seen: number[] = [];
  let after: string | undefined;
  let pages = 0;
  do {
    const page = await station.readings('pages', { limit: 100, ...(after === undefined ? {} : { after }) });
    seen.push(...page.items.map((row) => row.observedAt));
    after = page.next ?? undefined;
    pages += 1;
  } while (after !== undefined);
  expect(pages).toBe(3);
  expect(seen).toEqual(Array.from({ length: 250 }, (_, i) => from + i * SECOND));
  const window = await station.readings('pages', { from: from + 10 * SECOND, to: from + 12 * SECOND });
  expect(window.items.map((row) => row.observedAt)).toEqual([from + 10 * SECOND, from + 11 * SECOND]);
});

test('down-sampled to a few slots, the one peak and the one trough of thousands are still there', async () => {
  const point = await station.point('width', 'FLOOD.UNDERPASS');
  const from = station.now - 4000 * SECOND;
  const at = (i: number): number => (i === 1234 ? 199 : i === 3210 ? 0 : 20 + (i % 10) / 10);
  await station.send(
    point,
    Array.from({ length: 4000 }, (_, i) => [from + i * SECOND, at(i)] as const),
  );
  const { items, next } = await station.readings('width', { width: 20 });
  expect(next).toBeNull();
  expect(items.length).toBeLessThanOrEqual(42);
  expect(items.find((row) => row.value === 199)?.observedAt).toBe(from + 1234 * SECOND);
  expect(items.find((row) => row.value === 0)?.observedAt).toBe(from + 3210 * SECOND);
  const moments = items.map((row) => row.observedAt);
  expect(moments).toEqual(moments.toSorted((a, b) => a - b));
});

test('readings of a point the caller may not see are not found', async () => {
  const elsewhere = station.request({ places: [{ from: 500, to: 600 }], scenarios: [5] });
  const { listReadings } = await import('./list-readings.ts');
  await expect(listReadings(elsewhere, { query: { point: 'pages', limit: 10 } })).rejects.toMatchObject({
    code: 'record.not-found',
  });
});

test('of very many devices each has its turn, and none of its frames is forgotten', async () => {
  const { ledger } = station.desk;
  const db = station.db.storage.system;
  await sql`insert into device (protocol, code, place, scenarios)
    select 'hj212', 'FLEET' || i, (select min(place) from platform), '{1}' from generate_series(1, 12000) i`.execute(
    db,
  );
  for (let i = 1; i <= 12_000; i += 1) ledger.framesAccepted('hj212', `FLEET${i}`, 2);
  await write();
  const written = async () => {
    const { rows } = await sql<{ devices: number; frames: number }>`
      select count(*) filter (where frames_accepted > 0)::int as devices, sum(frames_accepted)::int as frames
      from device where code like 'FLEET%'`.execute(db);
    return rows[0];
  };
  expect(await written()).toEqual({ devices: 2000, frames: 4000 });
  ledger.framesAccepted('hj212', 'FLEET1', 1);
  await ledger.write(station.db.storage, { all: true });
  expect(await written()).toEqual({ devices: 12_000, frames: 24_001 });
});
