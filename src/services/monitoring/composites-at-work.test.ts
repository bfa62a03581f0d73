// Composite signs over the facts of other signs: how they are raised, told, held and left (catalog §2.18), by the shipped standard.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type { CompositeSign } from '#model/standard';
import { SystemContext } from '#services/context';
import { loadStandard } from '#services/standard';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { loadReach } from './composites/load-reach.ts';
import { expectVersion } from './expect-version.ts';
import { endReplaySession, openReplaySession } from './replay-sessions.ts';
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

/** The same without the sentences. */
async function spans(sign: string) {
  return (await alarms(sign)).map((alarm) => alarm.slice(0, 3));
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

test('X02: methane beside a hot cable joint is one level worse than methane, and normal once the joint is cool', async () => {
  const space = await point(await object('地下空间'), 'GAS.CH4_SPACE');
  const joint = await point(await object('电缆接头', { east: 150 }), 'POWER.CABLET');
  const far = await point(await object('远处接头', { east: 260 }), 'POWER.CABLET');
  await keep(
    [
      [space, 1.2],
      [far, 95],
      [joint, 20],
    ],
    t,
    t + 10 * MINUTE,
  );
  expect(await alarms('GAS.X02')).toEqual([]);
  await keep(
    [
      [space, 1.2],
      [joint, 65],
    ],
    t + 15 * MINUTE,
    t + 25 * MINUTE,
  );
  const raised =
    '燃气泄漏旁有电缆异常或施工（橙色）：地下空间“相邻空间甲烷浓度”黄色、电缆接头“电缆接头温度”蓝色';
  expect(await alarms('GAS.X02')).toEqual([[20, 3, null, raised]]);
  await keep(
    [
      [space, 2.6],
      [joint, 65],
    ],
    t + 30 * MINUTE,
    t + 40 * MINUTE,
  );
  expect(await alarms('GAS.X02')).toEqual([
    [20, 4, null, raised.replace('橙色', '红色').replace('黄色', '橙色')],
  ]);
  await keep(
    [
      [space, 2.6],
      [joint, 20],
    ],
    t + 45 * MINUTE,
    t + 90 * MINUTE,
  );
  // The joint's own ten minutes, then ten for each of the two levels.
  expect(await spans('GAS.X02')).toEqual([[20, 4, 75]]);
});

test('X03: an outage over pump stations that are linked to it is red, wherever they stand; without anything to hit it is switched off', async () => {
  const grid = await object('片区电网');
  const outage = await point(grid, 'POWER.OUTAGE');
  const pump = await object('泵站', { town: `elsewhere-${run}`, east: 9000 });
  const lost = await point(pump, 'FLOOD.PUMP_LOST');
  await keep(
    [
      [outage, 6000],
      [lost, 60],
    ],
    t,
    t + 10 * MINUTE,
  );
  expect(await alarms('POWER.X03')).toEqual([]);
  expect(lackingOf('POWER.X03', outage)).toEqual(['FLOOD.I08', 'LIFT.S09', 'POWER.S08B', 'WATER.I01']);

  await link(grid, pump);
  expect(lackingOf('POWER.X03', outage)).toEqual([]);
  await keep(
    [
      [outage, 6000],
      [lost, 60],
    ],
    t + 11 * MINUTE,
    t + 11 * MINUTE,
  );
  expect(await alarms('POWER.X03')).toEqual([
    [
      11,
      4,
      null,
      '大面积停电波及供排水、电梯或重要用户（红色）：片区电网“停电户数”橙色、泵站“泵站失效能力比例”橙色',
    ],
  ]);

  // The clock first: the desk judges by itself, once a second, and must not see the links gone at an earlier moment.
  await station.moveTo(t + 15 * MINUTE);
  await sql`delete from object_link`.execute(station.db.storage.system);
  await loadReach(station.db.storage.system, station.desk.ingest.book);
  await keep(
    [
      [outage, 6000],
      [lost, 60],
    ],
    t + 15 * MINUTE,
    t + 50 * MINUTE,
  );
  // What it sees no more holds it no longer: its half hour begins.
  expect(await spans('POWER.X03')).toEqual([[11, 4, 45]]);
});

test('X04: wind of ten Beaufort over a tower crane is orange after five minutes, told by the wind in m/s', async () => {
  const mast = await point(await object('测风站'), 'FLOOD.WIND_AVG');
  const crane = await point(await object('塔吊'), 'CONSTR.TC_WIND');
  await keep(
    [
      [mast, 24.4],
      [crane, 12],
    ],
    t,
    t + 10 * MINUTE,
  );
  expect(await alarms('FLOOD.X04')).toEqual([]);
  await keep(
    [
      [mast, 26.5],
      [crane, 12],
    ],
    t + 12 * MINUTE,
    t + 22 * MINUTE,
  );
  expect(await alarms('FLOOD.X04')).toEqual([
    [
      17,
      3,
      null,
      '十级大风叠加塔吊、桥梁或大客流（橙色）：塔吊“塔机风速”蓝色、测风站“平均风速（10分钟）” 26.5 m/s',
    ],
  ]);
  await keep(
    [
      [mast, 20],
      [crane, 12],
    ],
    t + 25 * MINUTE,
    t + 60 * MINUTE,
  );
  expect(await spans('FLOOD.X04')).toEqual([[17, 3, 55]]);
});

test('X05: a confirmed leak is red with people within a kilometre, in tank farms and along pipelines', async () => {
  const flame = await point(await object('罐区'), 'HAZCHEM.FLAME');
  const wave = await point(await object('管线', { east: 50 }), 'PIPELINE.NPW');
  const crowd = await point(await object('广场', { east: 900 }), 'CROWD.LOADRATE');
  await station.send(flame, [[t, 2]]);
  await station.send(wave, [[t, 3]]);
  await keep([[crowd, 50]], t, t + 5 * MINUTE);
  expect(await alarms('HAZCHEM.X05')).toEqual([]);
  await keep([[crowd, 65]], t + 6 * MINUTE, t + 16 * MINUTE);
  expect(await alarms('HAZCHEM.X05')).toEqual([
    [9, 4, null, '泄漏危及人群（红色）：罐区“明火、冒罐、泄漏识别”红色、广场“承载率”蓝色'],
  ]);
  expect(await spans('PIPELINE.X05')).toEqual([[9, 4, null]]);
  await keep([[crowd, 20]], t + 20 * MINUTE, t + 65 * MINUTE);
  // Ten minutes of the crowd's sign, and half an hour.
  expect(await spans('HAZCHEM.X05')).toEqual([[9, 4, 60]]);
});

test('X06: five warnings of three scenarios within an hour in a town call for a consultation; what is older than an hour counts no more', async () => {
  await point(await object('街镇'), 'FLOOD.TRANSFER');
  const [flood, gas, lift] = [
    await object('道路'),
    await object('燃气'),
    await object('管线', { east: 5000 }),
  ];
  const trapped = await point(flood, 'FLOOD.TRAPPED');
  const house = await point(flood, 'FLOOD.HOUSE');
  const third = await point(gas, 'GAS.THIRD');
  const rupture = await point(gas, 'GAS.RUPTURE');
  const wave = await point(lift, 'PIPELINE.NPW');
  const elsewhere = await point(await object('别处', { town: `elsewhere-${run}` }), 'FLOOD.TRAPPED');
  await station.send(elsewhere, [[t, 1]]);
  for (const [minute, id, value] of [
    [0, trapped, 1],
    [10, house, 1],
    [20, third, 2],
    [30, rupture, 1],
  ] as const) {
    await station.moveTo(t + minute * MINUTE);
    await station.send(id, [[station.now, value]]);
  }
  expect(await alarms('FLOOD.X06')).toEqual([]);
  await station.moveTo(t + 40 * MINUTE);
  await station.send(wave, [[station.now, 3]]);
  const [[raised, level, normal, reason] = []] = await alarms('FLOOD.X06');
  expect([raised, level, normal]).toEqual([40, 3, null]);
  expect(reason).toContain('同一街镇一小时内多场景预警（橙色）：');
  expect(reason).not.toContain('别处');
  await station.pass(t + 75 * MINUTE);
  await station.pass(t + 100 * MINUTE);
  // The first one is an hour old at 60; half an hour later it is over.
  expect(await spans('FLOOD.X06')).toEqual([[40, 3, 90]]);
});

test.each(['restart', 'crash'] as const)(
  'a condition that has held for two of its five minutes is raised in time over a %s, and once',
  async (end) => {
    const mast = await point(await object('测风站'), 'FLOOD.WIND_AVG');
    const crane = await point(await object('塔吊'), 'CONSTR.TC_WIND');
    await keep(
      [
        [crane, 12],
        [mast, 10],
      ],
      t,
      t + 5 * MINUTE,
    );
    await station.moveTo(t + 6 * MINUTE);
    await station.send(mast, [[station.now, 26]]);
    await station.moveTo(t + 8 * MINUTE);
    await station[end]();
    await station.desk.ingest.tick();
    expect(await alarms('FLOOD.X04')).toEqual([]);
    await keep(
      [
        [crane, 12],
        [mast, 27],
      ],
      t + 10 * MINUTE,
      t + 15 * MINUTE,
    );
    expect(await spans('FLOOD.X04')).toEqual([[11, 3, null]]);
    await station[end]();
    await station.desk.ingest.tick();
    await keep(
      [
        [crane, 12],
        [mast, 27],
      ],
      t + 20 * MINUTE,
      t + 20 * MINUTE,
    );
    expect(await spans('FLOOD.X04')).toEqual([[11, 3, null]]);
  },
);

test('silence neither raises nor ends it: what has grown old holds what it has raised, and raises nothing', async () => {
  const mast = await point(await object('测风站'), 'FLOOD.WIND_AVG');
  const crane = await point(await object('塔吊'), 'CONSTR.TC_WIND');
  await keep(
    [
      [crane, 12],
      [mast, 26],
    ],
    t,
    t + 4 * MINUTE,
  );
  // The mast falls silent before the five minutes are over; a minute's element is believed for five.
  await keep([[crane, 12]], t + 5 * MINUTE, t + 30 * MINUTE);
  const [[raised] = []] = await alarms('FLOOD.X04');
  expect(raised).toBeUndefined();
  await keep(
    [
      [crane, 12],
      [mast, 26],
    ],
    t + 35 * MINUTE,
    t + 45 * MINUTE,
  );
  expect(await spans('FLOOD.X04')).toEqual([[40, 3, null]]);
  await keep([[crane, 12]], t + 50 * MINUTE, t + 150 * MINUTE);
  expect(await spans('FLOOD.X04')).toEqual([[40, 3, null]]);
  await keep(
    [
      [crane, 12],
      [mast, 10],
    ],
    t + 155 * MINUTE,
    t + 190 * MINUTE,
  );
  expect(await spans('FLOOD.X04')).toEqual([[40, 3, 185]]);
});

test('a replay is judged by its own facts and its own clock, and its end leaves nothing behind', async () => {
  const mast = await point(await object('测风站'), 'FLOOD.WIND_AVG');
  const crane = await point(await object('塔吊'), 'CONSTR.TC_WIND');
  const { rows } = await sql<{
    code: string;
  }>`select code from point where id in (${mast}, ${crane})`.execute(station.db.storage.system);
  await station.device(
    `recorder-${run}`,
    rows.map(({ code }) => code),
  );
  // A live crane of the same town does not stand in the recording's wind.
  const live = await point(await object('在用塔吊'), 'CONSTR.TC_WIND');
  await keep([[live, 12]], t, t + 5 * MINUTE);
  const ground = { desk: station.desk, storage: station.db.storage, poke: () => undefined };
  const body = { name: '贝碧嘉', devices: [`recorder-${run}`] };
  const { id } = await openReplaySession(station.request(), ground, body);
  const then = Date.UTC(2024, 8, 16);
  const blow = (minutes: readonly number[], wind: number, crane_: number) =>
    Promise.all([
      station.send(
        mast,
        minutes.map((minute) => [then + minute * MINUTE, wind] as const),
        id,
      ),
      station.send(
        crane,
        minutes.map((minute) => [then + minute * MINUTE, crane_] as const),
        id,
      ),
    ]);
  await blow([0, 1, 2, 3, 4, 5, 6, 7], 26, 5);
  expect(await spans('FLOOD.X04')).toEqual([]);
  await blow([8, 9, 10, 11, 12, 13, 14, 15], 26, 12);
  t = then;
  expect(await spans('FLOOD.X04')).toEqual([[14, 3, null]]);
  await station.moveTo(station.now + MINUTE);
  await endReplaySession(station.request(), ground, id);
  const [[, , normal] = []] = await spans('FLOOD.X04');
  expect(normal).not.toBeNull();
  await station.pass(station.now + HOUR);
  expect(await spans('FLOOD.X04')).toHaveLength(1);
});

test('a new version’s condition judges from its moment on, though its own point has said nothing since; one it drops is left', async () => {
  const mast = await point(await object('测风站'), 'FLOOD.WIND_AVG');
  const crane = await point(await object('塔吊'), 'CONSTR.TC_WIND');
  const gauge = await point(await object('街镇'), 'FLOOD.TRANSFER');
  await keep(
    [
      [mast, 20],
      [crane, 12],
    ],
    t,
    t + 5 * MINUTE,
  );
  await publish(t + 6 * MINUTE, (composites) =>
    composites.flatMap((one) => {
      if (one.code === 'FLOOD.X06') return [];
      const orange = { when: one.levels.orange?.when.replaceAll('24.5', '18') ?? '', onDelaySeconds: 0 };
      return [one.code === 'FLOOD.X04' ? { ...one, levels: { orange } } : one];
    }),
  );
  await station.moveTo(t + 6 * MINUTE);
  await station.desk.ingest.tick();
  expect(await spans('FLOOD.X04')).toEqual([[6, 3, null]]);
  expect(lackingOf('FLOOD.X06', gauge)).toBeUndefined();
  await station.restart();
  await station.desk.ingest.tick();
  expect(await spans('FLOOD.X04')).toEqual([[6, 3, null]]);
  await publish(t + 20 * MINUTE, () => []);
  await keep(
    [
      [mast, 20],
      [crane, 12],
    ],
    t + 15 * MINUTE,
    t + 60 * MINUTE,
  );
  expect(await spans('FLOOD.X04')).toEqual([[6, 3, 50]]);
});

let versions = 0;
/** Publishes the flood standard with other composite signs, from a moment on. */
async function publish(
  from: number,
  change: (composites: CompositeSign[]) => CompositeSign[],
): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'puan-standard-'));
  await cp(path.resolve('standards'), folder, { recursive: true });
  const file = path.join(folder, 'flood.json');
  const standard = JSON.parse(await readFile(file, 'utf8')) as { composites: CompositeSign[] };
  const composites = change(standard.composites);
  const version = `2026.${(versions += 1)}`;
  await writeFile(file, JSON.stringify({ ...standard, version, composites }));
  const at = new SystemContext({ ...station.ground, clock: { now: () => from } });
  expect((await loadStandard(at, folder)).published).toHaveLength(1);
  await station.db.storage.system.transaction().execute((tx) => expectVersion(tx, station.desk, from));
  await rm(folder, { recursive: true });
}

/** What nobody can tell the composite sign at a point's object. */
function lackingOf(sign: string, anchor: number): readonly string[] | undefined {
  const { book } = station.desk.ingest;
  book.composites.refresh();
  const binding = book.bindingsOf(anchor).find((b) => book.bindings[b]?.sign.code === sign);
  return book.composites.seats.get(binding ?? -1)?.lacking;
}
