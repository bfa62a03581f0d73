import { commandRoutes } from '#contract/command';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { House } from '../../platform/testing.ts';
import {
  callContact,
  callShift,
  createContact,
  createStore,
  listCallees,
  listContacts,
  listLog,
  listShifts,
  listStores,
  noteCall,
  openSampleDuty,
  getDutyNow,
  updateContact,
  updateStore,
} from '../index.ts';
import { delegate, generate, HOUR, makeRoster, openWatchHouse } from '../testing.ts';

let house: House;
beforeAll(async () => {
  house = await openWatchHouse();
});
afterAll(() => house.db.drop());

const PHONE = '13912345678';
const make = async (who: string, given: object = {}) =>
  createContact(await house.as(who), {
    body: commandRoutes.createContact.body.parse({
      platform: 'FLOOD',
      name: '泵站值守甲',
      phone: PHONE,
      tags: ['泵站'],
      ...given,
    }),
  });
const list = async (who: string, given: object = {}) =>
  listContacts(await house.as(who), { query: commandRoutes.listContacts.query.parse(given) });
const names = async (who: string, given: object = {}) =>
  (await list(who, given)).items.map(({ name }) => name);
const call = async (who: string, id: number, given: object = {}) =>
  callContact(await house.as(who), { params: { id }, body: given });
const audits = async (action: string) =>
  (
    await sql<{
      actor: string;
      subject: string;
      row: string;
    }>`select actor, subject, audit::text as row from audit
      where action = ${action} order by id`.execute(house.db.storage.system)
  ).rows;

test('a number is sealed in the tables and masked wherever it is listed, also in the audit', async () => {
  const made = await make('flood.admin');
  expect(made).toMatchObject({ phoneMasked: '139****5678', allowedActions: ['call', 'edit', 'retire'] });
  const { rows } = await sql<{ row: string }>`select contact::text as row from contact`.execute(
    house.db.storage.system,
  );
  expect(rows.map(({ row }) => row).join('')).not.toContain(PHONE);
  expect((await audits('contact.create')).map(({ row }) => row).join('')).not.toContain(PHONE);
  expect((await list('flood.handler')).items).toMatchObject([
    { name: '泵站值守甲', phoneMasked: '139****5678', allowedActions: [] },
  ]);
  expect(
    commandRoutes.createContact.body.safeParse({ platform: 'FLOOD', name: 'x', phone: 'javascript:alert(1)' })
      .success,
  ).toBe(false);
});

test('one call gives the number, stands in the duty log and in the audit as revealed, and takes a note afterwards', async () => {
  const id = (await list('flood.admin')).items[0]?.id ?? 0;
  await expect(call('flood.handler', id)).rejects.toMatchObject({ code: 'access.denied' });
  await expect(call('gas.admin', id)).rejects.toMatchObject({ code: 'record.not-found' });
  expect(await audits('personal.reveal')).toEqual([]);
  const told = await call('flood.admin', id, { reason: '问二号泵' });
  expect(told).toMatchObject({ phone: PHONE, href: `tel:${PHONE}`, name: '泵站值守甲' });
  expect(await audits('personal.reveal')).toMatchObject([
    { actor: 'flood.admin', subject: `contact/${id}`, row: expect.stringContaining('问二号泵') },
  ]);
  const query = commandRoutes.listLog.query.parse({ kind: 'call' });
  const [line] = (await listLog(await house.as('flood.admin'), { query })).items;
  expect(line).toMatchObject({
    id: told.log,
    text: expect.stringContaining('139****5678，问二号泵'),
    contact: { id, name: '泵站值守甲' },
    outcome: null,
  });
  const note = async (who: string) =>
    noteCall(await house.as(who), { params: { id: told.log }, body: { outcome: 'reached', text: '已开泵' } });
  await expect(note('flood.handler')).rejects.toMatchObject({ code: 'access.denied' });
  expect(await note('flood.admin')).toMatchObject({
    outcome: 'reached',
    text: expect.stringContaining('；已开泵'),
  });
  await expect(note('flood.admin')).rejects.toMatchObject({ code: 'duty-log.illegal-action' });
  // Seeing personal data is enough; the call is written where the caller belongs.
  expect((await call('flood.leader', id)).phone).toBe(PHONE);
});

test('a call about what one may not see is refused as a whole: no number, no trace', async () => {
  const id = (await list('flood.admin')).items[0]?.id ?? 0;
  const before = (await audits('personal.reveal')).length;
  await expect(call('flood.admin', id, { warning: 999 })).rejects.toMatchObject({ code: 'record.not-found' });
  expect(await audits('personal.reveal')).toHaveLength(before);
  const { id: mute } = await make('flood.admin', { name: '无号', phone: null });
  await expect(call('flood.admin', mute)).rejects.toMatchObject({ code: 'contact.no-phone' });
});

