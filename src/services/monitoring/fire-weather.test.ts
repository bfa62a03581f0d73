// The fire weather index at work: made at noon of what a linked station says, carried from day to day, over restarts and gaps.
import { nextFireWeather, START_MOISTURE } from '#signs';
import { SystemContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { newestNoon } from './fire-weather/fire-weather-day.ts';
import { listFireWeather } from './fire-weather/list-fire-weather.ts';
import { runFireWeather } from './fire-weather/run-fire-weather.ts';
import { HOUR, MINUTE, START, Station } from './testing.ts';

const DAY = 24 * HOUR;
const ELEMENTS = { t: 'MET.T', rh: 'MET.RH', wind: 'MET.WIND_AVG', rain: 'MET.RAIN_1H' } as const;
type Sky = Readonly<Record<keyof typeof ELEMENTS, number>>;
const FAIR: Sky = { t: 22, rh: 45, wind: 4, rain: 0 };
const DRY: Sky = { t: 38, rh: 12, wind: 9, rain: 0 };

let station: Station;
let forest = 0;
let points: Record<keyof typeof ELEMENTS, number>;
let noon = 0;
let run = 0;
beforeAll(async () => {
  station = await Station.open();
});
afterAll(() => station.close());
beforeEach(async () => {
  run += 1;
  // The first noon after the stories before have ended.
  noon = newestNoon(START) + DAY * (1 + 100 * run);
  await station.moveTo(noon - DAY);
  forest = await station.point(`forest-${run}`, 'FOREST.TMAX');
  await station.point(`sky-${run}`, ELEMENTS.t);
  const more = async (element: string) => station.pointOf(`sky-${run}`, `sky-${run}-${element}`, element);
  const [t] = await idsOf(`sky-${run}`);
  points = {
    t: t ?? 0,
    rh: await more(ELEMENTS.rh),
    wind: await more(ELEMENTS.wind),
    rain: await more(ELEMENTS.rain),
  };
  await sql`insert into object_link (from_object, to_object, kind)
    select f.id, s.id, 'gauges' from monitored_object f, monitored_object s
    where f.code = ${`forest-${run}`} and s.code = ${`sky-${run}`}`.execute(station.db.storage.system);
});

async function idsOf(code: string): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`select id from point where code = ${code}`.execute(
    station.db.storage.system,
  );
  return rows.map(({ id }) => id);
}

/** A day's noon comes with this weather (without what is left out), and an hour later the index is made. */
async function day(at: number, sky: Partial<Sky>): Promise<void> {
  await station.moveTo(at + MINUTE);
  for (const key of ['t', 'rh', 'wind'] as const) {
    const value = sky[key];
    if (value !== undefined) await station.send(points[key], [[at - 5 * MINUTE, value]]);
  }
  const { rain } = sky;
  if (rain !== undefined)
    await station.send(
      points.rain,
      Array.from({ length: 24 }, (_, hour) => [at - (23 - hour) * HOUR, hour === 10 ? rain : 0] as const),
    );
  await make(at + HOUR + MINUTE);
}

async function make(at: number): Promise<number> {
  await station.moveTo(at);
  const system = new SystemContext({ ...station.ground, clock: { now: () => at } });
  return runFireWeather(system, station.desk);
}

async function days() {
  const { rows } = await sql<{ fwi: number | null; dc: number; missing: string[] }>`
    select fwi, dc, missing from fire_weather_day where point_id = ${forest} order by day`.execute(
    station.db.storage.system,
  );
  return rows;
}

/** What the system of Van Wagner makes of these skies, one after the other. */
function expected(...skies: readonly Sky[]) {
  let state = START_MOISTURE;
  return skies.map(({ t, rh, wind, rain }, i) => {
    const month = new Date(noon + i * DAY).getUTCMonth() + 1;
    const made = nextFireWeather(state, {
      month,
      latitude: 31.2,
      temperature: t,
      relativeHumidity: rh,
      wind: wind * 3.6,
      rain,
    });
    state = made?.state ?? state;
    return made;
  });
}

