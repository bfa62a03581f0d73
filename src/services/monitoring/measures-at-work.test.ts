// Signs that look at more than the reading: through the hot path, into the tables, over a restart.
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { rebindSigns } from './rebind-signs.ts';
import { HOUR, MINUTE, SECOND, START, Station } from './testing.ts';

let station: Station;
beforeEach(async () => {
  station = await Station.open();
});
afterEach(() => station.close());

async function say(point: number, minute: number, value: number): Promise<void> {
  await station.moveTo(START + minute * MINUTE);
  await station.send(point, [[station.now, value]]);
}

/** Alarms of one sign at a point: `[raised, worst level, normal]`, minutes after the start. */
async function alarmsOf(sign: string, point: number) {
  const { rows } = await sql<{ raised: number; level: number; normal: number | null }>`
    select extract(epoch from a.raised_at)::float8 * 1000 as raised, a.peak_level as level,
      extract(epoch from a.normal_at)::float8 * 1000 as normal
    from alarm a join sign s on s.id = a.sign_id where s.code = ${sign} and a.point_id = ${point} order by a.id`.execute(
    station.db.storage.system,
  );
  const minutes = (at: number | null): number | null => (at === null ? null : (at - START) / MINUTE);
  return rows.map(({ raised, level, normal }) => [minutes(raised), level, minutes(normal)]);
}

async function setParameters(object: string, parameters: Readonly<Record<string, number>>): Promise<void> {
  await station.db.storage.system.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: number }>`
      update monitored_object set parameters = ${JSON.stringify(parameters)}::jsonb where code = ${object} returning id`.execute(
      tx,
    );
    await rebindSigns(
      tx,
      station.desk,
      rows.map(({ id }) => id),
    );
  });
}

test.each(['steadily', 'through a restart'])(
  'two detectors of one tank past half of the explosive limit together are red, either alone is not, %s',
  async (how) => {
    const one = await station.point('TANK', 'HAZCHEM.GASFL', 4);
    const other = await station.pointOf('TANK', 'TANK-2', 'HAZCHEM.GASFL');
    await say(one, 0, 60);
    await say(other, 1, 10);
    if (how === 'through a restart') await station.restart();
    await say(other, 2, 70);
    expect(await alarmsOf('HAZCHEM.S05C', one)).toEqual([]);
    await say(other, 3, 70);
    // It stands at the object's first point; the condition has held since the second detector rose.
    expect(await alarmsOf('HAZCHEM.S05C', one)).toEqual([[2 + 10 / 60, 4, null]]);
    expect(await alarmsOf('HAZCHEM.S05C', other)).toEqual([]);
  },
);

test('two detectors go on counting together, each once, after the tank’s parameters were set and its sign was judged anew', async () => {
  const one = await station.point('TANK', 'HAZCHEM.GASFL', 4);
  const other = await station.pointOf('TANK', 'TANK-2', 'HAZCHEM.GASFL');
  await setParameters('TANK', { 'HAZCHEM.LEVEL_H': 85 });
  // One alone, past the limit and judged twice, would be two.
  await say(other, 0, 60);
  await say(other, 1, 60);
  expect(await alarmsOf('HAZCHEM.S05C', one)).toEqual([]);
  await say(one, 2, 60);
  await say(other, 3, 60);
  expect(await alarmsOf('HAZCHEM.S05C', one)).toEqual([[2 + 10 / 60, 4, null]]);
  expect(await alarmsOf('HAZCHEM.S05C', other)).toEqual([]);
});

test('a fire lane that is blocked is blue after ten minutes and yellow after thirty, though nobody says it again', async () => {
  const lane = await station.point('LANE', 'FIRE.PASS', 17);
  await say(lane, 0, 1);
  await station.pass(START + 9 * MINUTE);
  expect(await alarmsOf('FIRE.S09A', lane)).toEqual([]);
  await station.pass(START + 10 * MINUTE);
  expect(await alarmsOf('FIRE.S09A', lane)).toEqual([[10, 1, null]]);
  await station.restart();
  await station.pass(START + 30 * MINUTE);
  expect(await alarmsOf('FIRE.S09A', lane)).toEqual([[10, 2, null]]);
  await say(lane, 40, 0);
  await say(lane, 51, 0);
  await station.pass(START + 65 * MINUTE);
  const [alarm] = await alarmsOf('FIRE.S09A', lane);
  expect(alarm?.[2]).not.toBeNull();
});

