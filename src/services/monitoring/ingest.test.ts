import { QUALITY } from '#model/monitoring';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { batchOf, MINUTE, SECOND, START, Station } from './testing.ts';

let station: Station;
let day = 0;
beforeAll(async () => {
  station = await Station.open();
});
beforeEach(async () => {
  day += 1;
  await station.moveTo(START + day * 5 * MINUTE);
});
afterAll(() => station.close());

const underpass = (code: string) => station.point(code, 'FLOOD.UNDERPASS');
const values = async (point: number) => (await station.stored(point)).map((row) => row.value);

test('when a batch is acknowledged its rows are committed and others can read them', async () => {
  const point = await underpass('ack');
  await station.send(point, [
    [station.now - 2 * SECOND, 1],
    [station.now - SECOND, 2],
  ]);
  expect(await station.stored(point)).toEqual([
    { at: station.now - 2 * SECOND, value: 1, quality: QUALITY.good, source: 0 },
    { at: station.now - SECOND, value: 2, quality: QUALITY.good, source: 0 },
  ]);
});

test('the same batch sent again stores nothing twice, in order, out of order and after a restart', async () => {
  const point = await underpass('again');
  const t = station.now;
  const rows = [
    [t - 3 * SECOND, 1],
    [t - 2 * SECOND, 2],
    [t - SECOND, 3],
  ] as const;
  await station.send(point, rows);
  await station.send(point, rows);
  await station.send(point, rows.toReversed());
  await station.restart();
  await station.send(point, rows);
  await station.crash();
  await station.send(point, rows.toReversed());
  expect(await values(point)).toEqual([1, 2, 3]);
  expect(station.desk.ingest.counts).toMatchObject({ accepted: 3, stored: 0, duplicates: 3 });
});

test('a batch that repeats its own rows stores each once', async () => {
  const point = await underpass('within');
  const t = station.now;
  await station.send(point, [
    [t - 2000, 1],
    [t - 1000, 2],
    [t - 1000, 2],
    [t - 2000, 1],
    [t - 3000, 0],
    [t - 3000, 0],
  ]);
  expect(await values(point)).toEqual([0, 1, 2]);
});

test('of one moment sent with two values the first stays', async () => {
  const point = await underpass('first-stays');
  await station.send(point, [[station.now, 7]]);
  await station.send(point, [[station.now, 8]]);
  expect(await values(point)).toEqual([7]);
});

test('the same rows from two connections at once are stored once', async () => {
  const point = await underpass('twice-at-once');
  const rows = [[station.now - 1000, 4] as const, [station.now, 5] as const];
  await Promise.all([station.send(point, rows), station.send(point, rows), station.send(point, rows)]);
  expect(await values(point)).toEqual([4, 5]);
});

test('late rows are stored in their place, marked late, and raise nothing', async () => {
  const point = await underpass('late');
  const t = station.now;
  await station.send(point, [[t, 1]]);
  // Red holds at once: were these judged, there would be an alarm.
  await station.send(point, [
    [t - 20 * MINUTE, 90],
    [t - 10 * MINUTE, 95],
  ]);
  const rows = await station.stored(point);
  expect(rows.map((row) => [row.value, row.quality])).toEqual([
    [90, QUALITY.late],
    [95, QUALITY.late],
    [1, QUALITY.good],
  ]);
  expect(await station.alarms(point, t)).toEqual([]);
  expect((await station.readings('late')).items.map((row) => row.marks)).toEqual([['late'], ['late'], []]);
});

test('what a device kept for an hour and sends in order is marked late and raises nothing', async () => {
  const point = await underpass('kept-back');
  const t = station.now;
  await station.send(point, [
    [t - 60 * MINUTE, 90],
    [t - 55 * MINUTE, 90],
  ]);
  expect((await station.stored(point)).map((row) => row.quality)).toEqual([QUALITY.late, QUALITY.late]);
  expect(await station.alarms(point, t)).toEqual([]);
});

test.each([
  ['2059', Date.UTC(2059, 0, 1)],
  ['1970', 1000],
])(
  'a device clock of %s is stored, marked and never judged; later readings are not late',
  async (year, at) => {
    const point = await underpass(`clock-${year}`);
    await station.send(point, [[at, 99]]);
    await station.send(point, [[at, 99]]);
    await station.send(point, [[station.now, 1]]);
    const rows = (await station.stored(point)).toSorted((a, b) => a.value - b.value);
    expect(rows).toEqual([
      { at: station.now, value: 1, quality: QUALITY.good, source: 0 },
      { at, value: 99, quality: QUALITY.clock, source: 0 },
    ]);
    expect(await station.alarms(point, 0)).toEqual([]);
    await station.crash();
    await station.send(point, [[station.now + 500, 2]]);
    expect((await station.stored(point)).find((row) => row.value === 2)?.quality).toBe(QUALITY.good);
  },
);

