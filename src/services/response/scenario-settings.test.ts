// What is set at the platforms of a scenario or a territory reaches its orders: the calendar, and who is told of upgrades.
import { fromBeijing } from '#base';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { getWorkOrder } from './get-work-order.ts';
import { openWorkOrders } from './open-work-orders.ts';
import { type DutyRoom, dutyRoom, HOUR, MINUTE } from './testing.ts';

/** The last working day before the National Day week of 2026, 17:00 in Beijing: half an hour of working time is left. */
const EVE = fromBeijing(2026, 9, 30, 17 * HOUR);
const HERE = 100;

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
  room.now = EVE;
  await run(sql`insert into platform (id, code, name, kind, scenario, place, place_to) values
    (1, 'PD', '区总平台', 'district', null, 1, 9999), (2, 'FLOOD', '防汛防台', 'scenario', 1, 1010, 1019),
    (3, 'T', '某镇', 'town', null, ${HERE}, 199)`);
  await run(
    sql`insert into calendar_year (calendar_id, year, source) values ('cn', 2026, 't'), ('port', 2026, 't')`,
  );
  await run(sql`insert into calendar_day (calendar_id, day, kind, name)
    select 'cn', d::date, 'holiday', '国庆节' from generate_series('2026-10-01'::date, '2026-10-07', '1 day') d
    union all select 'cn', '2026-10-10', 'workday', '国庆节'`);
});
afterAll(() => room.db.drop());

function run(statement: ReturnType<typeof sql>) {
  return statement.execute(room.db.storage.system);
}

async function set(platform: number, key: string, value: unknown): Promise<void> {
  await run(sql`insert into platform_setting (platform_id, key, value, place, set_by, set_at)
    select id, ${key}, ${JSON.stringify(value)}::jsonb, place, 't', now() from platform where id = ${platform}
    on conflict (platform_id, key) do update set value = excluded.value`);
}

async function tell(warning: number, change: 'raised' | 'upgraded', level: 'blue' | 'red'): Promise<void> {
  await room.system.transaction((tx) =>
    openWorkOrders(tx, room.now, [{ change, warning, level, at: room.now }]),
  );
}

async function blueOrder() {
  const warning = await room.warning('blue');
  await tell(warning, 'raised', 'blue');
  const { id } = await room.db.storage.system
    .selectFrom('work_order')
    .select('id')
    .where('warning_id', '=', warning)
    .executeTakeFirstOrThrow();
  const order = await getWorkOrder(room.as('flood.leader'), id);
  return { id, warning, acceptBy: order.deadlines.find(({ kind }) => kind === 'accept')?.dueAt };
}

test('a blue order’s limit passes over the holiday, by the calendar set for its scenario', async () => {
  // Two hours of working time: half an hour on the eve, the rest on the first working day, Thursday 8 October.
  const byCountry = await blueOrder();
  expect(byCountry.acceptBy).toBe(fromBeijing(2026, 10, 8, 10 * HOUR));

  await set(1, 'calendar.id', 'port');
  const byPort = await blueOrder();
  expect(byPort.acceptBy).toBe(fromBeijing(2026, 10, 1, 10 * HOUR));

  await set(2, 'calendar.id', 'cn');
  expect((await blueOrder()).acceptBy).toBe(fromBeijing(2026, 10, 8, 10 * HOUR));
});

test('an upgrade is told to the posts of the scenario and of the town, the nearest list of each, once', async () => {
  await set(1, 'notify.list', ['区总值班长']);
  await set(3, 'notify.list', ['镇安全干部', '防汛指挥部值班长']);
  await set(2, 'notify.list', ['防汛指挥部值班长']);
  const { id, warning } = await blueOrder();
  room.now += MINUTE;
  await tell(warning, 'upgraded', 'red');
  await tell(warning, 'upgraded', 'red');
  const { rows } = await sql<{ to_role: string; reason: string }>`
    select to_role, reason from reminder where work_order_id = ${id} order by to_role collate "C"`.execute(
    room.db.storage.system,
  );
  expect(rows).toEqual([
    { to_role: '镇安全干部', reason: '预警升至红色' },
    { to_role: '防汛指挥部值班长', reason: '预警升至红色' },
  ]);
  const { entries } = await getWorkOrder(room.as('flood.leader'), id);
  expect(entries.filter(({ kind }) => kind === 'reminded').map(({ text }) => text)).toEqual([
    expect.stringMatching(/^预警升至红色，另行告知.*镇安全干部/u),
  ]);
});
