import { commandRoutes } from '#contract/command';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { House } from '../../platform/testing.ts';
import {
  getCalendar,
  getDutyNow,
  listRosters,
  listShifts,
  loadHolidays,
  putCalendar,
  updateRoster,
  updateShift,
} from '../index.ts';
import { delegate, generate, HOUR, makeRoster, november, openWatchHouse, standing } from '../testing.ts';

let house: House;
beforeAll(async () => {
  house = await openWatchHouse();
});
afterAll(() => house.db.drop());

const now = async (who: string, given: object = {}) =>
  getDutyNow(await house.as(who), { query: commandRoutes.getDutyNow.query.parse(given) });
const change = async (who: string, id: number, given: object) =>
  updateShift(await house.as(who), {
    params: { id },
    body: commandRoutes.updateShift.body.parse({ reason: '测试', version: 1, ...given }),
  });
const shiftsOf = async (who: string, roster: number, given: object = {}) =>
  (
    await listShifts(await house.as(who), {
      query: commandRoutes.listShifts.query.parse({ roster, limit: 100, ...given }),
    })
  ).items;

test('the announced years are known with their make-up days, the next one says that it is not announced', async () => {
  const ask = async (year: number) =>
    getCalendar(await house.as('flood.handler'), { params: { id: 'cn', year } });
  const known = await ask(2026);
  expect(known).toMatchObject({ known: true, allowedActions: [], editedBy: null });
  expect(known.days).toContainEqual({ day: '2026-02-14', kind: 'workday', name: '春节' });
  expect(known.days).toContainEqual({ day: '2026-10-01', kind: 'holiday', name: '国庆节' });
  expect(await ask(2027)).toMatchObject({
    known: false,
    version: 0,
    days: [],
    note: expect.stringContaining('2027 年'),
  });
});

test('only the district enters a year; what a person entered survives the next start', async () => {
  const put = async (who: string, version: number, days: object[]) =>
    putCalendar(await house.as(who), {
      params: { id: 'cn', year: 2027 },
      body: commandRoutes.putCalendar.body.parse({ days, version, source: '国办发明电' }),
    });
  const day = { day: '2027-01-01', kind: 'holiday', name: '元旦' };
  for (const who of ['flood.admin', 'flood.handler', 'office']) {
    await expect(put(who, 0, [day])).rejects.toMatchObject({ code: 'access.denied' });
  }
  await expect(put('district', 0, [{ ...day, day: '2028-01-01' }])).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await expect(put('district', 0, [day, day])).rejects.toMatchObject({ code: 'input.invalid' });
  expect(await put('district', 0, [day])).toMatchObject({ known: true, version: 1, days: [day] });
  await expect(put('district', 0, [])).rejects.toMatchObject({ code: 'record.changed' });
  expect(await put('admin', 1, [day, { ...day, day: '2027-01-02' }])).toMatchObject({ version: 2 });
  // A year of the package that a person corrected is not overwritten either.
  await sql`update calendar_year set edited_at = now(), edited_by = 'x' where year = 2025`.execute(
    house.db.storage.system,
  );
  await sql`delete from calendar_day where extract(year from day) = 2025 or day = '2026-10-01'`.execute(
    house.db.storage.system,
  );
  expect(await loadHolidays(house.system)).toEqual([2026]);
  expect(
    (await getCalendar(await house.as('district'), { params: { id: 'cn', year: 2027 } })).days,
  ).toHaveLength(2);
});

