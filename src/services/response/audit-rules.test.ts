import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { forgetTracks } from './forget-tracks.ts';
import { openWorkOrders } from './open-work-orders.ts';
import { runDeadlines } from './run-deadlines.ts';
import { type DutyRoom, dutyRoom, HOUR, NIGHT } from './testing.ts';

const DAY = 24 * HOUR;
let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
});
beforeEach(() => {
  room.now = NIGHT;
});
afterAll(() => room.db.drop());

async function auditOf(warning: number) {
  const { rows } = await sql<{
    actor: string;
    action: string;
    before: object;
    after: Record<string, unknown>;
  }>`
    select a.actor, a.action, a.before, a.after from audit a
    join work_order o on a.subject = 'work-order/' || o.code
    where o.warning_id = ${warning} and a.place = o.place and a.scenario = o.scenario order by a.id`.execute(
    room.db.storage.system,
  );
  return rows;
}

test('an order that a rule opens, raises, calls overdue and reminds of stands in the audit with each of these', async () => {
  const warning = await room.warning('blue');
  const happening = { warning, at: room.now } as const;
  await room.system.transaction((tx) =>
    openWorkOrders(tx, room.now, [{ ...happening, change: 'raised', level: 'blue' }]),
  );
  await room.system.transaction((tx) =>
    openWorkOrders(tx, room.now, [{ ...happening, change: 'upgraded', level: 'red' }]),
  );
  // Told twice, done once.
  await room.system.transaction((tx) =>
    openWorkOrders(tx, room.now, [{ ...happening, change: 'upgraded', level: 'red' }]),
  );
  room.now += 2 * HOUR;
  await runDeadlines(room.system);
  const rows = await auditOf(warning);
  expect(rows.slice(0, 2)).toMatchObject([
    {
      actor: 'rule:open-work-orders',
      action: 'work-order.raised',
      before: null,
      after: { warning, level: 'blue' },
    },
    {
      actor: 'rule:open-work-orders',
      action: 'work-order.upgraded',
      before: { level: 'blue' },
      after: { level: 'red' },
    },
  ]);
  const later = rows.slice(2).filter(({ actor }) => actor !== 'rule:reassign-orders');
  expect(rows).toContainEqual(expect.objectContaining({ action: 'work-order.reassign' }));
  expect(later.every(({ actor }) => actor === 'rule:run-deadlines')).toBe(true);
  expect(later.map(({ action }) => action)).toContain('work-order.overdue');
  const { rows: reminders } = await sql<{ n: number }>`
    select count(distinct (e.at, e.text)) as n from work_order_entry e join work_order o on o.id = e.work_order_id
    where o.warning_id = ${warning} and e.kind in ('reminded', 'overdue')`.execute(room.db.storage.system);
  expect(later.filter(({ action }) => action === 'work-order.reminded')).toHaveLength(reminders[0]?.n ?? -1);
});

/** An entry with a track that was taken so many days ago. */
async function track(days: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into work_order_entry (work_order_id, place, scenario, at, kind, text, location, written_at)
    values (1, 100, 1, ${new Date(0)}, 'arrive', '到场', '{"lat": 31.2, "lon": 121.5}', ${new Date(room.now - days * DAY)})
    returning id`.execute(room.db.storage.system);
  return rows[0]?.id ?? 0;
}
async function tracksLeft(): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from work_order_entry where location is not null order by id`.execute(room.db.storage.system);
  return rows.map(({ id }) => id);
}

test('tracks of handlers are taken out after the kept days, whatever clock the order has, and that is audited', async () => {
  await track(30 + 1);
  await track(30 + 300);
  const young = await track(30 - 1);
  expect(await forgetTracks(room.system)).toBe(2);
  expect(await forgetTracks(room.system)).toBe(0);
  expect(await tracksLeft()).toEqual([young]);
  const { rows } = await sql`select actor, after from audit where action = 'tracks.forgotten'`.execute(
    room.db.storage.system,
  );
  expect(rows).toEqual([{ actor: 'rule:forget-tracks', after: { count: 2 } }]);
});

test('where a photo was taken is forgotten like any other track; the photo stays', async () => {
  const photo = async (days: number): Promise<void> =>
    void (await sql`
      insert into attachment (work_order_id, place, scenario, name, media_type, sha256, content, at, by, lat, lon, written_at)
      select id, place, scenario, '现场', 'image/jpeg', sha256(${String(days)}::bytea), '', now(), 'x', 31.2, 121.5,
        ${new Date(room.now - days * DAY)} from work_order order by id limit 1`.execute(
      room.db.storage.system,
    ));
  await photo(31);
  await photo(29);
  expect(await forgetTracks(room.system)).toBe(1);
  const { rows } = await sql`select count(*)::int as kept, count(lat)::int as placed from attachment`.execute(
    room.db.storage.system,
  );
  expect(rows).toEqual([{ kept: 2, placed: 1 }]);
});

test('where a platform keeps tracks for fewer days, they go sooner there', async () => {
  const old = await track(8);
  const young = await track(6);
  await sql`insert into platform (id, code, name, kind, place, place_to) values (901, 'T', '街镇', 'town', 90, 110)`.execute(
    room.db.storage.system,
  );
  await sql`insert into platform_setting (platform_id, key, value, place, set_by, set_at)
    values (901, 'tracks.kept-days', '7', 90, 'x', now())`.execute(room.db.storage.system);
  expect(await tracksLeft()).toContain(old);
  await forgetTracks(room.system);
  const left = await tracksLeft();
  expect([left.includes(old), left.includes(young)]).toEqual([false, true]);
});
