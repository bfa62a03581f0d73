// Years go by: readings become hours, hours go in their turn, and what an open matter rests on stays.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { addToChunks, PictureStore, readRolled, type RollUps } from '#storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { ROLES, type Scope } from '#model/platform';
import { FaultWatch } from '#services/operations';
import { RequestContext, SystemContext } from '../../context/index.ts';
import { personWith } from '../../context/testing.ts';
import { emptyColumns } from '../../../storage/readings/reading-columns.ts';
import { dayOf } from '../day-figures.ts';
import { createCorrection } from '../quality/write-correction.ts';
import { HOUR, MINUTE, Station } from '../testing.ts';
import { confirmClock } from './confirm-clock.ts';
import { keepInTime } from './keep-in-time.ts';
import { listKept } from './list-kept.ts';

const DAY = 24 * HOUR;
const WEEKS = 5;

let station: Station;
let folder: string;
let pictures: PictureStore;
let began: number;
const points: Record<string, number> = {};
beforeAll(async () => {
  station = await Station.open();
  folder = await mkdtemp(path.join(os.tmpdir(), 'puan-kept-'));
  pictures = new PictureStore(folder);
  began = Math.floor(station.now / HOUR) * HOUR - WEEKS * 7 * DAY;
  for (const code of ['plain', 'leant-on', 'seldom']) points[code] = await station.point(code, 'FLOOD.RIVER');
  const rows = (ms: number) => {
    const length = Math.floor((WEEKS * 7 * DAY) / ms);
    const columns = emptyColumns(length);
    for (let i = 0; i < length; i += 1) {
      columns.observedAt[i] = began + i * ms;
      columns.receivedAt[i] = began + i * ms + 1000;
      columns.value[i] = (i % 50) / 10;
    }
    return columns;
  };
  await addToChunks(station.db.storage.system, [
    { point: points['plain'] ?? 0, rows: rows(5 * MINUTE) },
    { point: points['leant-on'] ?? 0, rows: rows(5 * MINUTE) },
    // Four an hour: too few for pages of their own until the readings go.
    { point: points['seldom'] ?? 0, rows: rows(15 * MINUTE) },
  ]);
});
afterAll(async () => {
  await station.close();
  await rm(folder, { recursive: true, force: true });
});

/** So many days later, until nothing is left to take. */
async function after(days: number): Promise<void> {
  const now = began + days * DAY;
  await lastRound(now);
  const context = contextAt(now);
  const ground = { storage: station.db.storage, pictures };
  for (let rounds = 0; await keepInTime(context, ground); rounds += 1)
    if (rounds > 60) throw new Error('there is always more to take');
}

const contextAt = (now: number) => new SystemContext({ ...station.ground, clock: { now: () => now } });
const requestAt = (now: number, scope: Scope = { places: [{ from: 0, to: 1_000_000 }], scenarios: [] }) =>
  new RequestContext({ ...station.ground, clock: { now: () => now } }, personWith({ roles: ROLES, scope }));

/** Rounds have gone on until then. */
async function lastRound(at: number): Promise<void> {
  await sql`update retention_clock set looked_at = ${new Date(at)}, leapt_at = null`.execute(
    station.db.storage.system,
  );
}

async function readings(code: string): Promise<{ readonly n: number; readonly first: number | null }> {
  const { rows } = await sql<{
    n: number;
    first: number | null;
  }>`select coalesce(sum(n), 0)::int as n, min(from_at) as first
    from reading_chunk where point_id = ${points[code]}`.execute(station.db.storage.system);
  return rows[0] ?? { n: 0, first: null };
}

const days = async (code: string) =>
  readRolled(station.db.storage.system, {
    point: points[code] ?? 0,
    from: began,
    to: began + WEEKS * 7 * DAY,
    ms: DAY,
  });

test('nothing goes before its time', async () => {
  const before = await Promise.all(Object.keys(points).map(readings));
  await after(1096);
  expect(await Promise.all(Object.keys(points).map(readings))).toEqual(before);
  expect((await listKept(station.request(), { storage: station.db.storage, pictures })).keptFrom).toBeNull();
});

