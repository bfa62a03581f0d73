// A draft is held against the past before anybody is woken by it (推演).
import { readFileSync } from 'node:fs';

import type { RehearsalResult } from '#contract/standard';
import type { StandardFile } from '#model/standard';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { seededRandom } from '../../../../test/seeded-random.ts';
import { HOUR, MINUTE, START, Station } from '../testing.ts';
import { claimRehearsal, rehearse, requeueRehearsals } from './rehearse.ts';

let station: Station;
beforeEach(async () => {
  station = await Station.open();
});
afterEach(() => station.close());

const standardOf = (name: string): StandardFile =>
  JSON.parse(readFileSync(`standards/${name}.json`, 'utf8')) as StandardFile;

interface Asked {
  readonly scenario: string;
  readonly draft: StandardFile;
  readonly objects?: readonly string[];
  readonly from?: number;
  readonly to?: number;
}

/** A draft with this text, and its rehearsal in the queue; gives the rehearsal's number. */
async function ask({
  scenario,
  draft,
  objects = [],
  from = START - HOUR,
  to = START + 8 * HOUR,
}: Asked): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with who as (
      insert into account (username, name, password_hash) values ('u' || gen_random_uuid(), '业务管理员', '-') returning id
    ), base as (
      select v.id, v.scenario from standard_version v join scenario s on s.id = v.scenario where s.code = ${scenario}
    ), draft as (
      insert into standard_draft (scenario, place, base_id, copied_from_id, standard, document, reason, authors, created_by, created_at,
        edited_by, edited_at)
      select base.scenario, 100, base.id, base.id, '2026.1', ${JSON.stringify(draft)}, '依据变了', array[who.id], who.id, now(),
        who.id, now() from base, who returning id, scenario, base_id, created_by
    )
    insert into rehearsal (scenario, place, draft_id, document, beside_id, from_at, to_at, objects, requested_by, requested_at)
    select scenario, 100, id, ${JSON.stringify(draft)}, base_id, ${new Date(from)}, ${new Date(to)}, ${[...objects]},
      created_by, now() from draft returning id`.execute(station.db.storage.system);
  return rows[0]?.id ?? 0;
}

async function rehearsed(asked: Asked): Promise<RehearsalResult> {
  const id = await ask(asked);
  expect(await claimRehearsal(station.db.storage, station.now)).toBe(id);
  await rehearse(station.db.storage, id, () => station.now);
  const { state, result } = await rowOf(id);
  expect(state).toBe('done');
  return result as RehearsalResult;
}

function rowOf(id: number) {
  return station.db.storage.system
    .selectFrom('rehearsal')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

async function say(point: number, minute: number, value: number): Promise<void> {
  await station.moveTo(START + minute * MINUTE);
  await station.send(point, [[START + minute * MINUTE, value]]);
  await station.desk.ingest.tick();
}

/** The underpass fills and empties twice: 30 cm, then 60 cm deep. */
async function twoFloods(point: number): Promise<void> {
  for (const [from, depth] of [
    [0, 30],
    [120, 60],
  ] as const) {
    for (let m = 0; m <= 60; m += 2) await say(point, from + m, depth * Math.sin((Math.PI * m) / 60));
    for (let m = 62; m < 110; m += 2) await say(point, from + m, 0);
  }
}

const alarmsRaised = async (): Promise<Readonly<Record<string, number>>> => {
  const { rows } = await sql<{ code: string; n: number }>`select s.code, count(*) as n from alarm a
    join sign s on s.id = a.sign_id group by 1 order by 1`.execute(station.db.storage.system);
  return Object.fromEntries(rows.map(({ code, n }) => [code, n]));
};

const sum = (levels: object): number => Object.values(levels).reduce((a: number, b: number) => a + b, 0);
const alarmsOf = (result: RehearsalResult, side: 'current' | 'draft') =>
  Object.fromEntries(
    result.signs
      .flatMap((sign) => (sum(sign[side]) === 0 ? [] : [[sign.code, sum(sign[side])] as const]))
      .toSorted(([a], [b]) => a.localeCompare(b)),
  );

test('what a rehearsal says of the version in force is what really happened, sign by sign', async () => {
  const one = await station.point('TANK', 'HAZCHEM.GASFL', 4);
  const other = await station.pointOf('TANK', 'TANK-2', 'HAZCHEM.GASFL');
  const quiet = await station.pointOf('TANK', 'TANK-3', 'HAZCHEM.GASFL');
  // Rises past every limit, alone and together; falls silent in between.
  for (let m = 0; m < 100; m += 1) {
    await say(one, m, 10 + 60 * Math.max(0, Math.sin(m / 12)));
    if (m < 30 || m > 60) await say(other, m + 0.3, 10 + 60 * Math.max(0, Math.sin(m / 12 + 0.5)));
    await say(quiet, m + 0.6, 2);
  }
  const happened = await alarmsRaised();
  expect(Object.keys(happened).length).toBeGreaterThan(1);
  const hazchem = standardOf('hazchem');
  const result = await rehearsed({ scenario: 'HAZCHEM', draft: hazchem });
  expect(alarmsOf(result, 'current')).toEqual(happened);
  expect(alarmsOf(result, 'draft')).toEqual(happened);
  expect(result).toMatchObject({ objects: 1, points: 3, readings: 100 + 69 + 100 });
});

test('silence and what lasts are rehearsed at the moments at which the clock would have told them', async () => {
  const lane = await station.point('LANE', 'FIRE.PASS', 17);
  await say(lane, 0, 1);
  for (let m = 1; m < 45; m += 1) await station.pass(START + m * MINUTE);
  await say(lane, 45, 0);
  const happened = await alarmsRaised();
  expect(happened).not.toEqual({});
  const result = await rehearsed({ scenario: 'FIRE', draft: standardOf('fire'), to: START + 46 * MINUTE });
  expect(alarmsOf(result, 'current')).toEqual(happened);
});

test('composite signs are rehearsed with all they look at, minute by minute, as they were judged in the present', async () => {
  const rain = await station.point('GAUGE', 'FLOOD.RAIN_5M');
  const under = [];
  for (const code of ['EAST', 'SOUTH', 'WEST', 'NORTH'])
    under.push(await station.point(code, 'FLOOD.UNDERPASS'));
  await sql`update monitored_object set town = 'one-town'`.execute(station.db.storage.system);
  await station.restart();
  for (let m = 0; m < 150; m += 5) {
    await station.moveTo(START + m * MINUTE);
    const at = START + m * MINUTE;
    await station.send(rain, [[at, m < 30 ? 14 : 0]]);
    for (const [n, point] of under.entries())
      await station.send(point, [[at + n * 1000, m >= 20 && m < 60 ? 20 + n : 0]]);
    await station.desk.ingest.tick();
  }
  const happened = await alarmsRaised();
  expect(happened['FLOOD.X01']).toBe(1);
  const flood = standardOf('flood');
  const result = await rehearsed({ scenario: 'FLOOD', draft: flood });
  expect(alarmsOf(result, 'current')).toEqual(happened);
  expect(alarmsOf(result, 'draft')).toEqual(happened);
  // Without it nothing of it is left on the draft's side.
  const without = await rehearsed({ scenario: 'FLOOD', draft: { ...flood, composites: [] } });
  expect(alarmsOf(without, 'current')['FLOOD.X01']).toBe(1);
  expect(alarmsOf(without, 'draft')['FLOOD.X01']).toBeUndefined();
});

test('a sign of rarity tells in a rehearsal what its detector told then, and nothing while it learns', async () => {
  const rarity = {
    measure: { kind: 'rarity', learnSeconds: 3600 },
    direction: 'high',
    unit: '1',
    levels: { yellow: { limit: 3, onDelaySeconds: 0 } },
    deadband: 0,
    offDelaySeconds: 600,
  } as const;
  // A standard must give a detector a day at least; a test has only hours, and changes the sign where it stands.
  const { system } = station.db.storage;
  await sql`alter table sign disable trigger user`.execute(system);
  await sql`update sign set body = body || ${JSON.stringify(rarity)}::jsonb where code = 'WATER.S02A'`.execute(
    system,
  );
  await station.restart();
  const main = await station.point('MAIN', 'WATER.WPRESS', 9);
  const hum = seededRandom(5);
  for (let m = 0; m < 340; m += 1) {
    // A drop while it still learns, and one afterwards.
    const isLow = m === 60 || m >= 335;
    await say(main, m, isLow ? 0.2 : 0.3 + 0.004 * (hum() - 0.5));
  }
  const { rows } = await sql<{ minute: number }>`
    select ((extract(epoch from a.raised_at) * 1000 - ${START}) / 60000)::float8 as minute
    from alarm a join sign s on s.id = a.sign_id where s.code = 'WATER.S02A' order by 1`.execute(system);
  expect(rows.at(-1)).toEqual({ minute: 335 });
  expect(rows.filter(({ minute }) => minute < 299)).toEqual([]);
  const water = standardOf('water');
  const signs = water.signs.map((sign) => (sign.code === 'WATER.S02A' ? { ...sign, ...rarity } : sign));
  const result = await rehearsed({ scenario: 'WATER', draft: { ...water, signs } });
  expect(alarmsOf(result, 'draft')['WATER.S02A']).toBe(rows.length);
});

test('days of fire weather are judged by the index that was made of them then', async () => {
  const forest = await station.point('FOREST', 'FOREST.TMAX', 13);
  await say(forest, 0, 30);
  await sql`insert into fire_weather_day (point_id, day, ffmc, dmc, dc, fwi)
    select ${forest}, (timestamptz 'epoch' + make_interval(secs => ${START / 1000}))::date - n, 90, 30, 300, (array[30, 5, 45, 12])[n + 1]
    from generate_series(0, 3) n`.execute(station.db.storage.system);
  const standard = standardOf('forest');
  const signs = standard.signs.map((sign) =>
    sign.code === 'FOREST.S06' ? { ...sign, levels: { red: { limit: 40, onDelaySeconds: 0 } } } : sign,
  );
  const result = await rehearsed({
    scenario: 'FOREST',
    draft: { ...standard, signs },
    from: START - 5 * 24 * HOUR,
  });
  const fire = result.signs.find(({ code }) => code === 'FOREST.S06');
  // 12 and 45 in turn are one alarm, 5 ends it, 30 is another; past 40 there was one day.
  expect([sum(fire?.current ?? {}), sum(fire?.draft ?? {})]).toEqual([2, 1]);
});

test('a draft with a lower limit is shown beside the version in force: by level, town, hour, object, item and unit', async () => {
  const point = await station.point('UP', 'FLOOD.UNDERPASS');
  await sql`update monitored_object set town = (select code from platform where kind = 'town' order by id limit 1)`.execute(
    station.db.storage.system,
  );
  await twoFloods(point);
  const flood = standardOf('flood');
  const signs = flood.signs.map((sign) =>
    sign.code === 'FLOOD.S06' && sign.levels.red
      ? { ...sign, levels: { ...sign.levels, red: { ...sign.levels.red, limit: 29 } } }
      : sign,
  );
  const result = await rehearsed({ scenario: 'FLOOD', draft: { ...flood, signs } });
  expect(result.current.byLevel).not.toEqual(result.draft.byLevel);
  expect([result.current.warnings, result.draft.warnings]).toEqual([2, 2]);
  expect(result.draft.byLevel.red).toBe(2);
  expect(result.current.byLevel.red).toBe(1);
  for (const rows of [result.towns, result.objectRows, result.items, result.hours]) {
    const all = rows.reduce((n, { draft }) => n + sum(draft), 0);
    expect(all).toBe(2);
  }
  expect(result.towns[0]?.name).toMatch(/街道|镇/u);
  expect(result.units).toHaveLength(1);
  expect(result.units[0]?.draft.warnings).toBe(2);
  expect(result.grounds.limit + result.grounds.standing).toBeGreaterThan(0);
});

test('incidents that are known are caught or missed, false alarms repeated or not', async () => {
  const point = await station.point('UP', 'FLOOD.UNDERPASS');
  await twoFloods(point);
  const known = (kind: string, from: number, to: number, text: string) =>
    sql`insert into known_case (scenario, place, kind, object_id, from_at, to_at, text, source, recorded_by, recorded_at)
      select 1, 100, ${kind}, o.id, ${new Date(START + from * MINUTE)}, ${new Date(START + to * MINUTE)}, ${text}, '值班日志',
        (select id from account order by id limit 1), now() from monitored_object o`.execute(
      station.db.storage.system,
    );
  const flood = standardOf('flood');
  await ask({ scenario: 'FLOOD', draft: flood, to: START - 30 * MINUTE });
  await sql`delete from rehearsal`.execute(station.db.storage.system);
  await known('incident', 130, 150, '两车被困');
  await known('incident', 90, 95, '没有积水的时候报的');
  await known('false-alarm', 20, 40, '洒水车');
  const signs = flood.signs.map((sign) =>
    sign.code === 'FLOOD.S06' ? { ...sign, levels: { red: { limit: 50, onDelaySeconds: 0 } } } : sign,
  );
  const result = await rehearsed({ scenario: 'FLOOD', draft: { ...flood, signs } });
  expect(result.incidents).toMatchObject({ known: 2, current: 1, draft: 1 });
  expect(result.outside).toEqual({ current: 1, draft: 0 });
  expect(result.falseAlarms).toMatchObject({ known: 1, current: 1, draft: 0 });
  expect(result.falseAlarms.rows[0]).toMatchObject({
    text: '洒水车',
    draft: null,
    current: { item: 'FLOOD.I06' },
  });
});

test('signs that lack a parameter at some points are told, not passed over', async () => {
  const gauge = await station.point('RIVER', 'FLOOD.RIVER');
  await say(gauge, 0, 3);
  const result = await rehearsed({ scenario: 'FLOOD', draft: standardOf('flood') });
  expect(result.draft.switchedOff.length).toBeGreaterThan(0);
  expect(result.draft.switchedOff[0]).toMatchObject({ points: 1, name: expect.stringMatching(/[一-龥]/u) });
});

test('only the objects that were chosen take part', async () => {
  await say(await station.point('UP-1', 'FLOOD.UNDERPASS'), 0, 40);
  await say(await station.point('UP-2', 'FLOOD.UNDERPASS'), 1, 40);
  const result = await rehearsed({ scenario: 'FLOOD', draft: standardOf('flood'), objects: ['UP-2'] });
  expect(result.objectRows.map(({ code }) => code)).toEqual(['UP-2']);
  expect(result.readings).toBe(1);
});

test('a recording that was played again later is rehearsed as it was played then', async () => {
  const point = await station.point('UP', 'FLOOD.UNDERPASS');
  const { system } = station.db.storage;
  // It never spoke but in replays.
  await say(await station.point('UP-2', 'FLOOD.UNDERPASS'), 0, 0);
  /** A session of ten minutes, with its readings: minute of the recording and depth (cm). */
  const played = async (at: number, rows: readonly (readonly [number, number])[]): Promise<number> => {
    const [opened, ended] = [START + at * MINUTE, START + (at + 10) * MINUTE];
    for (const [minute, depth] of rows) {
      await sql`insert into reading (observed_at, received_at, value, point_id, quality, source)
        values (${new Date(START + minute * MINUTE)}, ${new Date(ended)}, ${depth}, ${point}, 0, 16)`.execute(
        system,
      );
    }
    const { rows: made } = await sql<{
      id: number;
    }>`insert into replay_session (name, state, opened_at, ended_at)
      values ('回放·下立交', 'ended', ${new Date(opened)}, ${new Date(ended)}) returning id`.execute(system);
    return made[0]?.id ?? 0;
  };
  const first = await played(10, [
    [0, 0],
    [5, 45],
  ]);
  const second = await played(30, [
    [0, 0],
    [5, 0],
    [10, 0],
  ]);
  const of = async (session: number): Promise<RehearsalResult> => {
    const id = await ask({ scenario: 'FLOOD', draft: standardOf('flood') });
    await sql`update rehearsal set replay_session_id = ${session} where id = ${id}`.execute(system);
    await claimRehearsal(station.db.storage, station.now);
    await rehearse(station.db.storage, id, () => station.now);
    return (await rowOf(id)).result as RehearsalResult;
  };
  expect(await of(first)).toMatchObject({ readings: 2, current: { warnings: 1, byLevel: { red: 1 } } });
  expect(await of(second)).toMatchObject({ readings: 3, current: { warnings: 0 } });
});

test('one that is called off ends without a result and stays called off', async () => {
  await twoFloods(await station.point('UP', 'FLOOD.UNDERPASS'));
  const id = await ask({ scenario: 'FLOOD', draft: standardOf('flood') });
  await claimRehearsal(station.db.storage, station.now);
  await sql`update rehearsal set state = 'cancelled' where id = ${id}`.execute(station.db.storage.system);
  await rehearse(station.db.storage, id, () => Date.now());
  expect(await rowOf(id)).toMatchObject({ state: 'cancelled', result: null });
});

test('one that cannot go on says why in its row', async () => {
  const id = await ask({ scenario: 'FLOOD', draft: { ...standardOf('flood'), signs: [] } });
  await sql`update rehearsal set document = '{"signs": 3}' where id = ${id}`.execute(
    station.db.storage.system,
  );
  await claimRehearsal(station.db.storage, station.now);
  await expect(rehearse(station.db.storage, id, () => Date.now())).rejects.toThrow(/iterable/u);
  const { state, failure } = await rowOf(id);
  expect(state).toBe('failed');
  expect(failure).toMatch(/推演中断：.+请重新推演/u);
});

test('one that was running when the server ended waits again', async () => {
  const id = await ask({ scenario: 'FLOOD', draft: standardOf('flood') });
  await claimRehearsal(station.db.storage, station.now);
  await requeueRehearsals(station.db.storage);
  expect(await rowOf(id)).toMatchObject({ state: 'waiting', started_at: null });
  expect(await claimRehearsal(station.db.storage, station.now)).toBe(id);
});