test('a roster is made in one’s own platform only, of people one may see, and is not found by others', async () => {
  const admin = await house.as('flood.admin');
  const seats = [{ name: '值班长', rota: [{ username: 'flood.admin' }] }];
  await expect(makeRoster(admin, { name: '燃气值班', platform: 'GAS', seats })).rejects.toMatchObject({
    code: 'access.denied',
  });
  await expect(makeRoster(admin, { name: 'x', platform: 'no.such', seats })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  const foreign = [{ name: '值班长', rota: [{ username: 'gas.admin' }] }];
  await expect(makeRoster(admin, { name: 'x', seats: foreign })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  const handler = await house.as('flood.handler');
  await expect(makeRoster(handler, { name: 'x', seats })).rejects.toMatchObject({ code: 'access.denied' });
  const made = await makeRoster(admin, { name: '防汛一', seats });
  await expect(makeRoster(admin, { name: '防汛一', seats })).rejects.toMatchObject({ code: 'record.exists' });
  const query = commandRoutes.listRosters.query.parse({});
  const names = async (who: string) =>
    (await listRosters(await house.as(who), { query })).items.map(({ name }) => name);
  expect(await names('flood.handler')).toContain('防汛一');
  expect(await names('district')).toContain('防汛一');
  expect(await names('gas.admin')).toEqual([]);
  expect(await names('village.sample')).toEqual([]);
  await expect(
    generate(await house.as('gas.admin'), made.id, { from: '2026-11-23', to: '2026-11-24' }),
  ).rejects.toMatchObject({ code: 'record.not-found' });
});

test('a dry run writes nothing; then shifts stand, the night one over midnight, and the next plan goes on behind them', async () => {
  const admin = await house.as('flood.admin');
  const rota = ['flood.admin', 'flood.head', 'flood.handler'].map((username) => ({ username }));
  const { id } = await makeRoster(admin, { name: '轮班', seats: [{ name: '值班员', rota }] });
  const dry = await generate(admin, id, { from: '2026-11-23', to: '2026-11-24', dryRun: true });
  expect(dry).toMatchObject({ dryRun: true, count: 4, conflicts: [], notes: [] });
  expect(await standing(house, id)).toEqual([]);
  await generate(admin, id, { from: '2026-11-23', to: '2026-11-24' });
  expect(await standing(house, id)).toEqual([
    [november(23, 8, 30), 'flood.admin', 'planned'],
    [november(23, 20, 30), 'flood.head', 'planned'],
    [november(24, 8, 30), 'flood.handler', 'planned'],
    [november(24, 20, 30), 'flood.admin', 'planned'],
  ]);
  // Once more: what stands is kept, only the new day is added, behind the last one.
  expect(await generate(admin, id, { from: '2026-11-23', to: '2026-11-25' })).toMatchObject({ count: 2 });
  expect((await standing(house, id)).slice(4).map(([, who]) => who)).toEqual(['flood.head', 'flood.handler']);
  // Planned anew with another rota, but not what has begun.
  const [roster] = (
    await listRosters(admin, { query: commandRoutes.listRosters.query.parse({ platform: 'FLOOD' }) })
  ).items.filter((one) => one.id === id);
  const seat = {
    id: roster?.seats[0]?.id,
    name: '值班员',
    rota: [{ username: 'flood.leader' }, { username: 'flood.head' }],
  };
  const body = commandRoutes.updateRoster.body.parse({
    name: '轮班',
    pattern: roster?.pattern,
    seats: [seat],
    version: 1,
  });
  await updateRoster(admin, { params: { id }, body });
  await expect(updateRoster(admin, { params: { id }, body })).rejects.toMatchObject({
    code: 'record.changed',
  });
  const was = house.now;
  house.now = november(23, 12);
  const again = await generate(await house.as('flood.admin'), id, {
    from: '2026-11-23',
    to: '2026-11-25',
    replace: true,
  });
  expect(again.count).toBe(5);
  expect((await standing(house, id)).map(([, who]) => who)[0]).toBe('flood.admin');
  house.now = was;
});

test('a roster in which somebody stands who has left is still changed, then retired: listed, planned and watched no more', async () => {
  const admin = await house.as('flood.admin');
  const seats = [{ name: '值班员', rota: [{ username: 'flood.leader' }, { username: 'flood.admin' }] }];
  const { id, pattern, seats: made } = await makeRoster(admin, { name: '停用', seats });
  const system = house.db.storage.system;
  await sql`update account set left_at = now() where username = 'flood.leader'`.execute(system);
  const put = async (who: string, given: object) =>
    updateRoster(await house.as(who), {
      params: { id },
      body: commandRoutes.updateRoster.body.parse({
        name: '停用',
        pattern,
        seats: seats.map((seat) => ({ ...seat, id: made[0]?.id })),
        ...given,
      }),
    });
  const changed = await put('flood.admin', { version: 1 });
  expect(changed.seats[0]?.rota.map(({ username }) => username)).toEqual(['flood.leader', 'flood.admin']);
  await expect(put('flood.handler', { version: 2, retired: true })).rejects.toMatchObject({
    code: 'access.denied',
  });
  const retired = await put('flood.admin', { version: 2, retired: true });
  expect(retired).toMatchObject({ retiredAt: house.now, allowedActions: [] });
  const listed = async (given: object) =>
    (
      await listRosters(await house.as('flood.admin'), {
        query: commandRoutes.listRosters.query.parse({ limit: 100, ...given }),
      })
    ).items.some((one) => one.id === id);
  expect([await listed({}), await listed({ retired: 'true' })]).toEqual([false, true]);
  expect((await now('flood.admin')).items.map(({ roster }) => roster.id)).not.toContain(id);
  await expect(generate(admin, id, { from: '2026-11-23', to: '2026-11-24' })).rejects.toBeDefined();
  await sql`update account set left_at = null where username = 'flood.leader'`.execute(system);
});

test('one person in two seats, a closed account and more than 24 hours block until they are accepted; a gap does not', async () => {
  const admin = await house.as('flood.admin');
  const only = [{ username: 'flood.leader' }];
  const { id } = await makeRoster(admin, {
    name: '冲突',
    seats: [
      { name: '甲', rota: only },
      { name: '乙', rota: only },
      { name: '空', rota: [] },
    ],
  });
  const span = { from: '2026-12-01', to: '2026-12-02' };
  await sql`update account set expires_at = ${new Date(november(31))} where username = 'flood.leader'`.execute(
    house.db.storage.system,
  );
  const dry = await generate(admin, id, { ...span, dryRun: true });
  const kinds = new Set(dry.conflicts.filter((one) => one.blocking).map((one) => one.kind));
  expect(kinds).toEqual(new Set(['two-seats', 'too-long', 'closed-account']));
  expect(dry.conflicts.find((one) => one.kind === 'gap')).toMatchObject({ seat: '空', blocking: false });
  await expect(generate(admin, id, span)).rejects.toMatchObject({ code: 'roster.conflict' });
  expect(await standing(house, id)).toEqual([]);
  await generate(admin, id, { ...span, acceptConflicts: true });
  expect(await standing(house, id)).toHaveLength(8);
  await sql`update account set expires_at = null where username = 'flood.leader'`.execute(
    house.db.storage.system,
  );
});

test('who is busy in a roster that the planner may not see is not planned twice', async () => {
  const district = await house.as('district');
  const people = ['flood.head', 'district'].map((username) => ({ username }));
  const pd = await makeRoster(district, {
    name: '区级',
    platform: 'PD',
    seats: [{ name: '值班长', rota: people }],
  });
  await generate(district, pd.id, { from: '2026-12-10', to: '2026-12-10' });
  const admin = await house.as('flood.admin');
  const { id } = await makeRoster(admin, {
    name: '撞班',
    seats: [{ name: '值班员', rota: [{ username: 'flood.head' }, { username: 'flood.handler' }] }],
  });
  const dry = await generate(admin, id, { from: '2026-12-10', to: '2026-12-10', dryRun: true });
  expect(dry.conflicts).toMatchObject([
    {
      kind: 'two-seats',
      person: expect.stringContaining('部门责任人'),
      text: expect.stringContaining('其他值班表'),
    },
  ]);
});

test('a year that is not announced is said where shifts are planned', async () => {
  const admin = await house.as('flood.admin');
  const rota = [{ username: 'flood.admin' }, { username: 'flood.head' }];
  const { id } = await makeRoster(admin, { name: '来年', seats: [{ name: '值班员', rota }] });
  const dry = await generate(admin, id, { from: '2028-03-01', to: '2028-03-02', dryRun: true });
  expect(dry.notes).toEqual([expect.stringContaining('2028 年节假日与调休尚未公布')]);
  for (const wrong of [
    { from: '2026-12-02', to: '2026-12-01' },
    { from: '2026-01-01', to: '2027-12-31' },
  ]) {
    await expect(generate(admin, id, wrong)).rejects.toMatchObject({ code: 'input.invalid' });
  }
});

test('at any moment it is told who is on, until when, and who is next; a deputy in the deputy’s time', async () => {
  const admin = await house.as('flood.admin');
  const rota = [{ username: 'flood.handler' }, { username: 'flood.head' }];
  const { id } = await makeRoster(admin, {
    name: '此刻',
    handoverRequired: false,
    seats: [{ name: '值班员', rota }],
  });
  await generate(admin, id, { from: '2026-12-21', to: '2026-12-22' });
  await delegate(house, {
    principal: 'flood.handler',
    deputy: 'flood.leader',
    from: november(51, 10),
    to: november(51, 12),
  });
  const seatAt = async (at: number) =>
    (await now('flood.handler', { platform: 'FLOOD', at })).items.find((one) => one.roster.id === id)
      ?.seats[0];
  expect(await seatAt(november(51, 9))).toMatchObject({
    on: { person: { username: 'flood.handler' }, deputyFor: null, to: november(51, 10), mine: true },
    next: { person: { username: 'flood.leader' } },
  });
  expect(await seatAt(november(51, 11))).toMatchObject({
    on: {
      person: { username: 'flood.leader' },
      deputyFor: expect.stringContaining('处置人员'),
      to: november(51, 12),
      mine: false,
    },
  });
  expect(await seatAt(november(51, 23))).toMatchObject({
    on: { person: { username: 'flood.head' }, to: november(52, 8, 30) },
    next: { person: { username: 'flood.handler' }, from: november(52, 8, 30) },
    gapUntil: null,
  });
  expect(await seatAt(november(51, 3))).toMatchObject({ on: null, gapUntil: november(51, 8, 30) });
  expect(await seatAt(november(60))).toMatchObject({ on: null, gapUntil: null, next: null });
  expect((await now('gas.admin', { platform: 'FLOOD' })).items).toEqual([]);
});

test('a shift is changed, cancelled and restored by who manages the roster; a gap shows, what is over stays', async () => {
  const admin = await house.as('flood.admin');
  const rota = [{ username: 'flood.handler' }, { username: 'flood.head' }];
  const { id } = await makeRoster(admin, { name: '改班', seats: [{ name: '值班员', rota }] });
  await generate(admin, id, { from: '2027-01-11', to: '2027-01-11' });
  const [first, second] = await shiftsOf('flood.handler', id);
  const one = first?.id ?? 0;
  await expect(change('flood.handler', one, { cancelled: true })).rejects.toMatchObject({
    code: 'access.denied',
  });
  await expect(change('gas.admin', one, { cancelled: true })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await expect(change('flood.admin', one, { version: 7 })).rejects.toMatchObject({ code: 'record.changed' });
  await expect(change('flood.admin', one, { to: (second?.to ?? 0) - HOUR })).rejects.toMatchObject({
    code: 'roster.conflict',
  });
  await expect(change('flood.admin', one, { to: first?.from })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  expect(await change('flood.admin', one, { cancelled: true })).toMatchObject({ status: 'cancelled' });
  const gap = await now('flood.admin', { at: first?.from });
  expect(gap.items.find((row) => row.roster.id === id)?.seats[0]).toMatchObject({
    on: null,
    gapUntil: second?.from,
  });
  expect(
    await change('flood.admin', one, { version: 2, cancelled: false, person: { username: 'flood.leader' } }),
  ).toMatchObject({ status: 'planned', person: { username: 'flood.leader' } });
  const { rows } = await sql<{
    action: string;
    after: { reason: string };
  }>`select action, after from audit where subject = ${`shift/${one}`} order by id`.execute(
    house.db.storage.system,
  );
  expect(rows.map((row) => [row.action, row.after.reason])).toEqual([
    ['shift.cancel', '测试'],
    ['shift.edit', '测试'],
  ]);
  const was = house.now;
  house.now = (first?.to ?? 0) + 1;
  await expect(change('flood.admin', one, { version: 3, cancelled: true })).rejects.toMatchObject({
    code: 'shift.past',
  });
  house.now = was;
});

test('the database itself keeps two shifts of a seat apart', async () => {
  const shift = sql`insert into duty_shift (roster_id, seat_id, place, scenario, from_at, to_at, account_id, status)
    select roster_id, seat_id, place, scenario, from_at + interval '1 hour', to_at, account_id, 'planned' from duty_shift limit 1`;
  await expect(shift.execute(house.db.storage.system)).rejects.toMatchObject({ code: '23P01' });
});
