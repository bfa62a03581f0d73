// What readings come to by minute, hour and any longer stretch is the same whether it was kept or is summed up now, whatever has come
// late, was corrected, filled in or only replayed.
import { addToChunks, packReadings, readHistory, readRolled, rollPages, type RollUps } from '#storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { seededRandom } from '../../../test/seeded-random.ts';
import { emptyColumns } from '../../storage/readings/reading-columns.ts';
import { Roller } from '../../storage/readings/roll-ups.ts';
import { createCorrection, withdrawCorrection } from './quality/write-correction.ts';
import { endReplaySession, openReplaySession } from './replay-sessions.ts';
import { HOUR, MINUTE, SECOND, type Sent, Station } from './testing.ts';

const DAY = 24 * HOUR;
/** Two kept weeks of minutes, and a kept day at five seconds, some of it suspect, ending well before today. */
const DAYS = 16;

let station: Station;
let slow: number;
let fast: number;
let began: number;
beforeAll(async () => {
  station = await Station.open();
  slow = await station.point('slow', 'FLOOD.RIVER');
  fast = await station.point('fast', 'FLOOD.UNDERPASS');
  await station.device('player', ['slow']);
  began = station.now - (DAYS + 2) * DAY;
  const random = seededRandom(7);
  const past = (length: number, ms: number) => {
    const columns = emptyColumns(length);
    for (let i = 0; i < length; i += 1) {
      columns.observedAt[i] = began + i * ms + Math.floor(random() * 900);
      columns.receivedAt[i] = (columns.observedAt[i] ?? 0) + SECOND;
      columns.value[i] = Math.round(random() * 500) / 100;
      columns.quality[i] = random() < 0.01 ? 1 : 0;
    }
    return columns;
  };
  await addToChunks(station.db.storage.system, [
    { point: slow, rows: past(DAYS * 1440, MINUTE) },
    { point: fast, rows: past(DAY / (5 * SECOND), 5 * SECOND) },
  ]);
  await roll();
}, 60_000);
afterAll(() => station.close());

async function roll(): Promise<void> {
  while (!(await rollPages(station.db.storage.system, station.now)).isAll);
}

/** As a day later: everything that has come is packed; roll-ups of its time are stale until they are made anew. */
async function pack(): Promise<void> {
  await station.restart();
  while (await packReadings(station.db.storage.system, station.now + DAY));
  await station.moveTo(station.now + HOUR);
}

async function pages(): Promise<{ readonly good: number; readonly stale: number }> {
  const { rows } = await sql<{
    good: number;
    stale: number;
  }>`select count(*) filter (where not stale)::int as good,
    count(*) filter (where stale and to_at <= ${new Date(station.now)})::int as stale from rolled_page`.execute(
    station.db.storage.system,
  );
  return rows[0] ?? { good: 0, stale: 0 };
}

const random = seededRandom(11);
const STRETCHES = [MINUTE, 7 * MINUTE, HOUR, 9 * HOUR, DAY];

/** Sums up random times both ways. */
async function expectSame(): Promise<void> {
  const { system } = station.db.storage;
  for (let n = 0; n < 10; n += 1) {
    const point = n % 2 === 0 ? slow : fast;
    const reach = point === slow ? (DAYS + 3) * DAY : 1.2 * DAY;
    const from = began - HOUR + Math.floor(random() * reach);
    const to = n < 2 ? station.now + DAY : from + Math.floor(random() * reach);
    const ms = STRETCHES[n % STRETCHES.length] ?? HOUR;
    const rows = n % 3 === 0 ? 'all' : 'live';
    const roller = new Roller(ms);
    const readings = (await readHistory(system, { points: [point], from, to, rows })).get(point);
    if (readings) roller.add(readings);
    expect(shown(await readRolled(system, { point, from, to, ms, rows }))).toEqual(shown(roller.done()));
  }
}

/** Sums keep twelve digits. */
function shown(rolled: RollUps) {
  const { sum, ...rest } = rolled;
  return { ...rest, sum: sum.map((one) => Math.round(one * 1e6)) };
}

async function hourOf(at: number): Promise<Readonly<Record<string, number>>> {
  const from = Math.floor(at / HOUR) * HOUR;
  const rolled = await readRolled(station.db.storage.system, {
    point: slow,
    from,
    to: from + HOUR,
    ms: HOUR,
  });
  const { count, suspect, min, max, sum } = rolled;
  return {
    count: count[0] ?? 0,
    suspect: suspect[0] ?? 0,
    min: min[0] ?? 0,
    max: max[0] ?? 0,
    sum: sum[0] ?? 0,
  };
}

const lastWeek = () => began + 9 * DAY + 30 * MINUTE + 30 * SECOND;

test('kept roll-ups are those of the readings, over any time and in any stretch', async () => {
  expect(await pages()).toEqual({ good: expect.any(Number), stale: 0 });
  expect((await pages()).good).toBeGreaterThanOrEqual(7);
  await expectSame();
});

test('they are what is read: without a single packed reading the kept hours are the same', async () => {
  const { system } = station.db.storage;
  const { rows } = await sql<{ from: number; to: number }>`select min(from_at) as "from", max(to_at) as "to"
    from rolled_page where point_id = ${slow} and seconds = 3600 and not stale`.execute(system);
  const ask = { point: slow, from: rows[0]?.from ?? 0, to: rows[0]?.to ?? 0, ms: DAY };
  const before = shown(await readRolled(system, ask));
  await sql`alter table reading_chunk rename to chunk_aside`.execute(system);
  await sql`create table reading_chunk (like chunk_aside)`.execute(system);
  const without = shown(await readRolled(system, ask));
  await sql`drop table reading_chunk`.execute(system);
  await sql`alter table chunk_aside rename to reading_chunk`.execute(system);
  expect(without).toEqual(before);
  await expectSame();
});

