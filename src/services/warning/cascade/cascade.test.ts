// A power cut, a lost gateway, a rainstorm: one warning of the cause, what follows waits under it or is foreseen by the desks.
import { FaultWatch } from '#services/operations';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { CascadeWorld } from './testing.ts';

let world: CascadeWorld;
let n = 0;
beforeAll(async () => {
  world = await CascadeWorld.open();
});
afterAll(() => world.station.close());

const name = (what: string): string => `${what}${(n += 1)}`;

async function warningsOf(...objects: readonly number[]) {
  const { rows } = await sql<{
    object: number;
    item: string;
    state: string;
    cause: string | null;
    id: number;
  }>`
    select id, object_id as object, item_code as item, state, cause from warning where object_id = any(${objects}::int[])
    order by id`.execute(world.db);
  return rows;
}

async function holds(...alarms: readonly number[]): Promise<readonly string[]> {
  const { rows } = await sql<{ text: string }>`
    select kind || ' ' || held_by || case when ended_at is null then '' else ' over' end as text from alarm_hold
    where alarm_id = any(${alarms}::bigint[]) order by id`.execute(world.db);
  return rows.map(({ text }) => text);
}

async function reach(object: number) {
  const { rows } = await sql<{ outcome: string; rule: string; lead: number; why: string; depth: number }>`
    select r.outcome, r.rule, r.why, r.depth, (extract(epoch from r.expected_at - c.began_at) / 60)::int as lead
    from cascade_reach r join cascade c on c.id = r.cascade_id where r.object_id = ${object} order by c.id`.execute(
    world.db,
  );
  return rows;
}

test('the power of a substation is lost: one warning, its pump stations wait under it, and are let through when it is back', async () => {
  const station = await world.object(name('变电站'), 'POWER.OUTAGE');
  const pumps = [];
  for (let i = 0; i < 3; i += 1) pumps.push(await world.object(name('泵站'), 'FLOOD.PUMP_LOST'));
  for (const pump of pumps) await world.depend(station, pump, 'power');
  const outage = await world.alarm(station, 'POWER.S08', 3);
  await world.settle();
  const [cause] = await warningsOf(station);
  expect(cause).toMatchObject({ item: 'POWER.I08', state: 'open' });
  world.station.now += 30_000;
  const stopped = [];
  for (const pump of pumps) stopped.push(await world.alarm(pump, 'FLOOD.S08C', 3));
  await world.settle();
  expect(await warningsOf(...pumps)).toEqual([]);
  expect(await holds(...stopped)).toEqual(Array(3).fill(`suppressed warning/${cause?.id}`));
  const [first] = await reach(pumps[0] ?? 0);
  expect(first).toMatchObject({ outcome: 'came-true', rule: 'DEP.R04', lead: 0 });
  expect(first?.why).toMatch(/大面积停电橙色预警：失去电源，泵站停机（变电站\d+向泵站\d+供电），随即$/u);
  // One recovers by itself; the power is back; the two that stand still after the grace become warnings.
  await world.normal(stopped[0] ?? 0);
  await world.normal(outage);
  await world.settle();
  await world.pass(5);
  expect(await warningsOf(...pumps)).toEqual([]);
  await world.pass(6);
  expect((await warningsOf(...pumps)).map(({ object, state }) => [object, state])).toEqual([
    [pumps[1], 'open'],
    [pumps[2], 'open'],
  ]);
  expect(await holds(...stopped)).toEqual(Array(3).fill(`suppressed warning/${cause?.id} over`));
});

test('people trapped and other red facts are never held back by a power cut; what is worse than it was goes through', async () => {
  const station = await world.object(name('变电站'), 'POWER.OUTAGE');
  const pump = await world.object(name('泵站'), 'FLOOD.PUMP_LOST');
  await world.depend(station, pump, 'power');
  await world.alarm(station, 'POWER.S08', 3);
  await world.settle();
  const stopped = await world.alarm(pump, 'FLOOD.S08C', 2);
  await world.settle();
  expect(await warningsOf(pump)).toEqual([]);
  await world.worsen(stopped, 4);
  await world.settle();
  const [cause] = await warningsOf(station);
  // It is a warning of its own now, and shown under its cause.
  expect(await warningsOf(pump)).toMatchObject([
    { state: 'open', item: 'FLOOD.I08', cause: `warning/${cause?.id}` },
  ]);
  expect(await holds(stopped)).toEqual([`suppressed warning/${cause?.id} over`]);
});

