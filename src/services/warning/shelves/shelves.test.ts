// What somebody puts aside: how long, how far up, by whom, and that it comes back.
import { fromBeijing } from '#base';
import type { Shelf } from '#contract/warning';
import type { Level } from '#model/warning';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { confirmShelf } from './confirm-shelf.ts';
import { createShelf } from './create-shelf.ts';
import { endShelf } from './end-shelf.ts';
import { listShelves } from './list-shelves.ts';
import { prolongShelf } from './prolong-shelf.ts';
import { runShelves } from './run-shelves.ts';
import { HOUR, MINUTE, ShelfWorld } from './testing.ts';

const ITEM = 'BRIDGE.I02';
/** 30 November 2026, 22:00 in Beijing. */
const EVENING = fromBeijing(2026, 11, 30, 22 * HOUR);
let house: ShelfWorld;
beforeAll(async () => {
  house = await ShelfWorld.open(EVENING);
});
afterAll(() => house.world.db.drop());
beforeEach(() => {
  house.now = EVENING;
});

type Who = Parameters<ShelfWorld['as']>[0];

function shelve(
  object: number,
  { who = 'admin', level = 'yellow', minutes = 120 }: { who?: Who; level?: Level; minutes?: number } = {},
): Promise<Shelf> {
  return createShelf(house.as(who), {
    body: {
      target: { scope: 'item', object, item: ITEM },
      level,
      minutes,
      reasonKind: 'known-fault',
      reason: '探头进水',
    },
  });
}

test('what is shelved is recorded and calls nobody; at its very second it ends and says what still stands, over midnight too', async () => {
  const alarm = await house.world.alarm(ITEM);
  house.now = fromBeijing(2026, 11, 30, 23.5 * HOUR);
  await shelve(alarm.object, { minutes: 60 });
  await house.follow(await house.world.told(alarm, ITEM, 2));
  expect(await house.warnings(alarm.object)).toEqual([]);
  const { rows } = await sql<{ reason: string; until: number }>`
    select reason, until from alarm_hold where alarm_id = ${alarm.id}`.execute(house.world.db.storage.system);
  const until = fromBeijing(2026, 12, 1, HOUR / 2);
  expect(rows).toEqual([
    { reason: '张三搁置到 12月1日 00:30（黄色及以下）：设备故障，等待维修；探头进水', until },
  ]);

  house.now = until - 1;
  await house.round();
  expect(await house.warnings(alarm.object)).toEqual([]);
  house.now = until;
  await house.round();
  const [warning] = await house.warnings(alarm.object);
  expect(warning).toMatchObject({ level: 2, state: 'open' });
  expect(warning?.reason).toMatch(/（搁置结束，仍超过限值）$/u);
});

test('what is worse than what was shelved breaks through at once and says why', async () => {
  const alarm = await house.world.alarm(ITEM);
  await shelve(alarm.object);
  await house.follow(await house.world.told(alarm, ITEM, 2));
  await house.follow(await house.world.told(alarm, ITEM, 3));
  expect(await house.warnings(alarm.object)).toMatchObject([
    { level: 3, state: 'open', reason: '应变 61 ≥ 50（高于搁置的黄色，越级发出）' },
  ]);
  const direct = await house.world.alarm(ITEM);
  await shelve(direct.object);
  await house.follow(await house.world.told(direct, ITEM, 4));
  expect(await house.warnings(direct.object)).toMatchObject([{ level: 4 }]);
});

test('two people at once: one of them shelves it, the other is told by whom it is', async () => {
  const { object } = await house.world.alarm(ITEM);
  const tried = await Promise.allSettled([shelve(object), shelve(object, { who: 'other' })]);
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const [refused] = tried.filter((one) => one.status === 'rejected');
  expect(refused?.reason).toMatchObject({ code: 'shelf.exists', details: { until: '12月1日 00:00' } });
});

