// A new version of the standard takes over: each reading is judged by the version of its own moment.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { SystemContext } from '#services/context';
import { loadStandard } from '#services/standard';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { expectVersion } from './expect-version.ts';
import { MINUTE, START, Station } from './testing.ts';

const SWITCH = START + 30 * MINUTE;

let station: Station;
let folder: string;
beforeEach(async () => {
  station = await Station.open();
  folder = await mkdtemp(path.join(os.tmpdir(), 'puan-standard-'));
});
afterEach(async () => {
  await station.close();
  await rm(folder, { recursive: true, force: true });
});

interface Change {
  readonly orange?: number;
  readonly without?: string;
}

/** Publishes the hazchem standard with another concentration past which detectors are counted, from `SWITCH` on. */
async function publishTank({ past }: { readonly past: number }): Promise<void> {
  await rewrite<{ code: string; measure: { past?: number } }>('hazchem.json', (signs) => {
    for (const { code, measure } of signs) if (code === 'HAZCHEM.S05C') measure.past = past;
    return signs;
  });
}

/** Publishes a scenario's standard with other signs, from `SWITCH` on. */
async function rewrite<S>(name: string, change: (signs: S[]) => S[]): Promise<void> {
  await cp(path.resolve('standards'), folder, { recursive: true });
  const file = path.join(folder, name);
  const standard = JSON.parse(await readFile(file, 'utf8')) as { version: string; signs: S[] };
  await writeFile(file, JSON.stringify({ ...standard, version: '2026.1', signs: change(standard.signs) }));
  const at = new SystemContext({ ...station.ground, clock: { now: () => SWITCH } });
  expect((await loadStandard(at, folder)).published).toHaveLength(1);
  await station.db.storage.system.transaction().execute((tx) => expectVersion(tx, station.desk, SWITCH));
}

/** Publishes the flood standard with an underpass that is orange at another depth, or without a sign, from `SWITCH` on. */
async function publish({ orange = 25, without }: Change): Promise<void> {
  await rewrite<{ code: string; levels: { orange?: { limit: number } } }>('flood.json', (signs) => {
    const underpass = signs.find(({ code }) => code === 'FLOOD.S06');
    if (underpass?.levels.orange) underpass.levels.orange.limit = orange;
    return signs.filter(({ code }) => code !== without);
  });
}

async function say(point: number, minute: number, cm: number, arrives = minute): Promise<void> {
  await station.moveTo(START + arrives * MINUTE);
  await station.send(point, [[START + minute * MINUTE, cm]]);
}

/** Alarms of the underpass sign at a point: the version that raised it, worst level, still open. */
async function alarms(point: number) {
  const { rows } = await sql<{ version: string; level: number; now: number }>`
    select v.version, a.peak_level as level, a.level as now from alarm a join sign s on s.id = a.sign_id
    join standard_version v on v.id = s.standard_id
    where a.point_id = ${point} and s.code = 'FLOOD.S06' order by a.id`.execute(station.db.storage.system);
  return rows.map(({ version, level, now }) => [version, level, now]);
}

test('the same depth is yellow before the moment and orange after it; the alarm goes on under the version that raised it', async () => {
  const point = await station.point('UP', 'FLOOD.UNDERPASS');
  await publish({ orange: 20 });
  for (const minute of [20, 22, 24, 29]) await say(point, minute, 22);
  expect(await alarms(point)).toEqual([['2025.3-default', 2, 2]]);
  for (const minute of [30, 31, 32, 33]) await say(point, minute, 22);
  expect(await alarms(point)).toEqual([['2025.3-default', 3, 3]]);
});

test('a reading under way is judged by the version of its moment, also when another point has long gone over', async () => {
  const quick = await station.point('QUICK', 'FLOOD.UNDERPASS');
  const slow = await station.point('SLOW', 'FLOOD.UNDERPASS');
  await publish({ orange: 20 });
  for (const minute of [26, 30, 32, 33]) await say(quick, minute, 22);
  // Sent before half past, heard after it: yellow, by the version of the time.
  for (const minute of [25, 27, 29]) await say(slow, minute, 22, 33);
  expect(await alarms(quick)).toEqual([['2025.3-default', 3, 3]]);
  // What stands there is orange by the new version a tick of the clock later; it was raised as yellow.
  const raised = await sql<{ level: number }>`select (o.payload->>'toLevel')::int as level from outbox o
    join alarm a on a.id = (o.payload->>'id')::bigint where o.type = 'alarm.raised' and a.point_id = ${slow}`.execute(
    station.db.storage.system,
  );
  expect(raised.rows).toEqual([{ level: 2 }]);
  expect((await alarms(slow)).map(([version]) => version)).toEqual(['2025.3-default']);
});