test('the cause is found a minute after its effect: the warning that stands is shown under it and stays open', async () => {
  const station = await world.object(name('变电站'), 'POWER.OUTAGE');
  const pump = await world.object(name('泵站'), 'FLOOD.PUMP_LOST');
  await world.depend(station, pump, 'power');
  await world.alarm(pump, 'FLOOD.S08C', 3);
  await world.settle();
  world.station.now += 60_000;
  await world.alarm(station, 'POWER.S08', 3);
  await world.settle();
  const [cause] = await warningsOf(station);
  expect(await warningsOf(pump)).toMatchObject([{ state: 'open', cause: `warning/${cause?.id}` }]);
  expect(await reach(pump)).toMatchObject([{ outcome: 'standing' }]);
});

test('dependencies in a circle are walked once round', async () => {
  const [a, b, c] = [
    await world.object(name('变电站'), 'POWER.OUTAGE'),
    await world.object(name('泵站'), 'FLOOD.PUMP_LOST'),
    await world.object(name('通信站'), 'FIRE.HOST'),
  ];
  await world.depend(a, b, 'power');
  await world.depend(b, c, 'communicates', 5);
  await world.depend(c, a, 'power');
  await world.alarm(a, 'POWER.S08', 3);
  await world.settle();
  expect(await reach(b)).toMatchObject([{ depth: 1, lead: 0 }]);
  expect(await reach(c)).toMatchObject([{ depth: 2, lead: 5 }]);
  expect(await reach(a)).toEqual([]);
});

test('orange rain at a gauge is foreseen at the underpasses within 3 km: the desks are told, one comes true, the other does not', async () => {
  const gauge = await world.object(name('雨量站'), 'FLOOD.RAIN_5M', 200_000);
  const near = await world.object(name('下立交'), 'FLOOD.UNDERPASS', 201_200);
  const dry = await world.object(name('下立交'), 'FLOOD.UNDERPASS', 198_000);
  const far = await world.object(name('下立交'), 'FLOOD.UNDERPASS', 204_000);
  await world.alarm(gauge, 'FLOOD.S01A', 2);
  await world.settle();
  expect(await reach(near)).toEqual([]);
  await world.alarm(gauge, 'FLOOD.S01B', 3);
  await world.settle();
  expect(await reach(far)).toEqual([]);
  const [foreseen] = await reach(near);
  expect(foreseen).toMatchObject({ outcome: 'pending', rule: 'DEP.R01', lead: 15 });
  expect(foreseen?.why).toMatch(
    /暴雨橙色预警：雨量站暴雨，3 公里内的下立交随汇流积水（相距 1\.2 公里），约 15 分钟后$/u,
  );
  const { rows: told } = await sql<{ platform: string; reached: number }>`
    select p.code as platform, s.reached from cascade_seat s join platform p on p.id = s.platform_id
    join cascade c on c.id = s.cascade_id where c.object_id = ${gauge} order by p.code`.execute(world.db);
  expect(told).toEqual([
    { platform: '310115125', reached: 2 },
    { platform: 'FLOOD', reached: 2 },
  ]);
  world.station.now += 20 * 60_000;
  await world.alarm(near, 'FLOOD.S06', 2);
  await world.settle();
  expect(await reach(near)).toMatchObject([{ outcome: 'came-true' }]);
  const [cause] = await warningsOf(gauge);
  expect(await warningsOf(near)).toMatchObject([{ cause: `warning/${cause?.id}` }]);
  await world.pass(101);
  expect(await reach(dry)).toMatchObject([{ outcome: 'did-not' }]);
});

