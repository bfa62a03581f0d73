// What follows by design from something that stands, and what is out of service: held, counted, listed, let through.
import type { Level } from '#model/warning';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { HOUR, ShelfWorld } from '../shelves/testing.ts';
import { listHeldAlarms, listHolders } from './list-holders.ts';
import {
  changeSuppressionRule,
  createSuppressionRule,
  endSuppressionRule,
  listSuppressionRules,
} from './write-rule.ts';

const ICE = 'BRIDGE.I02';
let house: ShelfWorld;
beforeAll(async () => {
  house = await ShelfWorld.open(Date.UTC(2026, 10, 30, 5));
});
afterAll(() => house.world.db.drop());

/** While strain stands at an object, ice is not told at those that are listed. */
function ruleOver(objects: readonly number[], cause: number, level: Level = 'yellow') {
  return {
    scenario: 'BRIDGE',
    name: '应变期间不报结冰',
    cause: { kind: 'item' as const, code: 'BRIDGE.I01', object: cause, level: 'yellow' as const },
    item: ICE,
    level,
    reach: 'listed' as const,
    objects: [...objects],
    reason: '桥面检测车作业时两者必然同时出现',
  };
}

test('while its cause stands a rule holds its item at the listed objects, up to its level; then it lets go', async () => {
  const [cause, alarm, other] = [
    await house.world.alarm('BRIDGE.I01', 3),
    await house.world.alarm(ICE),
    await house.world.alarm(ICE),
  ];
  const rule = await createSuppressionRule(house.as('admin'), {
    body: ruleOver([alarm.object], cause.object),
  });
  await house.follow(await house.world.told(alarm, ICE, 2), await house.world.told(other, ICE, 2));
  expect(await house.warnings(alarm.object)).toEqual([]);
  expect(await house.warnings(other.object)).toHaveLength(1);
  expect(await house.holds(alarm.id)).toMatchObject([
    { kind: 'suppressed', held_by: `suppression-rule/${rule.id}`, ended_why: null },
  ]);
  const { items } = await listSuppressionRules(house.as('handler'), { query: { limit: 50 } });
  expect(items).toMatchObject([{ id: rule.id, hits: 1, holding: 1, mayChange: false }]);

  // Told again while it is held, it is the same hit.
  await house.follow(await house.world.told(alarm, ICE, 1));
  await house.round();
  expect(await house.warnings(alarm.object)).toEqual([]);
  // Worse than the rule holds.
  await house.follow(await house.world.told(alarm, ICE, 3));
  expect(await house.warnings(alarm.object)).toMatchObject([
    { level: 3, reason: '应变 61 ≥ 50（高于抑制的黄色，越级发出）' },
  ]);

  const second = await house.world.alarm(ICE);
  const changed = ruleOver([alarm.object, second.object], cause.object, 'red');
  await changeSuppressionRule(house.as('admin'), {
    params: { id: rule.id },
    body: { ...changed, version: 1 },
  });
  await house.follow(await house.world.told(second, ICE, 4));
  expect(await house.warnings(second.object)).toEqual([]);
  await sql`update alarm set level = 1 where id = ${cause.id}`.execute(house.world.db.storage.system);
  await house.round();
  const [back] = await house.warnings(second.object);
  expect(back).toMatchObject({ level: 4, state: 'open' });
  expect(back?.reason).toContain('抑制它的情况已不再成立，仍超过限值');
});

test('a rule that is ended lets go at once, and is no longer changed', async () => {
  const [cause, alarm] = [await house.world.alarm('BRIDGE.I01', 3), await house.world.alarm(ICE)];
  const { id } = await createSuppressionRule(house.as('admin'), {
    body: ruleOver([alarm.object], cause.object),
  });
  await house.follow(await house.world.told(alarm, ICE, 2));
  await endSuppressionRule(house.as('admin'), { params: { id }, body: { version: 1 } });
  await house.round();
  expect(await house.warnings(alarm.object)).toHaveLength(1);
  await expect(
    endSuppressionRule(house.as('admin'), { params: { id }, body: { version: 2 } }),
  ).rejects.toMatchObject({ code: 'record.changed' });
});

test('a rule that could never apply, or names what is not there, is refused in a sentence', async () => {
  const { object } = await house.world.alarm(ICE);
  const good = ruleOver([object], object);
  const refused = (change: object) =>
    expect(createSuppressionRule(house.as('admin'), { body: { ...good, ...change } })).rejects.toMatchObject({
      code: 'suppression-rule.faulty',
    });
  await refused({ objects: [] });
  await refused({ cause: { ...good.cause, code: 'BRIDGE.I99' } });
  await refused({ item: 'FLOOD.I01' });
  await refused({ objects: [object, 999_999] });
  await refused({ cause: { ...good.cause, code: ICE, object: null }, reach: 'same', objects: [] });
});

test('an alarm that stood before its object went out of service is held when it is told again, and comes back at the end', async () => {
  const alarm = await house.world.alarm(ICE);
  const { system } = house.world.db.storage;
  await sql`insert into service_window (kind, object_id, place, scenario, from_at, to_at, reason, made_by, made_at)
    values ('out-of-service', ${alarm.object}, 100, 6, ${new Date(house.now - HOUR)}, null, '桥面翻修', '张三', now())`.execute(
    system,
  );
  await house.follow(await house.world.told(alarm, ICE, 2));
  expect(await house.warnings(alarm.object)).toEqual([]);
  const { items, held } = await listHolders(house.as('handler'), { query: { limit: 100 } });
  const holder = items.find(({ kind }) => kind === 'out-of-service');
  expect(holder).toMatchObject({ reason: '张三登记停用：桥面翻修', until: null, alarms: 1, worst: 'yellow' });
  expect(held['out-of-service']).toBe(1);
  const behind = await listHeldAlarms(house.as('handler'), { query: { by: holder?.by ?? '', limit: 50 } });
  expect(behind.items).toMatchObject([{ id: alarm.id, level: 'yellow', item: { code: ICE } }]);

  await sql`update service_window set to_at = ${new Date(house.now)} where object_id = ${alarm.object}`.execute(
    system,
  );
  await house.round();
  const [warning] = await house.warnings(alarm.object);
  expect(warning?.reason).toContain('停用或检修结束，仍超过限值');
});