test.each(['steadily', 'through a restart', 'through a crash'])(
  'a sign that the new version drops returns to normal after its off-delay, %s',
  async (how) => {
    const point = await station.point('UP', 'FLOOD.UNDERPASS');
    await publish({ without: 'FLOOD.S06' });
    for (const minute of [20, 22, 24, 29]) await say(point, minute, 22);
    expect(await alarms(point)).toEqual([['2025.3-default', 2, 2]]);
    await say(point, 31, 22);
    if (how === 'through a restart') await station.restart();
    if (how === 'through a crash') await station.crash();
    for (const minute of [36, 41, 46, 51]) await say(point, minute, 22);
    await station.pass(START + 70 * MINUTE);
    expect((await alarms(point)).map(([, , now]) => now)).toEqual([0]);
  },
);

test('points of an object that are counted together are counted together under the new version too', async () => {
  const one = await station.point('TANK', 'HAZCHEM.GASFL', 4);
  const other = await station.pointOf('TANK', 'TANK-2', 'HAZCHEM.GASFL');
  await publishTank({ past: 30 });
  for (const minute of [20, 22]) {
    await say(one, minute, 40);
    await say(other, minute, 40);
  }
  const raised = async (point: number) => {
    const { rows } = await sql<{
      n: number;
    }>`select count(*) as n from alarm a join sign s on s.id = a.sign_id
      where a.point_id = ${point} and s.code = 'HAZCHEM.S05C'`.execute(station.db.storage.system);
    return rows[0]?.n;
  };
  expect([await raised(one), await raised(other)]).toEqual([0, 0]);
  for (const minute of [30, 31, 32]) {
    await say(other, minute, 40);
    await say(one, minute, 40);
  }
  expect([await raised(one), await raised(other)]).toEqual([1, 0]);
});

test('a point that says nothing takes the version over too; what it stood at is carried on and survives a crash', async () => {
  const point = await station.point('UP', 'FLOOD.UNDERPASS');
  await publish({ orange: 20 });
  for (const minute of [20, 22, 24, 29]) await say(point, minute, 22);
  await station.pass(SWITCH + 5 * MINUTE);
  await station.crash();
  for (const minute of [36, 38, 39]) await say(point, minute, 22);
  expect(await alarms(point)).toEqual([['2025.3-default', 3, 3]]);
});

test('what stands past the new limit is raised at the moment itself, though nobody says anything', async () => {
  const point = await station.point('UP', 'FLOOD.UNDERPASS');
  const dry = await station.point('DRY', 'FLOOD.UNDERPASS');
  await publish({ orange: 20 });
  for (const minute of [24, 26, 29]) await say(point, minute, 22);
  await say(dry, 29, 1);
  await station.pass(SWITCH);
  await station.pass(SWITCH + 3 * MINUTE);
  expect(await alarms(point)).toEqual([['2025.3-default', 3, 3]]);
  const orange = await station.db.storage.system
    .selectFrom('alarm')
    .select('changed_at')
    .where('point_id', '=', point)
    .executeTakeFirstOrThrow();
  expect((orange.changed_at - SWITCH) / MINUTE).toBe(2);
  expect(await alarms(dry)).toEqual([]);
});

test('a reading of the time before that comes after the clock has struck is judged by the version of its moment, and what then stands by the new one', async () => {
  const slow = await station.point('SLOW', 'FLOOD.UNDERPASS');
  await publish({ orange: 20 });
  await say(slow, 24, 1);
  await station.pass(SWITCH);
  for (const minute of [26, 28, 29]) await say(slow, minute, 22, 30);
  expect(await alarms(slow)).toEqual([['2025.3-default', 2, 2]]);
  await station.pass(SWITCH + 3 * MINUTE);
  expect(await alarms(slow)).toEqual([['2025.3-default', 3, 3]]);
});

test('a version that took over while the server was down judges what stands as soon as it is back', async () => {
  const point = await station.point('UP', 'FLOOD.UNDERPASS');
  await publish({ orange: 20 });
  for (const minute of [24, 26, 29]) await say(point, minute, 22);
  await station.moveTo(SWITCH + 3 * MINUTE);
  await station.crash();
  await station.desk.ingest.tick();
  expect(await alarms(point)).toEqual([['2025.3-default', 3, 3]]);
});
