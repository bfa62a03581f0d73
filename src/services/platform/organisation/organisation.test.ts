import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { settingAt } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { registerObject } from '../object/register-object.ts';
import { type House, openHouse } from '../testing.ts';
import { createUnit } from './create-unit.ts';
import { deleteSetting } from './delete-setting.ts';
import { getPlatform } from './get-platform.ts';
import { listResponsibilities } from './list-responsibilities.ts';
import { listSettings } from './list-settings.ts';
import { listUnits } from './list-units.ts';
import { loadPlatforms } from './load-platforms.ts';
import { putSetting } from './put-setting.ts';
import { revealPlatformContact } from './reveal-platform-contact.ts';
import { revealUnitPhone } from './reveal-unit-phone.ts';
import { updatePlatform } from './update-platform.ts';
import { updateUnit } from './update-unit.ts';

const ZHANGJIANG = '310115125';
const PHONE = '13800001234';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.db.drop());

const at = (code: string) => ({ params: { code } });
const owner = () => house.db.storage.system;
const object = (code: string, more: object = {}) => ({
  body: { code, name: code, scenarios: ['FLOOD'], lat: 31.2, lon: 121.6, simulated: false, ...more },
});

async function audited(action: string): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select action, subject, actor, before, after from audit where action = ${action} order by id desc`.execute(
    owner(),
  );
  return rows;
}

test('a platform tells its path, its duties with their source, and what lies within it', async () => {
  const admin = await house.as('admin');
  await registerObject(admin, object('C-1', { town: ZHANGJIANG }));
  await registerObject(admin, object('C-2', { village: '310115125001', scenarios: ['GAS', 'FLOOD'] }));
  await registerObject(admin, object('C-3', { town: '310115103', scenarios: ['GAS'] }));
  const flood = await getPlatform(admin, at('FLOOD'));
  expect(flood.path.map(({ code }) => code)).toEqual(['PD', 'industry.emergency', 'FLOOD']);
  expect(flood.content).toMatchObject({ children: [], objects: 2, points: 0, openWarnings: 0 });
  expect(flood.duties.map(({ text }) => text)).toContain('负责平台和场景内中、小闭环事件的闭环管理');
  expect(flood.duties.every(({ basis }) => basis !== '')).toBe(true);
  for (const duty of flood.duties.filter(({ sourceSeen }) => !sourceSeen)) {
    expect(duty.basis).toContain('未见原文');
  }
  const town = await getPlatform(admin, at(ZHANGJIANG));
  expect(town.content).toMatchObject({ objects: 2 });
  expect(town.content.children).toEqual([{ kind: 'village', count: town.children }]);
  const district = await getPlatform(admin, at('PD'));
  expect(district.content.objects).toBe(3);
  expect(district.content.children.map(({ kind }) => kind)).toContain('industry');
  expect((await getPlatform(admin, at('industry.meteorology'))).duties.map(({ text }) => text)).toContain(
    '负责新区预警发布工作',
  );
});

test('each counts only what each may see, and who reads no objects counts none', async () => {
  const count = async (username: string, code: string) =>
    (await getPlatform(await house.as(username), at(code))).content.objects;
  expect(await count('gas.admin', 'PD')).toBe(2);
  expect(await count('gas.admin', 'FLOOD')).toBe(1);
  expect(await count('town.zhangjiang', 'PD')).toBe(2);
  expect(await count('village.sample', 'PD')).toBe(1);
  expect(await count('auditor', 'PD')).toBe(0);
});

test('counts follow objects that move, retire and get points', async () => {
  const tally = () =>
    sql`select sum(objects)::int as objects, sum(points)::int as points from object_tally`.execute(owner());
  const counted = () =>
    sql`select (select count(*)::int from monitored_object where retired_at is null) as objects,
      (select count(*)::int from point) as points`.execute(owner());
  await sql`update monitored_object set place = 122000 where code = 'C-3'`.execute(owner());
  expect((await tally()).rows).toEqual((await counted()).rows);
  await sql`update monitored_object set retired_at = now() where code = 'C-3'`.execute(owner());
  expect((await tally()).rows).toEqual((await counted()).rows);
  await sql`update monitored_object set retired_at = null where code = 'C-3'`.execute(owner());
  expect((await tally()).rows).toEqual((await counted()).rows);
});

test('what people change of a platform outlives the next loading of the standard, the rest follows the file', async () => {
  const admin = await house.as('flood.admin');
  const before = await getPlatform(admin, at('FLOOD'));
  expect(before.allowedActions).toEqual(['edit', 'set', 'reveal']);
  const changed = await updatePlatform(admin, {
    ...at('FLOOD'),
    body: {
      version: before.version,
      unit: '区防汛指挥部办公室',
      effectiveFrom: '2024-08-01',
      contacts: [{ post: '防汛值守甲', phone: PHONE }, { post: '防汛值守乙' }],
    },
  });
  expect(changed).toMatchObject({
    unit: '区防汛指挥部办公室',
    version: before.version + 1,
    edited: [{ fact: 'unit', standard: null }],
    effectiveFrom: '2024-08-01',
    editedBy: 'flood.admin',
    contacts: [{ post: '防汛值守甲', phoneMasked: '138****1234' }, { phoneMasked: null }],
  });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'puan-platforms-'));
  const text = await readFile('standards/platforms.json', 'utf8');
  const renamed = text.replace('"name":"防汛防台"', '"name":"防汛防台（新）","unit":"另一单位"');
  await writeFile(path.join(folder, 'platforms.json'), renamed);
  await writeFile(path.join(folder, 'duties.json'), await readFile('standards/duties.json'));
  await loadPlatforms(house.system, path.join(folder, 'platforms.json'));
  await rm(folder, { recursive: true });
  const after = await getPlatform(admin, at('FLOOD'));
  expect(after).toMatchObject({
    name: '防汛防台（新）',
    unit: '区防汛指挥部办公室',
    edited: [{ fact: 'unit', standard: '另一单位' }],
  });
  expect(after.contacts).toEqual(changed.contacts);
  // Set to what the file says, it follows the file again.
  const back = await updatePlatform(admin, {
    ...at('FLOOD'),
    body: { version: after.version, unit: '另一单位' },
  });
  expect(back.edited).toEqual([]);
  await loadPlatforms(house.system, path.resolve('standards/platforms.json'));
  expect(await getPlatform(admin, at('FLOOD'))).toMatchObject({ name: '防汛防台', unit: null });
  const [written] = await audited('platform.update');
  expect(JSON.stringify(await audited('platform.update'))).not.toContain(PHONE);
  expect(written).toMatchObject({ subject: 'platform/FLOOD', actor: 'flood.admin' });
});

test('a platform is changed by who manages it, from the version that was read, and by nobody else', async () => {
  const gas = await house.as('gas.admin');
  const flood = await getPlatform(gas, at('FLOOD'));
  expect(flood.allowedActions).toEqual([]);
  const body = { version: flood.version, note: '试' };
  await expect(updatePlatform(gas, { ...at('FLOOD'), body })).rejects.toMatchObject({
    code: 'access.denied',
  });
  const handler = await house.as('flood.handler');
  await expect(updatePlatform(handler, { ...at('FLOOD'), body })).rejects.toMatchObject({
    code: 'access.denied',
  });
  const admin = await house.as('flood.admin');
  await expect(
    updatePlatform(admin, { ...at('FLOOD'), body: { ...body, version: flood.version + 5 } }),
  ).rejects.toMatchObject({ code: 'record.changed' });
  await expect(
    updatePlatform(admin, {
      ...at('FLOOD'),
      body: { version: flood.version, effectiveFrom: '2026-02-01', effectiveTo: '2026-01-01' },
    }),
  ).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(updatePlatform(admin, { ...at('无此平台'), body })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  // Also without the use case: the tables refuse.
  gas.authorize('platform.manage');
  const changed = await gas.transaction((tx) =>
    sql`update platform set note = '绕过' where code = 'FLOOD'`.execute(tx),
  );
  expect(changed.numAffectedRows).toBe(0n);
});

test('a post’s number is shown whole only against a reason, which the audit keeps', async () => {
  const admin = await house.as('flood.admin');
  const [first] = (await getPlatform(admin, at('FLOOD'))).contacts;
  const params = { code: 'FLOOD', id: first?.id ?? 0 };
  const body = { reason: '核对值守电话' };
  expect(await revealPlatformContact(admin, { params, body })).toEqual({ phone: PHONE });
  expect((await audited('personal.reveal'))[0]).toMatchObject({
    subject: 'platform/FLOOD',
    after: { post: '防汛值守甲', reason: '核对值守电话' },
  });
  const gas = await house.as('gas.admin');
  await expect(revealPlatformContact(gas, { params, body })).rejects.toMatchObject({ code: 'access.denied' });
  const sealed = await sql<{ phone_sealed: string }>`select phone_sealed from platform_contact`.execute(
    owner(),
  );
  expect(JSON.stringify(sealed.rows)).not.toContain(PHONE);
  // A list that names the entry keeps its number; one that does not takes the entry away.
  const { version } = await getPlatform(admin, at('FLOOD'));
  const contacts = [{ id: params.id, post: '防汛值守丙' }];
  const kept = await updatePlatform(admin, { ...at('FLOOD'), body: { version, contacts } });
  expect(kept.contacts).toEqual([
    expect.objectContaining({ post: '防汛值守丙', phoneMasked: '138****1234' }),
  ]);
  const foreign = [{ id: 999_999, post: '他台岗位' }];
  await expect(
    updatePlatform(admin, { ...at('FLOOD'), body: { version: kept.version, contacts: foreign } }),
  ).rejects.toMatchObject({ code: 'record.not-found' });
});

test('units lie where their platform lies, are found by two characters, and hide their number', async () => {
  const gas = await house.as('gas.admin');
  const made = await createUnit(gas, {
    body: { code: 'U-GAS', name: '东海燃气张江站', kind: 'operator', platform: 'GAS', phone: PHONE },
  });
  expect(made).toMatchObject({
    platformName: '燃气',
    phoneMasked: '138****1234',
    allowedActions: ['edit', 'reveal'],
  });
  const page = { limit: 50 };
  expect(
    (await listUnits(gas, { query: { ...page, search: '张江' } })).items.map(({ code }) => code),
  ).toEqual(['U-GAS']);
  expect((await listUnits(await house.as('flood.admin'), { query: page })).items).toEqual([]);
  await expect(
    createUnit(gas, { body: { code: 'U-X', name: '某', kind: 'owner', platform: 'FLOOD' } }),
  ).rejects.toMatchObject({ code: 'access.denied' });
  await expect(
    createUnit(gas, { body: { code: 'U-GAS', name: '某', kind: 'owner', platform: 'GAS' } }),
  ).rejects.toMatchObject({ code: 'record.exists' });
  const params = { id: made.id };
  const changed = await updateUnit(gas, { params, body: { version: 1, name: '东海燃气', note: null } });
  expect(changed).toMatchObject({ name: '东海燃气', version: 2, phoneMasked: '138****1234' });
  await expect(updateUnit(gas, { params, body: { version: 1 } })).rejects.toMatchObject({
    code: 'record.changed',
  });
  await expect(updateUnit(gas, { params, body: { version: 2, platform: 'FLOOD' } })).rejects.toMatchObject({
    code: 'access.denied',
  });
  expect(await revealUnitPhone(gas, { params, body: { reason: '联系检修' } })).toEqual({ phone: PHONE });
  await expect(
    revealUnitPhone(await house.as('flood.admin'), { params, body: { reason: '好奇' } }),
  ).rejects.toMatchObject({ code: 'record.not-found' });
  expect(JSON.stringify(await audited('unit.create'))).not.toContain(PHONE);
});

test('责任落实 tells who is named, what is vacant and who has left, and its totals count the whole', async () => {
  const admin = await house.as('admin');
  const all = await listResponsibilities(admin, { query: { limit: 500 } });
  expect(all.totals.platforms).toBe(1580);
  expect(all.totals.required).toBe(24 * 6 + 36 + 1520);
  expect(all.totals.named + all.totals.vacant + all.totals.left).toBe(all.totals.required);
  const of = async (code: string) =>
    (await listResponsibilities(admin, { query: { limit: 500, under: code } })).items.find(
      ({ platform }) => platform.code === code,
    );
  const states = async (code: string) => (await of(code))?.roles.map(({ role, state }) => `${role} ${state}`);
  expect(await states('FLOOD')).toEqual([
    'executive-owner named',
    'department-owner named',
    'business-admin named',
    'handler named',
    'tech-owner vacant',
    'tech-admin vacant',
  ]);
  // An industry's people do not stand for its scenarios, nor the other way round.
  expect((await of('industry.emergency'))?.roles.every(({ state }) => state === 'vacant')).toBe(true);
  await sql`update account set left_at = now() - interval '3 years' where username = 'flood.leader'`.execute(
    owner(),
  );
  await sql`update account set disabled_at = '2026-11-01' where username = 'flood.head'`.execute(owner());
  const left = (await of('FLOOD'))?.roles.filter(({ state }) => state === 'left');
  expect(left?.map(({ role }) => role)).toEqual(['executive-owner', 'department-owner']);
  expect(left?.[1]?.left).toEqual({ name: '防汛防台 部门责任人', at: Date.parse('2026-11-01T00:00:00Z') });
  const gaps = await listResponsibilities(admin, { query: { limit: 500, under: ZHANGJIANG, gaps: true } });
  expect(gaps.items.map(({ platform }) => platform.code)).not.toContain('310115125001');
  expect(gaps.items.every(({ roles }) => roles.some(({ state }) => state !== 'named'))).toBe(true);
  await sql`update account set left_at = null, disabled_at = null where username like 'flood.%'`.execute(
    owner(),
  );
});

test('责任落实 turns its pages without losing a platform, and shows nobody outside one’s scope', async () => {
  const admin = await house.as('admin');
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await listResponsibilities(admin, { query: { limit: 400, ...(after && { after }) } });
    seen.push(...page.items.map(({ platform }) => platform.code));
    expect(page.totals.platforms).toBe(1580);
    after = page.next ?? undefined;
  } while (after);
  expect(new Set(seen).size).toBe(1580);
  const flood = await listResponsibilities(await house.as('flood.admin'), { query: { limit: 500 } });
  expect(flood.items.map(({ platform }) => platform.code)).toEqual(['FLOOD']);
  const town = await listResponsibilities(await house.as('town.zhangjiang'), { query: { limit: 500 } });
  expect(town.items.every(({ platform }) => platform.code.startsWith(ZHANGJIANG))).toBe(true);
  expect(town.items[0]?.roles).toEqual([
    expect.objectContaining({ role: 'town-operator', state: 'named', left: null }),
  ]);
});

test('a team that holds a role is named, and left when it is disbanded', async () => {
  await sql`with t as (
      insert into team (code, name, platform_id, place, scenario) select 'T-1', '泵站班组', id, place, scenario
      from platform where code = 'GAS' returning id, platform_id, place, scenario)
    insert into role_assignment (team_id, role, platform_id, place, scenario, valid_from)
    select id, 'tech-owner', platform_id, place, scenario, '2026-01-01' from t`.execute(owner());
  const gas = await house.as('gas.admin');
  const role = async () =>
    (await listResponsibilities(gas, { query: { limit: 10, role: 'tech-owner' } })).items[0]?.roles[0];
  expect(await role()).toMatchObject({ state: 'named', holders: [{ name: '泵站班组', team: true }] });
  await sql`update team set disbanded_at = '2026-06-01' where code = 'T-1'`.execute(owner());
  expect(await role()).toMatchObject({ state: 'left', left: { name: '泵站班组' } });
});

test('a setting comes down the tree, says where it comes from, and is only made stricter below', async () => {
  const district = await house.as('district');
  const flood = await house.as('flood.admin');
  const key = 'session.idle-minutes';
  const here = async (code: string) =>
    (await listSettings(flood, at(code))).items.find((setting) => setting.key === key);
  expect(await here('FLOOD')).toMatchObject({
    value: 30,
    from: null,
    chain: [],
    max: 60,
    allowedActions: ['set'],
  });
  await putSetting(district, { params: { code: 'PD', key }, body: { value: 20 } });
  expect(await here('FLOOD')).toMatchObject({ value: 20, from: { code: 'PD' }, max: 20, tightenOnly: true });
  await expect(
    putSetting(flood, { params: { code: 'FLOOD', key }, body: { value: 25 } }),
  ).rejects.toMatchObject({ code: 'setting.refused' });
  const set = await putSetting(flood, { params: { code: 'FLOOD', key }, body: { value: 15 } });
  expect(set).toMatchObject({
    value: 15,
    from: { code: 'FLOOD' },
    max: 20,
    allowedActions: ['set', 'clear'],
  });
  expect(set.chain.map(({ platform, value }) => [platform.code, value])).toEqual([
    ['PD', 20],
    ['FLOOD', 15],
  ]);
  const id = (await getPlatform(flood, at('FLOOD'))).id;
  expect(await house.system.transaction((tx) => settingAt(tx, key, id))).toBe(15);
  // Towns hang below the district, not below a scenario.
  expect(await here(ZHANGJIANG)).toMatchObject({ value: 20 });
  const cleared = await deleteSetting(flood, { params: { code: 'FLOOD', key } });
  expect(cleared).toMatchObject({ value: 20, from: { code: 'PD' }, allowedActions: ['set'] });
  expect(await audited('setting.set')).toHaveLength(2);
  expect(await audited('setting.clear')).toHaveLength(1);
});

test('flood mode never ends above where it begins, whichever of the two is set or cleared', async () => {
  const flood = await house.as('flood.admin');
  const params = (end: 'enter-above' | 'leave-below') => ({ code: 'FLOOD', key: `flood.${end}` });
  const put = (end: 'enter-above' | 'leave-below', value: number) =>
    putSetting(flood, { params: params(end), body: { value } });
  const refused = {
    code: 'setting.refused',
    details: { reason: '洪峰模式的终点 12 条大于起点 10 条，须不大于起点' },
  };
  await expect(put('leave-below', 12)).rejects.toMatchObject(refused);
  await put('enter-above', 20);
  expect(await put('leave-below', 12)).toMatchObject({ value: 12 });
  await expect(put('enter-above', 11)).rejects.toMatchObject({ code: 'setting.refused' });
  await expect(deleteSetting(flood, { params: params('enter-above') })).rejects.toMatchObject(refused);
  await deleteSetting(flood, { params: params('leave-below') });
  await deleteSetting(flood, { params: params('enter-above') });
});

test('a village reads the settings that hold for it and sets none', async () => {
  const village = await house.as('village.sample');
  const { items } = await listSettings(village, at('310115125001'));
  expect(items.find(({ key }) => key === 'session.idle-minutes')).toMatchObject({
    value: 20,
    from: { code: 'PD' },
    allowedActions: [],
  });
  const params = { code: '310115125001', key: 'tracks.kept-days' };
  await expect(putSetting(village, { params, body: { value: 3 } })).rejects.toMatchObject({
    code: 'access.denied',
  });
  const gas = await house.as('gas.admin');
  await expect(
    putSetting(gas, { params: { ...params, code: 'FLOOD' }, body: { value: 3 } }),
  ).rejects.toMatchObject({ code: 'access.denied' });
  await expect(
    putSetting(gas, { params: { code: 'GAS', key: '__proto__' }, body: { value: 3 } }),
  ).rejects.toMatchObject({ code: 'record.not-found' });
  await expect(
    putSetting(gas, { params: { code: 'GAS', key: 'tracks.kept-days' }, body: { value: { a: 1 } } }),
  ).rejects.toMatchObject({ code: 'setting.refused' });
});