test('a value beyond the element’s physical range is stored, marked and never judged', async () => {
  const point = await underpass('range');
  await station.send(point, [
    [station.now - 1000, 100_000],
    [station.now, -100_000],
  ]);
  expect((await station.stored(point)).map((row) => row.quality)).toEqual([QUALITY.range, QUALITY.range]);
  expect(await station.alarms(point, 0)).toEqual([]);
  expect((await station.readings('range')).items.map((row) => row.quality)).toEqual(['suspect', 'suspect']);
});

test('when the writer’s connection dies what waits is refused; it recovers by itself and the resend is stored once', async () => {
  const point = await underpass('cut');
  const t = station.now;
  await station.send(point, [[t - 4000, 1]]);
  await station.cutWriter();
  const rows = [[t - 3000, 2] as const, [t - 2000, 50] as const];
  await expect(station.send(point, rows)).rejects.toMatchObject({ code: 'service.unavailable' });
  await expect.poll(() => station.desk.ingest.down).toBe(false);
  await station.send(point, rows);
  await station.send(point, rows);
  expect(await values(point)).toEqual([1, 2, 50]);
  expect(await station.alarms(point, t)).toEqual([[-2000, 4, null]]);
  expect(station.errors.length).toBeGreaterThan(0);
});

test('cut in the middle of many batches, what was acknowledged is stored and what was refused may be sent again', async () => {
  const point = await underpass('cut-many');
  const t = station.now;
  const acknowledged: number[] = [];
  const refused: number[] = [];
  const sending = Array.from({ length: 200 }, async (_, i) => {
    await new Promise((resolve) => setTimeout(resolve, i));
    await station.send(point, [[t + i, i]]).then(
      () => acknowledged.push(i),
      () => refused.push(i),
    );
  });
  await new Promise((resolve) => setTimeout(resolve, 80));
  await station.cutWriter();
  await Promise.all(sending);
  expect(refused.length).toBeGreaterThan(0);
  const stored = new Set(await values(point));
  expect(acknowledged.filter((i) => !stored.has(i))).toEqual([]);
  await expect.poll(() => station.desk.ingest.down).toBe(false);
  for (const i of refused) await station.send(point, [[t + i, i]]);
  expect((await values(point)).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i));
});

test('a point registered while the hot path rebuilds its memory is known to it, or refused', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const point = await underpass('before-recovery');
  station.beforeRecovery = () => held;
  await station.cutWriter();
  await expect(station.send(point, [[station.now, 1]])).rejects.toMatchObject({
    code: 'service.unavailable',
  });
  await expect(underpass('during-recovery')).rejects.toMatchObject({ code: 'service.unavailable' });
  release();
  await expect.poll(() => station.desk.ingest.down).toBe(false);
  await sql`delete from monitored_object where code = 'during-recovery'`.execute(station.db.storage.system);
  const later = await underpass('during-recovery');
  expect(station.desk.ingest.book.find('during-recovery')?.id).toBe(later);
});

test('a change that the database refuses does not stop the readings of others', async () => {
  const point = await underpass('others');
  const refused = station.desk.ingest.exclusively(() => Promise.reject(new Error('the database refused it')));
  await expect(refused).rejects.toThrow('the database refused it');
  await expect.poll(() => station.desk.ingest.down).toBe(false);
  await station.send(point, [[station.now, 1]]);
  expect(await values(point)).toEqual([1]);
});

test('counts kept per day agree with the rows, whatever was repeated, late, cut off or restarted', async () => {
  const point = await underpass('counted');
  const t = station.now;
  await station.send(point, [[t, 1]]);
  // Late rows ride in the very group that is written down: their count must not fall behind the mark.
  station.now += 20 * SECOND;
  await station.desk.ingest.accept(
    batchOf(point, [
      [t - MINUTE, 5],
      [t + 1000, 2],
      [t - 2 * MINUTE, 6],
      [Date.UTC(2059, 0, 1), 7],
    ]),
  );
  await station.crash();
  expect(await station.counts()).toMatchObject({ kept: (await station.counts()).rows });
  await station.send(point, [[t + 2000, 100_000]]);
  await station.restart();
  const { kept, rows } = await station.counts();
  expect(kept).toEqual(rows);
});