async function alarms() {
  const { rows } = await sql<{ level: number; peak: number; open: boolean; value: number; at: number }>`
    select a.level, a.peak_level as peak, a.normal_at is null as open, a.peak_value as value,
      extract(epoch from a.raised_at)::float8 * 1000 as at
    from alarm a join sign s on s.id = a.sign_id where a.point_id = ${forest} and s.code = 'FOREST.S06' order by a.id`.execute(
    station.db.storage.system,
  );
  return rows;
}

test('the index of each noon is made of the linked station’s weather; the codes go from day to day, over a restart and a crash', async () => {
  await day(noon, FAIR);
  await station.restart();
  await day(noon + DAY, { ...FAIR, rain: 6 });
  await station.crash();
  await day(noon + 2 * DAY, DRY);
  const made = expected(FAIR, { ...FAIR, rain: 6 }, DRY);
  const kept = await days();
  expect(kept.map(({ missing }) => missing)).toEqual([[], [], []]);
  kept.forEach(({ fwi, dc }, i) => {
    expect(fwi).toBeCloseTo(made[i]?.fwi ?? Number.NaN, 9);
    expect(dc).toBeCloseTo(made[i]?.state.dc ?? Number.NaN, 9);
  });
  // A day that is made is not made again.
  expect(await make(noon + 2 * DAY + 5 * HOUR)).toBe(0);
});

test('a dry hot windy day raises the forest’s warning at noon, by the index; rain ends it the day after', async () => {
  await day(noon, FAIR);
  expect(await alarms()).toEqual([]);
  await day(noon + DAY, DRY);
  const [, dry] = expected(FAIR, DRY);
  expect(dry?.fwi).toBeGreaterThan(21.3);
  const [alarm] = await alarms();
  expect(alarm).toMatchObject({ open: true, at: noon + DAY });
  expect(alarm?.value).toBeCloseTo(dry?.fwi ?? Number.NaN, 9);
  await station.restart();
  await day(noon + 2 * DAY, { ...FAIR, rh: 90, rain: 30 });
  expect(await alarms()).toMatchObject([{ open: false, level: 0 }]);
});

test('a day without its weather has no index and says what was missing; the codes stand, and so does what is raised', async () => {
  await day(noon, DRY);
  const before = await alarms();
  expect(before).toHaveLength(1);
  await day(noon + DAY, { t: 30, rh: 30, wind: 3 });
  const [first, second] = await days();
  expect(second).toEqual({ fwi: null, dc: first?.dc, missing: ['MET.RAIN_1H'] });
  expect(await alarms()).toEqual(before);
  // Two days away: they are said to be missing, one by one, and only the present one is judged.
  await day(noon + 4 * DAY, FAIR);
  expect((await days()).map(({ fwi, missing }) => [fwi === null, missing.length])).toEqual([
    [false, 0],
    [true, 1],
    [true, 4],
    [true, 4],
    [false, 0],
  ]);
});

test('the days are listed with what was measured and what was missing, a page at a time, to whoever sees the forest', async () => {
  await day(noon, FAIR);
  await day(noon + DAY, { t: 30, rh: 30, wind: 3 });
  const [object] = (
    await sql<{ id: number }>`select object_id as id from point where id = ${forest}`.execute(
      station.db.storage.system,
    )
  ).rows;
  const list = (after?: string, scope?: Parameters<Station['request']>[0]) =>
    listFireWeather(station.request(scope), { query: { object: object?.id, after, limit: 1 } });
  const newest = await list();
  expect(newest.items).toMatchObject([
    {
      fwi: null,
      rain: null,
      temperature: 30,
      wind: 3 * 3.6,
      missing: [{ code: 'MET.RAIN_1H', name: '小时雨量' }],
    },
  ]);
  const older = await list(newest.next ?? '');
  expect(older).toMatchObject({ items: [{ temperature: 22, missing: [] }], next: null });
  expect((await list(undefined, { places: [{ from: 1, to: 2 }], scenarios: [] })).items).toEqual([]);
  await expect(list('x')).rejects.toMatchObject({ code: 'input.invalid' });
});
