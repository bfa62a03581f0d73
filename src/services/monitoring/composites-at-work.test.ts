// Composite signs over the facts of other signs: how they are raised, told, held and left (catalog §2.18), by the shipped standard.
import { followAlarms } from '#services/warning';
import type { Event } from '#bus';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { loadReach } from './composites/load-reach.ts';
import { HOUR, MINUTE, START, Station } from './testing.ts';

let station: Station;
let run = 0;
let t = 0;
beforeAll(async () => {
  station = await Station.open();
});
afterAll(() => station.close());
beforeEach(async () => {
  run += 1;
  // Later than anything another story has said.
  t = START + run * 10 * HOUR;
  await station.moveTo(t);
});

/** Half an hour of five-minute rain, 84 mm of it: orange. */
const storm = (from: number) => Array.from({ length: 6 }, (_, i) => [from + i * 5 * MINUTE, 14] as const);

/** An object of this story in a town of its own (unless told), so many metres east of the others. */
async function object(name: string, place: { town?: string; east?: number } = {}): Promise<string> {
  const code = `${run}-${name}`;
  const town = place.town ?? `town-${run}`;
  await sql`insert into monitored_object (code, name, scenarios, place, town, place_approximate, lat, lon)
    values (${code}, ${name}, '{1}', 100, ${town}, true, ${31 + run * 0.05}, ${121.5 + (place.east ?? 0) / 95_200})`.execute(
    station.db.storage.system,
  );
  return code;
}

let made = 0;
const point = async (of: string, element: string): Promise<number> =>
  station.pointOf(of, `${of}-${(made += 1)}`, element);

async function link(from: string, to: string): Promise<void> {
  await sql`insert into object_link (from_object, to_object, kind)
    select f.id, o.id, 'other' from monitored_object f, monitored_object o where f.code = ${from} and o.code = ${to}`.execute(
    station.db.storage.system,
  );
  const { rows } = await sql<{
    id: number;
  }>`select id from monitored_object where code in (${from}, ${to})`.execute(station.db.storage.system);
  await loadReach(
    station.db.storage.system,
    station.desk.ingest.book,
    rows.map(({ id }) => id),
  );
}

/** Alarms of a composite sign in this story: raised (minutes after `t`), level, normal, and the sentence. */
async function alarms(sign: string) {
  const { rows } = await sql<{ raised: number; level: number; normal: number | null; reason: string }>`
    select extract(epoch from a.raised_at)::float8 * 1000 as raised, a.peak_level as level,
      extract(epoch from a.normal_at)::float8 * 1000 as normal, a.reason
    from alarm a join sign s on s.id = a.sign_id join monitored_object o on o.id = a.object_id
    where s.code = ${sign} and o.code like ${`${run}-%`} order by a.id`.execute(station.db.storage.system);
  return rows.map(({ raised, level, normal, reason }) => [
    (raised - t) / MINUTE,
    level,
    normal === null ? null : (normal - t) / MINUTE,
    reason,
  ]);
}

/** Says the same of a point every five minutes. */
async function keep(points: readonly (readonly [number, number])[], from: number, to: number): Promise<void> {
  for (let at = from; at <= to; at += 5 * MINUTE) {
    await station.moveTo(at);
    for (const [id, value] of points) await station.send(id, [[at, value]]);
    await station.desk.ingest.tick();
  }
}

test('X01: an orange rainstorm and three flooded underpasses of its town are red, told by the facts, and normal half an hour after', async () => {
  const rain = await point(await object('川沙雨量站'), 'FLOOD.RAIN_5M');
  const under: number[] = [];
  for (const name of ['东', '南', '西', '北'])
    under.push(await point(await object(`${name}下立交`), 'FLOOD.UNDERPASS'));
  const [a, b, c, d] = under as [number, number, number, number];
  await station.moveTo(t + 26 * MINUTE);
  await station.send(rain, storm(t));
  await keep(
    [
      [rain, 0],
      [a, 20],
      [b, 30],
    ],
    t + 30 * MINUTE,
    t + 35 * MINUTE,
  );
  expect(await alarms('FLOOD.X01')).toEqual([]);
  // FLOOD.S06 is yellow after two minutes above 15 cm; c is blue only.
  await keep(
    [
      [rain, 0],
      [a, 20],
      [b, 30],
      [c, 6],
      [d, 16],
    ],
    t + 40 * MINUTE,
    t + 45 * MINUTE,
  );
  expect(await alarms('FLOOD.X01')).toEqual([
    [
      42,
      4,
      null,
      '暴雨叠加下立交积水或泵站失效（红色）：川沙雨量站“1小时雨量”橙色、南下立交“下立交积水深”橙色、东下立交“下立交积水深”黄色、北下立交“下立交积水深”黄色，另有 2 项',
    ],
  ]);
  await keep(
    [
      [rain, 0],
      [a, 0],
      [b, 0],
      [c, 0],
      [d, 0],
    ],
    t + 50 * MINUTE,
    t + 130 * MINUTE,
  );
  const [[, , normal] = []] = await alarms('FLOOD.X01');
  // Each underpass leaves after a quarter of an hour below, level by level; then the composite's own half hour.
  expect(normal).toBeGreaterThanOrEqual(95);
});
