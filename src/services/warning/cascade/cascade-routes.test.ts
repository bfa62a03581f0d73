// What the desks see of a cascade: whoever sees the cause sees all it reaches, whoever is reached sees of what; each seat takes note.
import type { Role, Scope } from '#model/platform';
import { RequestContext } from '#services/context';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { personWith } from '../../context/testing.ts';
import { acknowledgeCascade } from './acknowledge-cascade.ts';
import { listDependencyRules, updateDependencyRule } from './dependency-rules.ts';
import { getCascade } from './get-cascade.ts';
import { listCascades } from './list-cascades.ts';
import { CascadeWorld } from './testing.ts';

const POWER: Scope = { places: [{ from: 1150, to: 1159 }], scenarios: [15] };
const LIFT: Scope = { places: [{ from: 1140, to: 1149 }], scenarios: [14] };
const GAS: Scope = { places: [{ from: 1050, to: 1059 }], scenarios: [5] };

let world: CascadeWorld;
let lift = 0;
let pump = 0;
beforeAll(async () => {
  world = await CascadeWorld.open();
  const station = await world.object('变电站', 'POWER.OUTAGE');
  pump = await world.object('泵站', 'FLOOD.PUMP_LOST');
  lift = await world.object('电梯', 'LIFT.TRAPPED');
  await world.depend(station, pump, 'power');
  await world.depend(station, lift, 'power');
  await world.alarm(station, 'POWER.S08', 3);
  await world.settle();
  await world.alarm(pump, 'FLOOD.S08C', 3);
  await world.settle();
});
afterAll(() => world.station.close());

const person = (scope: Scope, role: Role = 'business-admin'): RequestContext =>
  new RequestContext(world.station.ground, personWith({ roles: [role], scope }));
const cascadesOf = async (scope: Scope) =>
  (await listCascades(person(scope), { query: { limit: 10 } })).items;

test('the desk of the cause sees all that is reached; the lifts’ desk sees of what, and its own; others nothing', async () => {
  const [cause] = await cascadesOf(POWER);
  expect(cause).toMatchObject({ title: '变电站 大面积停电橙色预警', level: 'orange', reached: 2 });
  const whole = await getCascade(person(POWER), { params: { id: cause?.id ?? 0 } });
  expect(whole.reaches.map(({ object, outcome }) => [object.name, outcome])).toEqual([
    // What is still to come stands first.
    ['电梯', 'pending'],
    ['泵站', 'came-true'],
  ]);
  const [reached] = await cascadesOf(LIFT);
  expect(reached).toMatchObject({ id: cause?.id, title: '变电站 大面积停电橙色预警' });
  const part = await getCascade(person(LIFT), { params: { id: cause?.id ?? 0 } });
  expect(part.reaches.map(({ object }) => object.id)).toEqual([lift]);
  expect(part.reaches[0]?.why).toBe(
    '变电站 大面积停电橙色预警：失去电源，电梯停梯，可能困人（变电站向电梯供电），随即',
  );
  expect(await cascadesOf(GAS)).toEqual([]);
});

test('who keeps the pumps sees which alarms wait there, and why', async () => {
  const all: Scope = { places: [{ from: 1, to: 999_999 }], scenarios: [] };
  const [one] = await cascadesOf(all);
  expect(one).toMatchObject({ held: 1, grouped: 0, outcomes: { 'came-true': 1, pending: 1 } });
  const { heldAlarms } = await getCascade(person(all), { params: { id: one?.id ?? 0 } });
  expect(heldAlarms).toMatchObject([{ object: { id: pump }, level: 'orange' }]);
  expect(heldAlarms[0]?.reason).toContain('失去电源，泵站停机');
});

test('a seat takes note of its own, once; nobody takes note for another', async () => {
  const [one] = await cascadesOf(LIFT);
  const params = { id: one?.id ?? 0 };
  const seats = one?.seats.filter(({ allowedActions }) => allowedActions.includes('acknowledge'));
  expect(seats?.map(({ platform }) => platform)).toEqual(['LIFT']);
  const after = await acknowledgeCascade(person(LIFT), { params, body: { platform: 'LIFT' } });
  expect(after.seats.find(({ platform }) => platform === 'LIFT')).toMatchObject({
    acknowledgedBy: '技术管理员',
    allowedActions: [],
  });
  const again = acknowledgeCascade(person(LIFT), { params, body: { platform: 'LIFT' } });
  await expect(again).rejects.toMatchObject({ code: 'warning.illegal-action' });
  const foreign = acknowledgeCascade(person(POWER), { params, body: { platform: 'LIFT' } });
  await expect(foreign).rejects.toMatchObject({ code: 'access.denied' });
});

test('rules tell what came of their forecasts; the district alone changes them, and the next cascade obeys', async () => {
  const district = person({ places: [{ from: 1, to: 999_999 }], scenarios: [] }, 'coordinator');
  const { items } = await listDependencyRules(district);
  const rule = items.find(({ rule: { code } }) => code === 'DEP.R04');
  expect(rule).toMatchObject({
    inForce: true,
    hitRate: 1,
    outcomes: { 'came-true': 1 },
    allowedActions: ['edit'],
  });
  const params = { code: 'DEP.R04' };
  const body = { inForce: false, leadMinutes: null, version: rule?.version ?? 0 };
  await expect(updateDependencyRule(person(POWER), { params, body })).rejects.toMatchObject({
    code: 'access.denied',
  });
  expect(await updateDependencyRule(district, { params, body })).toMatchObject({
    inForce: false,
    version: 2,
  });
  world.book.forget();
  const station = await world.object('变电站二', 'POWER.OUTAGE');
  const spared = await world.object('泵站二', 'FLOOD.PUMP_LOST');
  await world.depend(station, spared, 'power');
  await world.alarm(station, 'POWER.S08', 2);
  await world.settle();
  const { items: none } = await listCascades(district, { query: { limit: 10, object: spared } });
  expect(none).toEqual([]);
});