test('a reading that comes a week late counts in its hour at once, once packed, and when the hour is made anew', async () => {
  const count = async () => (await hourOf(lastWeek()))['count'];
  const before = (await count()) ?? 0;
  const good = await pages();
  await station.send(slow, [[lastWeek(), 99]]);
  expect(await count()).toBe(before + 1);
  await expectSame();
  await pack();
  expect(await pages()).toEqual({ good: good.good - 1, stale: 1 });
  expect(await count()).toBe(before + 1);
  await expectSame();
  await roll();
  expect(await pages()).toEqual(good);
  expect(await count()).toBe(before + 1);
  await expectSame();
});

test('a gap that is filled in afterwards is in the hours, before and after it is packed', async () => {
  const rows = Array.from({ length: 400 }, (_, i): Sent => [began - DAY + i * MINUTE, 1 + (i % 5) / 10]);
  await station.send(slow, rows);
  const count = async () => {
    const rolled = await readRolled(station.db.storage.system, {
      point: slow,
      from: began - DAY,
      to: began,
      ms: DAY,
    });
    return rolled.count.reduce((sum, one) => sum + one, 0);
  };
  expect(await count()).toBe(400);
  await expectSame();
  await pack();
  expect(await count()).toBe(400);
  await roll();
  expect(await count()).toBe(400);
  await expectSame();
});

test('a correction changes the hours it touches in its own transaction, and they are as before once it is taken back', async () => {
  const before = await hourOf(lastWeek());
  const from = Math.floor(lastWeek() / HOUR) * HOUR;
  const body = {
    point: 'slow',
    from,
    to: from + HOUR - 1,
    kind: 'correct' as const,
    scale: -1,
    shift: 0.5,
    reason: '水尺倒装',
  };
  const made = await createCorrection(station.request(), { body });
  const { stale } = await pages();
  expect(stale).toBe(1);
  const corrected = await hourOf(lastWeek());
  expect(corrected['max']).toBeCloseTo(0.5 - (before['min'] ?? 0));
  await expectSame();
  await roll();
  expect(await pages()).toMatchObject({ stale: 0 });
  expect(rounded(await hourOf(lastWeek()))).toEqual(rounded(corrected));
  await expectSame();
  await withdrawCorrection(station.request(), { params: { id: made.id }, query: { version: made.version } });
  expect(rounded(await hourOf(lastWeek()))).toEqual(rounded(before));
  await roll();
  await expectSame();
});

function rounded(hour: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return { ...hour, sum: Math.round((hour['sum'] ?? 0) * 1e6) };
}

test('what people declare bad leaves the mean and the extremes, and is counted as suspect', async () => {
  const at = lastWeek() + 5 * HOUR;
  const from = Math.floor(at / HOUR) * HOUR;
  const bad = { kind: 'bad' as const, scale: 1, shift: 0, reason: '检修泥沙' };
  await createCorrection(station.request(), { body: { ...bad, point: 'slow', from, to: from + HOUR - 1 } });
  for (const again of [() => Promise.resolve(), roll]) {
    await again();
    const hour = await hourOf(at);
    expect([hour['count'], hour['suspect'], hour['sum']]).toEqual([60, 60, 0]);
    expect(hour['max']).toBeNaN();
    await expectSame();
  }
});

test('a replay is drawn while it is there and was never in the hours; discarded, it leaves no trace', async () => {
  const at = lastWeek() + 8 * HOUR;
  const before = await hourOf(at);
  const session = await openReplaySession(
    station.request(),
    { ...station.ground, desk: station.desk },
    { name: '演练', devices: ['player'] },
  );
  await station.send(slow, [[at, 4.99]], session.id);
  const all = async () => {
    const from = Math.floor(at / HOUR) * HOUR;
    return (
      await readRolled(station.db.storage.system, {
        point: slow,
        from,
        to: from + HOUR,
        ms: HOUR,
        rows: 'all',
      })
    ).count[0];
  };
  expect([await hourOf(at), await all()]).toEqual([before, (before['count'] ?? 0) + 1]);
  await expectSame();
  await endReplaySession(station.request(), { ...station.ground, desk: station.desk }, session.id);
  await sql`delete from reading where source >= 16`.execute(station.db.storage.system);
  expect([await hourOf(at), await all()]).toEqual([before, before['count']]);
  await expectSame();
});

test('a chart of weeks shows the lowest and the highest reading of whole hours, marks and what was sent beside them', async () => {
  const drawn = (await station.readings('slow', { from: began, to: began + 20 * DAY, width: 60 })).items;
  const readings = (
    await readHistory(station.db.storage.system, { points: [slow], from: began, to: began + 20 * DAY })
  ).get(slow);
  const values = [...(readings?.value ?? [])];
  expect(drawn.length).toBeLessThanOrEqual(122);
  expect(Math.max(...drawn.map(({ value }) => value))).toBe(Math.max(...values));
  expect(Math.min(...drawn.map(({ value }) => value))).toBe(Math.min(...values));
  // The same from the readings alone.
  await sql`update rolled_page set stale = true`.execute(station.db.storage.system);
  expect((await station.readings('slow', { from: began, to: began + 20 * DAY, width: 60 })).items).toEqual(
    drawn,
  );
  await roll();
});