test('a hotline is everybody’s and shown as it is; a person’s number does not become one behind a back', async () => {
  const hotline = await make('district', {
    platform: 'PD',
    name: '供电热线',
    phone: '95598',
    phonePublic: true,
    tags: ['热线'],
  });
  expect(hotline.phoneMasked).toBe('95598');
  expect(await names('gas.admin')).toEqual(['供电热线']);
  expect(await names('gas.admin', { platform: 'GAS' })).toEqual(['供电热线']);
  expect((await call('gas.admin', hotline.id)).href).toBe('tel:95598');
  expect((await audits('contact.call')).map(({ actor }) => actor)).toEqual(['gas.admin']);
  await expect(call('gas.handler', hotline.id)).rejects.toMatchObject({ code: 'access.denied' });
  const one = (await list('flood.admin')).items.find(({ name }) => name === '泵站值守甲');
  const put = async (given: object) =>
    updateContact(await house.as('flood.admin'), {
      params: { id: one?.id ?? 0 },
      body: commandRoutes.updateContact.body.parse({ name: '泵站值守甲', version: 1, ...given }),
    });
  await expect(put({ phonePublic: true })).rejects.toMatchObject({ code: 'input.invalid' });
  expect(await put({ unit: '排水公司' })).toMatchObject({
    phoneMasked: '139****5678',
    version: 2,
    unit: '排水公司',
  });
  await expect(put({})).rejects.toMatchObject({ code: 'record.changed' });
  await expect(
    updateContact(await house.as('gas.admin'), {
      params: { id: hotline.id },
      body: commandRoutes.updateContact.body.parse({ name: 'x', version: 1 }),
    }),
  ).rejects.toMatchObject({ code: 'access.denied' });
});

test('contacts are found by name, unit and tag; whoever left is not listed; foreign platforms are refused', async () => {
  expect(await names('flood.admin', { search: '排水' })).toEqual(['泵站值守甲']);
  expect(await names('flood.admin', { tag: '热线' })).toEqual(['供电热线']);
  expect(await names('flood.admin', { search: '%' })).toEqual([]);
  await expect(make('flood.admin', { platform: 'GAS' })).rejects.toMatchObject({ code: 'access.denied' });
  await expect(make('flood.handler')).rejects.toMatchObject({ code: 'access.denied' });
  await expect(make('flood.admin', { team: 99 })).rejects.toMatchObject({ code: 'record.not-found' });
  const { id } = await make('flood.admin', { name: '离岗' });
  const body = commandRoutes.updateContact.body.parse({ name: '离岗', version: 1, retired: true });
  await updateContact(await house.as('flood.admin'), { params: { id }, body });
  expect(await names('flood.admin', { search: '离岗' })).toEqual([]);
  expect(await names('flood.admin', { search: '离岗', retired: 'true' })).toEqual(['离岗']);
  await expect(call('flood.admin', id)).rejects.toMatchObject({ code: 'record.not-found' });
});

test('teams stand in the book with their members, read only', async () => {
  await sql`with t as (insert into team (code, name, platform_id, place, scenario)
      select 'FX1', '防汛抢险一班', id, place, scenario from platform where code = 'FLOOD' returning id)
    insert into team_member select t.id, a.id, true from t, account a where a.username = 'flood.handler'`.execute(
    house.db.storage.system,
  );
  expect((await list('flood.admin', { search: '抢险' })).teams).toMatchObject([
    { name: '防汛抢险一班', members: [{ leader: true }] },
  ]);
  expect((await list('gas.admin')).teams).toEqual([]);
});