test('rain that has stood blue for three hours and comes to orange: what it will reach is counted from orange on', async () => {
  const gauge = await world.object(name('雨量站'), 'FLOOD.RAIN_5M', 40_000);
  const wet = await world.object(name('下立交'), 'FLOOD.UNDERPASS', 40_500);
  const dry = await world.object(name('下立交'), 'FLOOD.UNDERPASS', 41_000);
  const rain = await world.alarm(gauge, 'FLOOD.S01A', 1);
  await world.settle();
  await world.pass(170);
  await world.alarm(wet, 'FLOOD.S06', 2);
  await world.settle();
  await world.pass(10);
  await world.worsen(rain, 3);
  await world.settle();
  await world.pass(1);
  // The one that was warned of before the rain came to orange is nothing that was foreseen.
  expect(await reach(wet)).toMatchObject([{ outcome: 'standing' }]);
  expect(await reach(dry)).toMatchObject([{ outcome: 'pending', lead: 15 }]);
  const { rows } = await sql<{ left: number }>`
    select (extract(epoch from r.expected_at) * 1000 - ${world.station.now}::float8) / 60000 as left
    from cascade_reach r where r.object_id = ${dry}`.execute(world.db);
  expect(rows).toEqual([{ left: 14 }]);
});

test('a gateway is lost: one fault, its points’ alarms of silence wait under it; one device that went quiet before is shown under it too', async () => {
  const hosts = [];
  const alarms = [];
  for (let i = 0; i < 3; i += 1) {
    const code = name('消防主机');
    hosts.push(await world.object(code, 'FIRE.HOST'));
    await world.station.device(`D-${code}`, [code], 'hj212');
  }
  await sql`update device set last_seen_at = ${new Date(world.station.now - 3_600_000)}`.execute(world.db);
  const early = await world.alarm(hosts[0] ?? 0, 'FIRE.S08A', 1);
  await world.settle();
  const watch = new FaultWatch(world.system);
  await watch.look({ findings: [], listeningSince: 0 });
  await world.settle();
  for (const host of hosts.slice(1)) alarms.push(await world.alarm(host, 'FIRE.S08A', 1));
  await world.settle();
  const { rows } = await sql<{
    id: number;
    kind: string;
  }>`select id, kind from fault where state <> 'closed'`.execute(world.db);
  expect(rows.map(({ kind }) => kind)).toEqual(['line-silent']);
  const fault = `fault/${rows[0]?.id}`;
  expect(await warningsOf(...hosts)).toMatchObject([{ object: hosts[0], state: 'open', cause: fault }]);
  expect(await holds(early, ...alarms)).toEqual(Array(2).fill(`suppressed ${fault}`));
  // It is heard again. Two are well by themselves; what is silent still after a while becomes a warning.
  await sql`update device set last_seen_at = ${new Date(world.station.now)}`.execute(world.db);
  await watch.look({ findings: [], listeningSince: 0 });
  await world.settle();
  await world.normal(alarms[0] ?? 0);
  await world.settle();
  await world.pass(21);
  expect((await warningsOf(...hosts.slice(1))).map(({ object }) => object)).toEqual([hosts[2]]);
});

test('somebody says that a station has no power: its fault is a cause like a warning', async () => {
  const code = name('变电站');
  const station = await world.object(code, 'POWER.OUTAGE');
  const pump = await world.object(name('泵站'), 'FLOOD.PUMP_LOST');
  await world.depend(station, pump, 'power');
  const { rows } = await sql<{ id: number }>`
    insert into fault (kind, subject_kind, subject, subject_name, place, scenarios, found_by, summary, state, opened_at, due_at)
    values ('power-lost', 'point', ${code}, ${code}, 121010, '{15}', 'person', '全站停电', 'open', ${new Date(world.station.now)},
      ${new Date(world.station.now)}) returning id`.execute(world.db);
  await sql`insert into outbox (type, at, place, scenario, payload)
    values ('fault.opened', ${new Date(world.station.now)}, 121010, 15, ${JSON.stringify({ id: rows[0]?.id, state: 'open' })})`.execute(
    world.db,
  );
  await world.settle();
  const stopped = await world.alarm(pump, 'FLOOD.S08C', 3);
  await world.settle();
  expect(await holds(stopped)).toEqual([`suppressed fault/${rows[0]?.id}`]);
  const [first] = await reach(pump);
  expect(first?.why).toContain('供电中断：失去电源，泵站停机');
});