test('readings of three years ago go week by week, in the order of time, and stay as hours; those of an open warning stay', async () => {
  const before = await Promise.all(Object.keys(points).map(days));
  await sql`insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated)
    select object_id, 'FLOOD.X', 100, 1, 'normal', 0, 2, '水位', ${new Date(began + 31 * DAY)}, ${new Date(began + 31 * DAY)}, false
    from point where id = ${points['leant-on']}`.execute(station.db.storage.system);
  await after(1096 + 21);
  const [plain, leantOn, seldom] = await Promise.all(Object.keys(points).map(readings));
  const kept = await listKept(station.request(), { storage: station.db.storage, pictures });
  expect(kept.keptFrom).toBeGreaterThan(began + 7 * DAY);
  expect(kept.keptFrom).toBeLessThanOrEqual(began + 21 * DAY);
  // A chunk that reaches over the horizon stays whole.
  const reach = Math.min(plain?.first ?? 0, seldom?.first ?? 0) + 1000 * 15 * MINUTE;
  expect(kept.keptFrom).toBeLessThan(reach);
  expect(plain?.first).toBeGreaterThan(began + 3 * DAY);
  // What the warning rests on begins thirty days before it.
  expect(leantOn?.first).toBeLessThan(began + 4 * DAY + MINUTE);
  expect(kept.heldPoints).toBe(1);
  expect((await Promise.all(Object.keys(points).map(days))).map(shown)).toEqual(before.map(shown));
});

const shown = ({ count, max, sum }: RollUps) => ({
  count,
  max,
  sum: sum.map((one) => Math.round(one * 1e6)),
});

test('a chart of that time is drawn from hours', async () => {
  const drawn = (await station.readings('plain', { from: began, to: began + 7 * DAY, width: 1000 })).items;
  expect(drawn.length).toBeGreaterThan(7 * 24);
  expect(Math.max(...drawn.map(({ value }) => value))).toBe(4.9);
});

test('what is kept as hours only cannot be corrected any more, and the sentence says from when on it can', async () => {
  const { keptFrom } = await listKept(station.request(), { storage: station.db.storage, pictures });
  const body = {
    point: 'plain',
    from: began + DAY,
    to: began + 2 * DAY,
    kind: 'bad' as const,
    scale: 1,
    shift: 0,
    reason: '迟了',
  };
  await expect(createCorrection(station.request(), { body })).rejects.toMatchObject({
    code: 'input.invalid',
    details: { issues: expect.stringContaining(dayOf(keptFrom ?? 0)) },
  });
});

test('once the warning is closed its readings go, too; everything taken is audited', async () => {
  await sql`update warning set state = 'closed', closed_at = now()`.execute(station.db.storage.system);
  await after(1096 + 60);
  for (const code of Object.keys(points)) expect((await readings(code)).n).toBeLessThan(2500);
  expect([...(await days('leant-on')).count]).toContain(288);
  const { rows } = await sql<{ action: string }>`select distinct action from audit
    where actor = 'rule:keep-in-time' order by 1`.execute(station.db.storage.system);
  expect(rows.map(({ action }) => action)).toEqual(['readings.forgotten', 'readings.rolled-up']);
});

test('hours go in their turn, by the time that the district has set', async () => {
  await sql`insert into platform_setting (platform_id, key, value, place, set_by, set_at)
    select id, 'hours.kept-days', '1200'::jsonb, place, 'x', now() from platform where kind = 'district'`.execute(
    station.db.storage.system,
  );
  await after(1200 + 15);
  const { at } = await days('seldom');
  expect(at[0]).toBeGreaterThan(began + 7 * DAY);
  expect(at.length).toBeGreaterThan(10);
  await after(1200 + 60);
  expect((await days('seldom')).length).toBe(0);
});