test('a store is kept with what is in it, found by an item, and stays in its platform', async () => {
  const keeper = (await list('flood.admin', { search: '泵站' })).items[0]?.id ?? 0;
  const given = {
    platform: 'FLOOD',
    name: '一号库',
    lat: 31.2,
    lon: 121.6,
    keeper,
    items: [{ name: '沙袋', quantity: 500, unit: '只' }],
  };
  const body = commandRoutes.createStore.body.parse(given);
  const made = await createStore(await house.as('flood.admin'), { body });
  expect(made).toMatchObject({ keeper: { name: '泵站值守甲', phoneMasked: '139****5678' }, version: 1 });
  const swapped = { ...body, lat: 121.6, lon: 31.2 };
  await expect(createStore(await house.as('flood.admin'), { body: swapped })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await expect(createStore(await house.as('gas.admin'), { body })).rejects.toMatchObject({
    code: 'access.denied',
  });
  const found = async (who: string, search: string) =>
    (await listStores(await house.as(who), { query: commandRoutes.listStores.query.parse({ search }) }))
      .items;
  expect(await found('flood.handler', '沙袋')).toMatchObject([{ name: '一号库', allowedActions: [] }]);
  expect(await found('gas.admin', '沙袋')).toEqual([]);
  const change = commandRoutes.updateStore.body.parse({ ...given, items: [], version: 1 });
  const put = async (who: string) =>
    updateStore(await house.as(who), { params: { id: made.id }, body: change });
  await expect(put('gas.admin')).rejects.toMatchObject({ code: 'record.not-found' });
  expect(await put('flood.admin')).toMatchObject({ items: [], version: 2 });
  await expect(put('flood.admin')).rejects.toMatchObject({ code: 'record.changed' });
});

test('whoever stands a shift now is called, the deputy in the deputy’s time', async () => {
  const admin = await house.as('flood.admin');
  const rota = [{ username: 'flood.handler' }, { username: 'flood.head' }];
  const roster = await makeRoster(admin, { name: '拨号', seats: [{ name: '值班员', rota }] });
  await generate(admin, roster.id, { from: '2026-11-20', to: '2026-11-20' });
  const query = commandRoutes.listShifts.query.parse({ roster: roster.id });
  const [shift] = (await listShifts(admin, { query })).items;
  const ring = async (who: string) =>
    callShift(await house.as(who), { params: { id: shift?.id ?? 0 }, body: {} });
  await expect(ring('flood.admin')).rejects.toMatchObject({
    code: 'contact.no-phone',
    details: { name: expect.stringContaining('处置人员') },
  });
  await expect(ring('flood.handler')).rejects.toMatchObject({ code: 'access.denied' });
  await delegate(house, {
    principal: 'flood.handler',
    deputy: 'flood.leader',
    from: house.now - 1,
    to: house.now + HOUR,
  });
  const { vault } = admin;
  await sql`update account set phone_sealed = ${vault.seal(PHONE, 'phone')}, phone_masked = '139****5678' where username = 'flood.leader'`.execute(
    house.db.storage.system,
  );
  expect((await ring('flood.admin')).phone).toBe(PHONE);
  expect((await audits('personal.reveal')).at(-1)).toMatchObject({ subject: 'account/flood.leader' });
});

test('a village calls who is on duty above it: town before district, the deputy in the deputy’s time, hotlines last, and no others', async () => {
  for (const [platform, person] of [
    ['PD', 'cityops'],
    ['310115125', 'town.zhangjiang'],
    ['310115004', 'gas.admin'],
  ] as const) {
    const admin = await house.as('district');
    const roster = await makeRoster(admin, {
      name: `${platform} 叫应`,
      platform,
      seats: [{ name: '值班员', rota: [{ username: person }] }],
    });
    await generate(admin, roster.id, { from: '2026-11-20', to: '2026-11-22', acceptConflicts: true });
  }
  const seal = (username: string, phone: string) =>
    sql`update account set phone_sealed = ${house.ground.vault.seal(phone, 'phone')}, phone_masked = '***' where username = ${username}`.execute(
      house.db.storage.system,
    );
  await seal('town.zhangjiang', '13800000001');
  const ask = async (who: string) => (await listCallees(await house.as(who))).items;
  const before = (await audits('personal.reveal')).length;
  const found = await ask('village.sample');
  expect(found.map(({ duty, name, href }) => [duty?.platform ?? null, name, href])).toEqual([
    ['张江镇', '张江镇 值守', 'tel:13800000001'],
    [expect.any(String), '城运中心', null],
    [null, '供电热线', 'tel:95598'],
  ]);
  const told = (await audits('personal.reveal')).slice(before);
  expect(told).toMatchObject([{ actor: 'village.sample', subject: 'duty-callees' }]);
  expect(told[0]?.row).not.toContain('13800000001');
  await delegate(house, {
    principal: 'town.zhangjiang',
    deputy: 'met.admin',
    from: house.now - 1,
    to: house.now + HOUR,
  });
  expect((await ask('village.sample'))[0]).toMatchObject({
    name: '气象分平台 业务管理员',
    duty: { until: house.now + HOUR },
    phone: null,
  });
  await expect(ask('flood.admin')).rejects.toMatchObject({ code: 'access.denied' });
});

test('the samples are opened once, somebody is on duty at once, and again after a month', async () => {
  const count = async () =>
    (
      await sql<{ n: number }>`select (select count(*) from contact) + (select count(*) from roster)
      + (select count(*) from emergency_store) as n`.execute(house.db.storage.system)
    ).rows[0]?.n;
  await openSampleDuty(house.system);
  const once = await count();
  await openSampleDuty(house.system);
  expect(await count()).toBe(once);
  for (const later of [0, 30 * 24 * HOUR, 90 * 24 * HOUR]) {
    house.now += later;
    await openSampleDuty(house.system);
    const query = commandRoutes.getDutyNow.query.parse({});
    const { items } = await getDutyNow(await house.as('district'), { query });
    const seats = items.filter(({ roster }) => roster.name.endsWith('值班')).flatMap((one) => one.seats);
    expect(seats).toHaveLength(5);
    expect(seats.every((seat) => seat.on !== null && seat.next !== null)).toBe(true);
  }
});
