// What a warning says of itself while it is put aside, out of service or suppressed by design: in the list, alone, and in the filter.
import type { AlarmState } from '#model/warning';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { acknowledgeWarning } from '../acknowledge-warning.ts';
import { warningsOnDesk } from '../desk/warnings-on-desk.ts';
import { getWarning } from '../get-warning.ts';
import { listWarnings } from '../list-warnings.ts';
import { createShelf } from '../shelves/create-shelf.ts';
import { HOUR, ShelfWorld } from '../shelves/testing.ts';
import { listObjectHolds } from './object-holds.ts';
import { createSuppressionRule } from './write-rule.ts';

const ICE = 'BRIDGE.I02';
const NOON = Date.UTC(2026, 10, 30, 4);
let house: ShelfWorld;
beforeAll(async () => {
  house = await ShelfWorld.open(NOON);
});
afterAll(() => house.world.db.drop());
beforeEach(() => {
  house.now = NOON;
});

interface Standing {
  readonly object: number;
  readonly alarm: number;
  readonly id: number;
}

async function standing(): Promise<Standing> {
  const { id: alarm, object } = await house.world.alarm(ICE);
  await house.follow(await house.world.told({ id: alarm, object }, ICE, 2));
  const [warning] = await house.warnings(object);
  return { object, alarm, id: warning?.id ?? 0 };
}

async function found(alarmState: AlarmState, { id }: Standing): Promise<boolean> {
  const { items } = await listWarnings(house.as('handler'), { query: { limit: 500, alarmState } });
  expect(items.filter((item) => item.alarmState !== alarmState)).toEqual([]);
  return items.some((item) => item.id === id);
}

const shown = ({ id }: Standing) =>
  getWarning(house.as('handler'), { params: { id } }, async () => new Map());

/** Takes something out of service as its row has it. */
async function takeOut(over: { object?: number; point?: number; sign?: string }, until: number | null) {
  const { object = null, point = null, sign = null } = over;
  await sql`insert into service_window (kind, object_id, point_id, sign_code, place, scenario, from_at, to_at, reason, owner, made_by, made_at)
    values ('out-of-service', ${object}, ${point}, ${sign}, 100, 6, ${new Date(NOON - HOUR)}, ${until === null ? null : new Date(until)},
      '桥面翻修', '养护公司李工', '张三', now())`.execute(house.world.db.storage.system);
}

test('a warning that is shelved says so, by whom and until when, and is itself again when the shelf ends', async () => {
  const warning = await standing();
  expect(await found('unacknowledged', warning)).toBe(true);
  const shelf = await createShelf(house.as('admin'), {
    body: {
      target: { scope: 'item', object: warning.object, item: ICE },
      level: 'yellow',
      minutes: 60,
      reasonKind: 'known-fault',
      reason: '探头进水',
    },
  });
  expect(await shown(warning)).toMatchObject({
    alarmState: 'shelved',
    hold: {
      state: 'shelved',
      by: `shelf/${shelf.id}`,
      who: '张三',
      until: NOON + HOUR,
      reason: '探头进水',
    },
  });
  expect([await found('shelved', warning), await found('unacknowledged', warning)]).toEqual([true, false]);
  await acknowledgeWarning(house.as('admin'), { params: { id: warning.id } });
  expect([await found('shelved', warning), await found('acknowledged', warning)]).toEqual([true, false]);
  house.now = NOON + HOUR;
  await house.round();
  expect(await found('acknowledged', warning)).toBe(true);
  expect((await shown(warning)).hold).toBeNull();
});

test('out of service is stronger than shelved, holds until further notice or to its very moment', async () => {
  const warning = await standing();
  await takeOut({ object: warning.object }, NOON + HOUR);
  await createShelf(house.as('admin'), {
    body: {
      target: { scope: 'object', object: warning.object },
      level: 'yellow',
      minutes: 120,
      reasonKind: 'construction',
      reason: '翻修',
    },
  });
  expect((await shown(warning)).hold).toMatchObject({
    state: 'out-of-service',
    who: '养护公司李工',
    until: NOON + HOUR,
    reason: '桥面翻修',
  });
  expect([await found('out-of-service', warning), await found('shelved', warning)]).toEqual([true, false]);
  house.now = NOON + HOUR;
  expect([await found('out-of-service', warning), await found('shelved', warning)]).toEqual([false, true]);
});

test('one sign out of service holds a warning only where nothing else speaks for it', async () => {
  const warning = await standing();
  const { system } = house.world.db.storage;
  const { rows } = await sql<{ point: number; sign: string }>`
    select a.point_id as point, g.code as sign from alarm a join sign g on g.id = a.sign_id where a.id = ${warning.alarm}`.execute(
    system,
  );
  const [{ point, sign } = { point: 0, sign: '' }] = rows;
  await takeOut({ point, sign: 'BRIDGE.S01' }, null);
  expect(await found('unacknowledged', warning)).toBe(true);
  await takeOut({ object: warning.object, sign }, null);
  expect((await shown(warning)).hold).toMatchObject({ state: 'out-of-service', until: null });
  // A second alarm, of another sign, speaks for it too.
  await sql`with other as (
      insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value, raised_at,
        changed_at, recorded_at, simulated)
      select nextval('alarm_id'), point_id, object_id, (select id from sign where code = 'BRIDGE.S01'), item_code, place, scenario, 2, 2,
        1, 1, now(), now(), now(), false from alarm where id = ${warning.alarm} returning id)
    insert into warning_evidence (warning_id, alarm_id, level) select ${warning.id}, id, 2 from other`.execute(
    system,
  );
  // S01 is out of service at the point, the sign of the ice at the object: both are held.
  expect(await found('out-of-service', warning)).toBe(true);
  await sql`update service_window set to_at = ${new Date(NOON)} where point_id = ${point}`.execute(system);
  expect(await found('unacknowledged', warning)).toBe(true);
});