test('a picture goes after its year, file and all, but not while its event waits for somebody', async () => {
  const [decided, waiting, second, third] = await Promise.all(
    [400, 200, 200, 100].map((size) => pictures.put(randomBytes(size))),
  );
  const at = new Date(began);
  await sql`insert into suspected_event (origin, kind, picture, state, observed_at, last_at, received_at)
    values ('video', 'smoke', ${decided}, 'confirmed', ${at}, ${at}, ${at}), ('video', 'smoke', ${waiting}, 'suspected', ${at}, ${at}, ${at})`.execute(
    station.db.storage.system,
  );
  // What people report may show more than one; a report that waits keeps what it shares with one that is judged.
  await sql`insert into suspected_event (origin, kind, picture, more_pictures, state, observed_at, last_at, received_at)
    values ('social', 'smoke', ${decided}, ${[second, third]}, 'confirmed', ${at}, ${at}, ${at}),
      ('social', 'smoke', ${waiting}, ${[third]}, 'suspected', ${at}, ${at}, ${at})`.execute(
    station.db.storage.system,
  );
  await after(365);
  expect(await pictures.bytes()).toBe(900);
  await after(367);
  const left = await sql<{ more: string[] }>`
    select more_pictures as more from suspected_event where origin = 'social' order by id`.execute(
    station.db.storage.system,
  );
  expect(left.rows.map(({ more }) => more)).toEqual([[third], [third]]);
  expect([await pictures.get(decided ?? ''), (await pictures.get(waiting ?? ''))?.length]).toEqual([
    undefined,
    200,
  ]);
});

test("a station's picture goes with its note, but not while its point has an open warning, nor while an event shows the same", async () => {
  const db = station.db.storage.system;
  await station.device('cam-plain', ['plain']);
  await station.device('cam-leant-on', ['leant-on']);
  const names = await Promise.all([500, 600, 700].map((size) => pictures.put(randomBytes(size))));
  const [alone = '', shared = '', leantOn = ''] = names;
  const at = new Date(began);
  for (const [code, picture] of [
    ['cam-plain', alone],
    ['cam-plain', shared],
    ['cam-leant-on', leantOn],
  ])
    await sql`insert into device_note (device_id, kind, observed_at, received_at, at, picture, picture_bytes, simulated, place, scenarios)
      select id, 'picture', ${at}, ${at}, ${at}, ${picture}, 1, false, place, scenarios from device where code = ${code}`.execute(
      db,
    );
  await sql`insert into suspected_event (origin, kind, picture, state, observed_at, last_at, received_at)
    values ('video', 'smoke', ${shared}, 'suspected', ${at}, ${at}, ${at})`.execute(db);
  await sql`update warning set state = 'normal', closed_at = null, opened_at = ${at}`.execute(db);
  await after(367);
  const left = await sql<{ picture: string }>`select picture from device_note`.execute(db);
  expect(left.rows.map(({ picture }) => picture).toSorted()).toEqual([shared, leantOn].toSorted());
  expect(await pictures.get(alone)).toBeUndefined();
  await sql`update warning set state = 'closed', closed_at = now()`.execute(db);
  await sql`update suspected_event set state = 'rejected' where picture = ${shared}`.execute(db);
  await after(367);
  expect((await sql`select from device_note`.execute(db)).rows).toHaveLength(0);
  expect(await pictures.bytes()).toBe(300);
});

test('a warning that is closed holds its readings until its order is', async () => {
  const db = station.db.storage.system;
  const held = async (): Promise<number> =>
    (await sql`select from held_reading where point_id = ${points['leant-on']}`.execute(db)).rows.length;
  const order =
    await sql`insert into work_order (code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit,
      handbook_id, limits, standard_version, limit_class, opened_at, simulated)
    select 'YJ1', id, object_id, item_code, place, scenario, 2, 'small', 'raised', '', freeze_handbook('{}'), '{}', '1', 'x', opened_at, false
    from warning`.execute(db);
  expect([order.numAffectedRows, await held()]).toEqual([1n, 1]);
  await sql`update work_order set state = 'closed', closed_at = now()`.execute(db);
  expect(await held()).toBe(0);
});

test('a picture that has just been sent again is not taken for the old one', async () => {
  const content = randomBytes(100);
  const name = await pictures.put(content);
  const sent = Date.now();
  await pictures.put(content);
  expect(await pictures.remove(name, sent - 1000)).toBe(false);
  expect(await pictures.get(name)).toEqual(content);
  expect(await pictures.remove(name, sent + MINUTE)).toBe(true);
});

