import { eventsAfter } from '#bus';
import { keepFloodLog } from '#services/command';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { District, KANGQIAO, MINUTE, T } from '../cards/testing.ts';
import { getSeatLoad } from './get-seat-load.ts';
import { guardLoad } from './guard-load.ts';
import { noteLoad } from './note-load.ts';

const CHUANSHA = '310115103';
const HOUR = 60 * MINUTE;
let district: District;
beforeAll(async () => {
  district = await District.open();
});
beforeEach(async () => {
  const { system } = district.db.storage;
  await sql`truncate seat_flood, seat_load, outbox, duty_log`.execute(system);
  await sql`delete from warning`.execute(system);
});
afterAll(() => district.db.drop());

/** What was announced of desks: platform and kind. */
async function told(): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string; type: string }>`
    select p.name, o.type from outbox o join platform p on p.id = (o.payload->>'id')::int
    where o.type like 'seat.%' order by o.id, p.place`.execute(district.db.storage.system);
  return rows.map(({ name, type }) => `${name} ${type.replace('seat.flood-', '')}`);
}

test('the eleventh warning in ten minutes puts the desk of the town, of the scenario and of the district into flood mode, and no other', async () => {
  district.now = T;
  await district.storm({ town: KANGQIAO, count: 10 });
  await guardLoad(district.system);
  expect(await told()).toEqual([]);
  await district.storm({ town: KANGQIAO, count: 1 });
  await guardLoad(district.system);
  await guardLoad(district.system);
  const desks = (await told()).toSorted();
  expect(desks).toContain('康桥镇 began');
  expect(desks.filter((one) => one.startsWith('川沙'))).toEqual([]);
  expect(desks.length).toBeGreaterThanOrEqual(3);
  expect(new Set(desks).size).toBe(desks.length);
});

test('it says so to whoever watches there, in every browser the same, and not to the next town', async () => {
  district.now = T;
  await district.storm({ town: KANGQIAO, count: 37 });
  await guardLoad(district.system);
  const here = await getSeatLoad(district.person());
  expect(here).toMatchObject({ flood: true, sentence: '洪峰模式：10 分钟内 37 条，已按原因归并' });
  const { rows } = await sql<{
    code: string;
  }>`select p.code from seat_flood f join platform p on p.id = f.platform_id`.execute(
    district.db.storage.system,
  );
  expect(rows.map(({ code }) => code)).toEqual(expect.arrayContaining([KANGQIAO, 'PD']));
  expect(rows.map(({ code }) => code)).not.toContain(CHUANSHA);
});

test('it ends when fewer than five have come in ten minutes, not at the first quiet moment; the log keeps both', async () => {
  district.now = T;
  await district.storm({ town: KANGQIAO, count: 20 });
  await guardLoad(district.system);
  district.now = T + 8 * MINUTE;
  await district.storm({ town: KANGQIAO, count: 6 });
  await guardLoad(district.system);
  district.now = T + 12 * MINUTE;
  await guardLoad(district.system);
  expect((await told()).filter((one) => one.endsWith('ended'))).toEqual([]);
  district.now = T + 19 * MINUTE;
  await guardLoad(district.system);
  expect(await told()).toContain('康桥镇 ended');
  expect((await getSeatLoad(district.person())).flood).toBe(false);
  await district.db.storage.system.transaction().execute(async (tx) => {
    const { rows } = await sql<never>`
      insert into event (seq, type, at, place, scenario, payload)
      select row_number() over (order by id), type, at, place, scenario, payload from outbox where type like 'seat.%' returning seq`.execute(
      tx,
    );
    expect(rows.length).toBeGreaterThan(0);
    const events = await eventsAfter(tx as never, 0, 1000);
    await keepFloodLog(tx, events);
    await keepFloodLog(tx, events);
  });
  const { rows } = await sql<{ text: string }>`
    select l.text from duty_log l join platform p on p.id = l.platform_id where p.code = ${KANGQIAO} order by l.at`.execute(
    district.db.storage.system,
  );
  expect(rows.map(({ text }) => text)).toEqual([
    '洪峰模式：10 分钟内 20 条预警，已按原因归并',
    '洪峰模式结束：10 分钟内 0 条，最多时 26 条',
  ]);
});

test('a recording that is replayed floods nobody', async () => {
  district.now = T;
  await district.storm({ town: KANGQIAO, count: 50, session: 3 });
  await guardLoad(district.system);
  expect(await told()).toEqual([]);
});

test('a desk’s own limit holds where it was set', async () => {
  const { system } = district.db.storage;
  await sql`insert into platform_setting (platform_id, place, key, value, set_by, set_at)
    select id, place, 'flood.enter-above', '100', '管理员', now() from platform where code = ${KANGQIAO}`.execute(
    system,
  );
  district.now = T;
  await district.storm({ town: KANGQIAO, count: 37 });
  await guardLoad(district.system);
  const desks = await told();
  expect(desks).not.toContain('康桥镇 began');
  expect(desks.length).toBeGreaterThan(0);
  await sql`delete from platform_setting`.execute(system);
});

test('what a desk had to bear is kept by the hour: in a flood cards count, not warnings', async () => {
  const hour = Math.floor(T / HOUR) * HOUR;
  district.now = hour + 5 * MINUTE;
  await district.storm({ town: KANGQIAO, count: 30 });
  await guardLoad(district.system);
  district.now = hour + HOUR + 2 * MINUTE;
  await district.storm({ town: KANGQIAO, count: 3 });
  for (const minute of [58, 60, 61, 62, 63]) {
    district.now = hour + minute * MINUTE + 20_000;
    await noteLoad(district.system);
  }
  const { rows } = await sql<object>`
    select l.hour, l.warnings, l.shown, l.peak, l.flood from seat_load l join platform p on p.id = l.platform_id
    where p.code = ${KANGQIAO} order by l.hour`.execute(district.db.storage.system);
  expect(rows).toEqual([
    { hour, warnings: 30, shown: expect.any(Number), peak: 30, flood: true },
    { hour: hour + HOUR, warnings: 3, shown: expect.any(Number), peak: 3, flood: true },
  ]);
  expect((rows[0] as { shown: number }).shown).toBeLessThanOrEqual(12);
});