test('it ends once, however many processes look at that moment, also after all were away', async () => {
  const alarm = await house.world.alarm(ITEM);
  const { id } = await shelve(alarm.object);
  await house.follow(await house.world.told(alarm, ITEM, 2));
  house.now = EVENING + 26 * HOUR;
  await Promise.all([runShelves(house.system), runShelves(house.system), runShelves(house.system)]);
  await house.letThrough();
  const told = (await house.world.announced('shelf.changed')).filter(({ payload }) => payload.id === id);
  expect(told.map(({ payload }) => payload['state'])).toEqual(['running', 'ended']);
  expect(await house.warnings(alarm.object)).toHaveLength(1);
  expect(await house.holds(alarm.id)).toMatchObject([{ kind: 'shelved', ended_why: '搁置结束，仍超过限值' }]);
});

test('a new version of the standard does not end it: a sign goes on under its code', async () => {
  const alarm = await house.world.alarm(ITEM);
  const { system } = house.world.db.storage;
  const { rows } = await sql<{ point: string; sign: string }>`
    select p.code as point, s.code as sign from alarm a join point p on p.id = a.point_id join sign s on s.id = a.sign_id
    where a.id = ${alarm.id}`.execute(system);
  const [{ point, sign } = { point: '', sign: '' }] = rows;
  await createShelf(house.as('admin'), {
    body: {
      target: { scope: 'sign', point, sign },
      level: 'yellow',
      minutes: 60,
      reasonKind: 'exercise',
      reason: '标定演练',
    },
  });
  await sql`with version as (
      insert into standard_version (scenario, version, document, published_at, effective_from)
      values (6, '2', '{}', now(), now()) returning id
    ), item as (
      insert into warning_item (standard_id, code, scenario, name, kind, verification)
      select id, ${ITEM}, 6, '桥面结冰', '预警', 'automatic' from version
    ), newer as (
      insert into sign (standard_id, code, item_code, element_code, scenario, name, body)
      select version.id, s.code, s.item_code, s.element_code, s.scenario, s.name, s.body
      from version, sign s where s.code = ${sign} and s.standard_id = 1 returning id
    ) update alarm set sign_id = newer.id from newer where alarm.id = ${alarm.id}`.execute(system);
  await house.follow(await house.world.told(alarm, ITEM, 2));
  expect(await house.warnings(alarm.object)).toEqual([]);
  expect(await house.holds(alarm.id)).toMatchObject([{ kind: 'shelved', ended_why: null }]);
  house.now = EVENING + HOUR;
  await house.round();
  expect(await house.warnings(alarm.object)).toMatchObject([{ level: 2, state: 'open' }]);
});

test('a device whose clock jumps neither ends it nor makes it longer', async () => {
  const alarm = await house.world.alarm(ITEM);
  await shelve(alarm.object);
  const told = await house.world.told(alarm, ITEM, 2);
  await house.follow({ ...told, at: EVENING + 8 * HOUR });
  await house.follow({ ...(await house.world.told(alarm, ITEM, 1)), at: EVENING - 8 * HOUR });
  expect(await house.warnings(alarm.object)).toEqual([]);
  house.now = EVENING + 2 * HOUR;
  await house.round();
  expect(await house.warnings(alarm.object)).toMatchObject([{ level: 1 }]);
});

test('red is shelved by two people, the second a department owner, and for half an hour at most', async () => {
  const alarm = await house.world.alarm(ITEM, 4);
  await expect(shelve(alarm.object, { level: 'red', minutes: 31 })).rejects.toMatchObject({
    code: 'shelf.too-long',
  });
  const proposed = await shelve(alarm.object, { who: 'head', level: 'red', minutes: 30 });
  expect(proposed).toMatchObject({ state: 'proposed', allowedActions: ['end'] });
  await house.follow(await house.world.told(alarm, ITEM, 4));
  expect(await house.warnings(alarm.object)).toMatchObject([{ level: 4, state: 'open' }]);
  const asked = { params: { id: proposed.id }, body: { version: 1 } };
  await expect(confirmShelf(house.as('head'), asked)).rejects.toMatchObject({ code: 'access.same-person' });
  await expect(confirmShelf(house.as('admin'), asked)).rejects.toMatchObject({ code: 'access.denied' });
  await endShelf(house.as('head'), { ...asked, body: { version: 1, reason: '不必了' } });

  const again = await shelve(alarm.object, { level: 'red', minutes: 20 });
  house.now += 10 * MINUTE;
  const running = await confirmShelf(house.as('head'), { params: { id: again.id }, body: { version: 1 } });
  expect(running).toMatchObject({
    state: 'running',
    confirmedBy: '王主任',
    until: house.now + 20 * MINUTE,
    warnings: 1,
  });
  await expect(
    prolongShelf(house.as('admin'), {
      params: { id: again.id },
      body: { version: 2, minutes: 10, reason: '还没好' },
    }),
  ).rejects.toMatchObject({ code: 'shelf.illegal-action' });
});