test('the page tells what is kept, since when, how much and what goes next', async () => {
  const { items, lastAt } = await listKept(station.request(), { storage: station.db.storage, pictures });
  expect(items.map(({ key, days, setting }) => [key, days, setting])).toEqual([
    ['reading', 1096, 'readings.kept-days'],
    ['minute', 1827, 'minutes.kept-days'],
    ['hour', 1200, 'hours.kept-days'],
    ['replay', 2, null],
    ['picture', 366, 'pictures.kept-days'],
    ['message', 30, 'messages.kept-days'],
    ['delivery', 30, null],
    ['event', 7, null],
    ['evidence', null, null],
    ['audit', null, null],
  ]);
  expect(items.find(({ key }) => key === 'picture')).toMatchObject({
    bytes: 300,
    since: began,
    goesAt: began + 366 * DAY,
  });
  expect(items.find(({ key }) => key === 'audit')).toMatchObject({ goesAt: null, since: expect.any(Number) });
  expect(lastAt).not.toBeNull();
});

test('a clock that leaps a year ahead takes nothing away: it waits, is told as a fault, and goes on when put right', async () => {
  const db = station.db.storage.system;
  const now = began + 1200 * DAY;
  const round = (at: number): Promise<boolean> =>
    keepInTime(contextAt(at), { storage: station.db.storage, pictures });
  await lastRound(now);
  const old = await pictures.put(randomBytes(50));
  const point = points['plain'] ?? 0;
  await station.device('CAMERA', ['plain']);
  const at = new Date(now);
  await sql`insert into device_note (device_id, kind, observed_at, received_at, at, picture, picture_bytes, simulated, place, scenarios)
    select id, 'picture', ${at}, ${at}, ${at}, ${old}, 1, false, place, scenarios from device where code = 'CAMERA'`.execute(
    db,
  );
  await sql`insert into point_state (point_id, observed_at, value, quality) values (${point}, ${new Date(now + MINUTE)}, 1, 0)
    on conflict (point_id) do update set observed_at = excluded.observed_at`.execute(db);
  const leapt = now + 400 * DAY;
  expect(await round(leapt)).toBe(false);
  expect(await round(leapt + DAY)).toBe(false);
  expect(await pictures.get(old)).toBeDefined();
  const { clock } = await listKept(requestAt(leapt), { storage: station.db.storage, pictures });
  expect(clock).toEqual({ now: leapt, lookedAt: now, leaptAt: leapt, devicesAt: now + MINUTE });
  await new FaultWatch(contextAt(leapt)).look({ findings: [], listeningSince: leapt });
  const fault = () => sql`select state, summary from fault where kind = 'clock-leapt'`.execute(db);
  expect((await fault()).rows).toMatchObject([
    { state: 'open', summary: expect.stringContaining('超前 400 天') as string },
  ]);
  await round(now + DAY);
  await new FaultWatch(contextAt(now + DAY)).look({ findings: [], listeningSince: now });
  expect((await fault()).rows).toMatchObject([{ state: 'resolved' }]);
  expect(await pictures.get(old)).toBeDefined();
});

test('after a winter without power somebody confirms the clock, and only then what has had its time goes', async () => {
  const now = began + 1201 * DAY;
  await lastRound(now);
  const spring = now + 400 * DAY;
  // The camera that fell silent would hold its picture.
  await sql`update fault set state = 'closed' where state <> 'closed'`.execute(station.db.storage.system);
  const kept = await pictures.bytes();
  await keepInTime(contextAt(spring), { storage: station.db.storage, pictures });
  const confirm = (at: number, clock: number, scope?: Scope) =>
    confirmClock(requestAt(at, scope), { body: { clock } });
  await expect(confirm(spring, spring, { places: [], scenarios: [1] })).rejects.toThrow('access.denied');
  // The clock has leapt again since it was looked at.
  await expect(confirm(spring + 30 * DAY, spring)).rejects.toThrow('record.changed');
  expect(await confirm(spring + MINUTE, spring)).toEqual({
    now: spring + MINUTE,
    lookedAt: spring + MINUTE,
    leaptAt: null,
    devicesAt: null,
  });
  await expect(confirm(spring + MINUTE, spring)).rejects.toThrow('record.changed');
  for (let isMore = true; isMore;)
    isMore = await keepInTime(contextAt(spring + 2 * MINUTE), { storage: station.db.storage, pictures });
  expect(await pictures.bytes()).toBeLessThan(kept);
  const { rows } = await sql<{
    action: string;
  }>`select action from audit where subject = 'retention/clock' order by id desc
    limit 2`.execute(station.db.storage.system);
  expect(rows.map(({ action }) => action)).toEqual(['retention.clock-confirmed', 'retention.clock-leapt']);
});