test('what a rule would hold says so while its cause stands, along dependencies and not against them', async () => {
  const [warning, other, power] = [
    await standing(),
    await standing(),
    await house.world.alarm('BRIDGE.I01', 3),
  ];
  const middle = await house.world.alarm('BRIDGE.I01', 1);
  const { system } = house.world.db.storage;
  const edges = [
    [power.object, middle.object],
    [middle.object, warning.object],
    [other.object, power.object],
  ];
  for (const [from, to] of edges)
    await sql`insert into dependency (from_object, to_object, kind, basis, source, valid_from, edited_by, edited_at)
      values (${from}, ${to}, 'power', '供电图', 'person', ${new Date(NOON - HOUR)}, '张三', now())`.execute(
      system,
    );
  await createSuppressionRule(house.as('admin'), {
    body: {
      scenario: 'BRIDGE',
      name: '停电期间不报结冰',
      cause: { kind: 'item', code: 'BRIDGE.I01', object: null, level: 'orange' },
      item: ICE,
      level: 'yellow',
      reach: 'linked',
      objects: [],
      reason: '探头由它供电，停电即无数',
    },
  });
  expect((await shown(warning)).hold).toMatchObject({
    state: 'suppressed-by-design',
    reason: '停电期间不报结冰：探头由它供电，停电即无数',
    until: null,
  });
  expect(await found('suppressed-by-design', warning)).toBe(true);
  expect(await found('unacknowledged', other)).toBe(true);
  // The gate goes by the same words.
  const { id: alarm, object } = await house.world.alarm(ICE);
  await sql`update dependency set to_object = ${object} where to_object = ${warning.object}`.execute(system);
  await house.follow(await house.world.told({ id: alarm, object }, ICE, 2));
  expect(await house.warnings(object)).toEqual([]);
  expect(await house.holds(alarm)).toMatchObject([{ kind: 'suppressed', ended_why: null }]);
  expect(await found('unacknowledged', warning)).toBe(true);
  await sql`update alarm set level = 2 where id = ${power.id}`.execute(system);
  await house.round();
  expect(await house.warnings(object)).toMatchObject([{ state: 'open' }]);
});

test('what goes out of service by the clock says so once, and says at its end what still stands', async () => {
  const [warning, held] = [await standing(), await house.world.alarm(ICE)];
  for (const object of [warning.object, held.object]) await takeOut({ object }, NOON + 2 * HOUR);
  await sql`update service_window set from_at = ${new Date(NOON + HOUR)} where object_id = any(${[warning.object, held.object]})`.execute(
    house.world.db.storage.system,
  );
  const said = async () => {
    const { history } = await shown(warning);
    return history
      .filter(({ change }) => change.endsWith('service'))
      .map(({ change, reason }) => [change, reason]);
  };
  await house.round();
  expect(await said()).toEqual([]);
  house.now = NOON + HOUR;
  await house.round();
  await house.round();
  const begun = ['out-of-service', '张三登记停用（养护公司李工负责）：桥面翻修'];
  expect(await said()).toEqual([begun]);
  await house.follow(await house.world.told(held, ICE, 2));
  expect(await house.warnings(held.object)).toEqual([]);
  house.now = NOON + 2 * HOUR;
  await house.round();
  await house.round();
  expect(await said()).toEqual([
    begun,
    ['in-service', expect.stringContaining('停用结束，仍超过限值：应变 61 ≥ 50')],
  ]);
  expect(await found('unacknowledged', warning)).toBe(true);
  expect(await house.warnings(held.object)).toMatchObject([{ state: 'open', level: 2 }]);
});

test('an object says what would hold its alarms, whether or not one stands; of one out of sight nothing is told', async () => {
  const { object } = await house.world.alarm(ICE);
  const holds = async () =>
    (await listObjectHolds(house.as('handler'), { params: { id: object } })).items.map((one) => [
      one.state,
      one.who,
      one.until,
      one.code,
      one.level,
    ]);
  expect(await holds()).toEqual([]);
  await takeOut({ object, sign: 'BRIDGE.S02' }, NOON + HOUR);
  await createShelf(house.as('admin'), {
    body: {
      target: { scope: 'item', object, item: ICE },
      level: 'yellow',
      minutes: 60,
      reasonKind: 'construction',
      reason: '翻修',
    },
  });
  expect(await holds()).toEqual([
    ['out-of-service', '养护公司李工', NOON + HOUR, 'BRIDGE.S02', null],
    ['shelved', '张三', NOON + HOUR, ICE, 'yellow'],
  ]);
  await sql`update monitored_object set scenarios = '{5}' where id = ${object}`.execute(
    house.world.db.storage.system,
  );
  expect(await holds()).toEqual([]);
});

test('on the duty desk what is held says so and is no longer counted as unread', async () => {
  const before = await warningsOnDesk(house.as('admin'), null);
  const warning = await standing();
  const onDesk = async () => {
    const { unread, unreadReal, newest } = await warningsOnDesk(house.as('admin'), null);
    const hold = newest.find(({ id }) => id === warning.id)?.hold ?? null;
    return [
      unread.yellow - before.unread.yellow,
      unreadReal.yellow - before.unreadReal.yellow,
      hold?.state ?? null,
    ];
  };
  expect(await onDesk()).toEqual([1, 1, null]);
  await takeOut({ object: warning.object }, NOON + HOUR);
  expect(await onDesk()).toEqual([0, 0, 'out-of-service']);
  house.now = NOON + HOUR;
  expect((await onDesk())[2]).toBeNull();
});