test('a red proposal nobody confirms lapses, and holds nothing meanwhile', async () => {
  const { object } = await house.world.alarm(ITEM);
  const { id } = await shelve(object, { level: 'red', minutes: 30 });
  house.now += 30 * MINUTE;
  await house.round();
  const { items } = await listShelves(house.as('handler'), { query: { limit: 50, state: 'ended' } });
  expect(items.find((one) => one.id === id)?.ended).toMatchObject({ by: null, why: '没有人确认，提议作废' });
});

test('a handler may look and not shelve; each level has its longest time', async () => {
  const { object } = await house.world.alarm(ITEM);
  await expect(shelve(object, { who: 'handler' })).rejects.toMatchObject({ code: 'access.denied' });
  await expect(shelve(object, { level: 'orange', minutes: 121 })).rejects.toMatchObject({
    code: 'shelf.too-long',
    details: { level: '橙色', most: 120 },
  });
});

test('an open warning stays open, says that it is put aside, and calls again with what still stands', async () => {
  const alarm = await house.world.alarm(ITEM);
  await house.follow(await house.world.told(alarm, ITEM, 2));
  const [warning] = await house.warnings(alarm.object);
  const { id, warnings } = await shelve(alarm.object);
  expect(warnings).toBe(1);
  const aside = async (): Promise<number | null> => {
    const { rows } = await sql<{ shelf: number | null }>`
      select shelf_of(w) as shelf from warning w where w.id = ${warning?.id ?? 0}`.execute(
      house.world.db.storage.system,
    );
    return rows[0]?.shelf ?? null;
  };
  expect(await aside()).toBe(id);
  // It is worse now: nobody put that aside.
  await house.follow(await house.world.told(alarm, ITEM, 3));
  expect(await aside()).toBeNull();
  await house.follow(await house.world.told(alarm, ITEM, 2));
  house.now = EVENING + 2 * HOUR;
  await house.round();
  expect(await aside()).toBeNull();
  const changes = await house.world.db.storage.system
    .selectFrom('warning_change')
    .select(['change', 'reason'])
    .where('warning_id', '=', warning?.id ?? 0)
    .where('change', 'in', ['shelved', 'unshelved'])
    .orderBy('id')
    .execute();
  expect(changes).toMatchObject([
    { change: 'shelved' },
    { change: 'unshelved', reason: expect.stringContaining('搁置结束，仍超过限值：应变 61 ≥ 50') },
  ]);
});

test('whoever shelved is reminded ten minutes before; it is prolonged once, with a reason, and ended early by anybody who may', async () => {
  const alarm = await house.world.alarm(ITEM);
  const { id } = await shelve(alarm.object);
  await house.follow(await house.world.told(alarm, ITEM, 2));
  house.now = EVENING + 2 * HOUR - 10 * MINUTE;
  await house.round();
  await house.round();
  const ending = (await house.world.announced('shelf.ending')).filter(({ payload }) => payload.id === id);
  expect(ending).toHaveLength(1);
  const body = { minutes: 60, reason: '备件明早到' };
  const longer = await prolongShelf(house.as('other'), { params: { id }, body: { ...body, version: 1 } });
  expect(longer).toMatchObject({ until: house.now + HOUR, prolonged: { by: '李四', why: '备件明早到' } });
  await expect(
    prolongShelf(house.as('other'), { params: { id }, body: { ...body, version: 2 } }),
  ).rejects.toMatchObject({ code: 'shelf.illegal-action' });
  await endShelf(house.as('other'), { params: { id }, body: { version: 2, reason: '已修好' } });
  await house.letThrough();
  expect(await house.warnings(alarm.object)).toMatchObject([
    { level: 2, reason: expect.stringMatching(/李四提前结束搁置（已修好），仍超过限值/u) },
  ]);
});