test('a fire panel that falls silent is told of by how long; one that never spoke is not; its first word ends it', async () => {
  const panel = await station.point('PANEL', 'FIRE.HOST', 17);
  const never = await station.point('NEVER', 'FIRE.HOST', 17);
  await say(panel, 0, 0);
  await station.pass(START + 29 * MINUTE);
  expect(await alarmsOf('FIRE.S08A', panel)).toEqual([]);
  await station.pass(START + 30 * MINUTE);
  expect(await alarmsOf('FIRE.S08A', panel)).toEqual([[30, 1, null]]);
  await station.crash();
  await station.pass(START + 121 * MINUTE);
  expect((await alarmsOf('FIRE.S08A', panel)).map(([, level]) => level)).toEqual([2]);
  await say(panel, 122, 0);
  for (const minute of [123, 130, 138, 139, 154]) {
    await say(panel, minute, 0);
    await station.desk.ingest.tick();
  }
  expect((await alarmsOf('FIRE.S08A', panel))[0]?.[2]).not.toBeNull();
  expect(await alarmsOf('FIRE.S08A', never)).toEqual([]);
});

test('a level sign is switched off at a river gauge without its stages, judges by them once they are set, and ends when they go', async () => {
  const gauge = await station.point('GAUGE', 'FLOOD.RIVER');
  await say(gauge, 0, 3.4);
  await say(gauge, 20, 3.4);
  const sign = 'FLOOD.S05';
  expect(await alarmsOf(sign, gauge)).toEqual([]);

  await setParameters('GAUGE', { 'FLOOD.W_STAGE': 3.3, 'FLOOD.G_STAGE': 3.6 });
  for (const minute of [30, 40, 50]) await say(gauge, minute, 3.4);
  // 3.40 m is over the warning stage of 3.30 m: yellow.
  expect((await alarmsOf(sign, gauge)).map(([, level]) => level)).toEqual([2]);

  await setParameters('GAUGE', {});
  for (const minute of [60, 70, 80, 90]) await say(gauge, minute, 3.4);
  expect((await alarmsOf(sign, gauge))[0]?.[2]).not.toBeNull();
  await setParameters('GAUGE', { 'FLOOD.W_STAGE': 3.3, 'FLOOD.G_STAGE': 3.6 });
  for (const minute of [100, 110, 120]) await say(gauge, minute, 3.4);
  expect(await alarmsOf(sign, gauge)).toHaveLength(2);
});

test('what is unusual needs a past: the pressure that drops within ten minutes is told, at once after the restart too', async () => {
  const main = await station.point('MAIN', 'WATER.WPRESS', 9);
  for (let minute = 0; minute <= 10; minute += 1) await say(main, minute, 0.3);
  await station.restart();
  await say(main, 11, 0.17);
  await say(main, 12, 0.17);
  await say(main, 13, 0.17);
  await station.pass(START + 15 * MINUTE);
  const { rows } = await sql<{ code: string; level: number }>`
    select s.code, a.peak_level as level from alarm a join sign s on s.id = a.sign_id
    where a.point_id = ${main} and s.body->'measure'->>'kind' = 'rate'`.execute(station.db.storage.system);
  // 0.30 → 0.17 MPa in ten minutes is past −0.12: red.
  expect(rows).toEqual([{ code: 'WATER.S02A', level: 4 }]);
});

test('seconds, minutes and hours of a window are those of the readings, not of their arrival', async () => {
  const rain = await station.point('RAIN', 'FLOOD.RAIN_5M');
  await station.moveTo(START + 2 * HOUR);
  await station.send(rain, [
    [START + HOUR, 30],
    [START + HOUR + 30 * MINUTE, 15],
    [START + 2 * HOUR - SECOND, 10],
  ]);
  const { rows } = await sql<{ value: number }>`
    select a.peak_value as value from alarm a join sign s on s.id = a.sign_id
    where a.point_id = ${rain} and s.code = 'FLOOD.S01A'`.execute(station.db.storage.system);
  expect(rows).toEqual([{ value: 55 }]);
});

test.each(['steadily', 'through a restart'])(
  'two of the last three readings have to agree: one that splashes is no flood, %s',
  async (how) => {
    await sql`alter table sign disable trigger immutable`.execute(station.db.storage.system);
    await sql`update sign set body = body || '{"agreement":{"atLeast":2,"of":3}}' where code = 'FLOOD.S06'`.execute(
      station.db.storage.system,
    );
    await station.restart();
    const underpass = await station.point('UNDERPASS', 'FLOOD.UNDERPASS', 3);
    await say(underpass, 0, 5);
    await say(underpass, 1, 45);
    await say(underpass, 2, 5);
    expect(await alarmsOf('FLOOD.S06', underpass)).toEqual([]);
    if (how === 'through a restart') await station.restart();
    // The reading before last has its say still.
    await say(underpass, 3, 45);
    expect(await alarmsOf('FLOOD.S06', underpass)).toEqual([[3, 4, null]]);
  },
);
