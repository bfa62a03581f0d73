import type { Event } from '#bus';
import { commandRoutes } from '#contract/command';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { House } from '../../platform/testing.ts';
import { addLogLine, correctLogLine, exportLog, keepDutyLog, listLog, markLogLine } from '../index.ts';
import { delegate, generate, makeRoster, MINUTE, november, openWatchHouse } from '../testing.ts';

let house: House;
let warning = 0;
let order = 0;
const ZHANGJIANG = 125_000;
beforeAll(async () => {
  house = await openWatchHouse();
  const { system } = house.db.storage;
  const town = await sql<{ place: number }>`select place from platform where code = '310115125'`.execute(
    system,
  );
  const place = town.rows[0]?.place ?? ZHANGJIANG;
  await sql`insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
    values ('U', '世纪大道下立交', '{1}', ${place}, false, 31.2, 121.5)`.execute(system);
  const made = await sql<{
    id: number;
  }>`insert into warning (object_id, item_code, place, scenario, state, level, peak_level,
    reason, opened_at, changed_at, simulated) select id, '积水', ${place}, 1, 'open', 3, 3, 'x', now(), now(), false
    from monitored_object returning id`.execute(system);
  warning = made.rows[0]?.id ?? 0;
  const orders = await sql<{
    id: number;
  }>`insert into work_order (code, warning_id, object_id, item_code, place, scenario, level,
    loop, state, unit, handbook_id, limits, standard_version, limit_class, opened_at, simulated)
    select 'GD-1', id, object_id, item_code, place, scenario, 3, 'small', 'raised', '防汛队', freeze_handbook('{}'), '{}', 't', 'T-std', now(), false
    from warning returning id`.execute(system);
  order = orders.rows[0]?.id ?? 0;
});
afterAll(() => house.db.drop());

let seq = 0;
async function event(type: string, payload: object = {}, at = house.now): Promise<Event> {
  seq += 1;
  const { rows } = await sql<{ place: number }>`select place from warning where id = ${warning}`.execute(
    house.db.storage.system,
  );
  const id = type.startsWith('warning.') ? warning : order;
  return { seq, type, at, place: rows[0]?.place ?? 0, scenario: 1, payload: { id, warning, ...payload } };
}
const keep = (events: readonly Event[]) =>
  house.db.storage.system.transaction().execute((tx) => keepDutyLog(tx, events));
const list = async (who: string, given: object = {}) =>
  (await listLog(await house.as(who), { query: commandRoutes.listLog.query.parse({ limit: 500, ...given }) }))
    .items;
const add = async (who: string, given: object) =>
  addLogLine(await house.as(who), { body: commandRoutes.addLogLine.body.parse(given) });

test('the log fills itself with what the system did, at the scenario’s platform and at the town’s', async () => {
  const happened = [
    await event('warning.raised', { level: 'orange', text: '水深 31 cm' }),
    await event('work-order.raised', { level: 'orange' }),
    await event('work-order.advanced', { action: 'accept', by: '处置人员甲' }),
    await event('work-order.overdue', { text: '到场时限已到，记超期' }),
    await event('warning.normal', { level: 'normal' }),
    await event('alarm.raised'),
  ];
  await keep(happened);
  // Brought again after a crash, it is written once.
  await keep(happened);
  const flood = await list('flood.handler', { platform: 'FLOOD' });
  expect(flood.map(({ text, by, kind }) => [text, by, kind]).toReversed()).toEqual([
    ['橙色预警：世纪大道下立交 积水，水深 31 cm', null, 'system'],
    ['自动开单 GD-1（橙色）：世纪大道下立交 积水', null, 'system'],
    ['工单 GD-1 接单：世纪大道下立交 积水（处置人员甲）', null, 'system'],
    ['工单 GD-1 超期：世纪大道下立交 积水，到场时限已到，记超期', null, 'system'],
    ['预警恢复：世纪大道下立交 积水', null, 'system'],
  ]);
  expect(flood[0]).toMatchObject({ warning, platform: { code: 'FLOOD' } });
  expect(flood[1]).toMatchObject({ warning, workOrder: { id: order, code: 'GD-1' } });
  expect((await list('town.zhangjiang')).map(({ text }) => text)).toEqual(flood.map(({ text }) => text));
  // The district sees each happening once.
  expect(await list('district', { below: 'true' })).toHaveLength(5);
  expect(await list('district')).toEqual([]);
  await expect(list('gas.admin', { platform: 'FLOOD' })).rejects.toMatchObject({ code: 'access.denied' });
  expect(await list('gas.admin')).toEqual([]);
});

test('a flood of 2,000 events leaves twenty lines a minute and kind and one that counts the rest, however it arrives', async () => {
  const at = november(20, 14);
  const events: Event[] = [];
  for (let i = 0; i < 2000; i += 1) {
    events.push(await event('warning.raised', { level: 'red', text: `第 ${i}` }, at + (i % 2) * MINUTE));
  }
  await keep(events.slice(0, 30));
  await keep(events.slice(30, 1300));
  await keep(events.slice(1000, 1300));
  await keep(events.slice(1300));
  await keep(events);
  for (const who of ['flood.handler', 'town.zhangjiang']) {
    for (const minute of [0, 1]) {
      const from = at + minute * MINUTE;
      const lines = await list(who, { from, to: from + MINUTE });
      expect(lines).toHaveLength(21);
      const counted = lines.filter((line) => line.count > 1);
      expect(counted).toMatchObject([
        { count: 980, text: expect.stringMatching(/^红色预警：.* 等 980 起$/u), warning: null },
      ]);
    }
  }
});

test('a replay’s happenings are marked and can be left out', async () => {
  const at = november(20, 15);
  await keep([await event('warning.raised', { level: 'blue', session: 4 }, at)]);
  const span = { from: at, to: at + MINUTE };
  expect(await list('flood.admin', span)).toMatchObject([{ replay: true }]);
  expect(await list('flood.admin', { ...span, replay: 'false' })).toEqual([]);
});

test('a line takes a text and nothing else: it lands where one is on duty, else at one’s own platform', async () => {
  expect(await add('flood.admin', { text: '区防办来电询问水位' })).toMatchObject({
    platform: { code: 'FLOOD' },
    kind: 'note',
  });
  expect(await add('district', { text: '领导带班到岗' })).toMatchObject({ platform: { code: 'PD' } });
  const district = await house.as('district');
  const seats = [{ name: '值班长', rota: [{ username: 'coordinator' }, { username: 'cityops' }] }];
  const roster = await makeRoster(district, { name: '防汛代管', platform: 'FLOOD', seats });
  await generate(district, roster.id, { from: '2026-11-20', to: '2026-11-20' });
  expect(await add('coordinator', { text: '在防汛席位' })).toMatchObject({ platform: { code: 'FLOOD' } });
  await delegate(house, {
    principal: 'coordinator',
    deputy: 'town.zhangjiang',
    from: house.now - 1,
    to: house.now + MINUTE,
  });
  expect(await add('town.zhangjiang', { text: '替班' })).toMatchObject({ platform: { code: 'FLOOD' } });
});

test('a text that is told in short is not cut through a character', async () => {
  const text = `${'水'.repeat(199)}😀`;
  expect(await add('flood.admin', { text })).toMatchObject({ text });
});

test('a line sent twice with its key is one; it links only to what one may see', async () => {
  const given = { text: '巡查井盖', key: 'k-1', warning, workOrder: order };
  const one = await add('flood.admin', given);
  expect((await add('flood.admin', given)).id).toBe(one.id);
  expect(one).toMatchObject({ warning, workOrder: { code: 'GD-1' } });
  // Somebody else's key is somebody else's line.
  expect((await add('flood.head', given)).id).not.toBe(one.id);
  await expect(add('gas.admin', { text: 'x', warning })).rejects.toMatchObject({ code: 'record.not-found' });
  await expect(add('gas.admin', { text: 'x', platform: 'FLOOD' })).rejects.toMatchObject({
    code: 'access.denied',
  });
  await expect(add('flood.handler', { text: 'x' })).rejects.toMatchObject({ code: 'access.denied' });
});

test('a correction strikes the line through and keeps it; the system’s lines are not corrected', async () => {
  const { id } = await add('flood.admin', { text: '水位 3.1 米' });
  const correct = async (who: string, line: number) =>
    correctLogLine(await house.as(who), {
      params: { id: line },
      body: { text: '水位 3.7 米', reason: '听错' },
    });
  await expect(correct('gas.admin', id)).rejects.toMatchObject({ code: 'record.not-found' });
  const right = await correct('flood.head', id);
  expect(right).toMatchObject({ text: '水位 3.7 米', struck: null });
  const kept = (await list('flood.admin', { search: '3.1' }))[0];
  expect(kept).toMatchObject({
    id,
    text: '水位 3.1 米',
    struck: { reason: '听错', correctedBy: right.id },
    allowedActions: [],
  });
  await expect(correct('flood.admin', id)).rejects.toMatchObject({ code: 'duty-log.illegal-action' });
  const system = (await list('flood.admin', { kind: 'system' }))[0]?.id ?? 0;
  await expect(correct('flood.admin', system)).rejects.toMatchObject({ code: 'duty-log.illegal-action' });
  const marked = await markLogLine(await house.as('flood.admin'), {
    params: { id: system },
    body: { forHandover: true },
  });
  expect(marked.forHandover).toBe(true);
});

test('the log is found by day, kind and text; signs of a pattern mean themselves', async () => {
  await add('flood.admin', { text: '闸门开度 50%_' });
  expect((await list('flood.admin', { search: '50%_' })).map(({ text }) => text)).toEqual(['闸门开度 50%_']);
  expect(await list('flood.admin', { search: '5_%' })).toEqual([]);
  expect(await list('flood.admin', { day: '2026-11-19' })).toEqual([]);
  expect((await list('flood.admin', { day: '2026-11-20', kind: 'note' })).length).toBeGreaterThan(3);
});

test('the export is CSV that no spreadsheet takes for a formula, bounded, within the scope, and audited', async () => {
  await add('flood.admin', { text: '=HYPERLINK("http://x","点我")' });
  const ask = async (who: string, given: object) =>
    exportLog(await house.as(who), { query: commandRoutes.exportLog.query.parse(given) });
  const { content, name } = await ask('flood.admin', { day: '2026-11-20', kind: 'note' });
  expect(name).toBe('值班日志-防汛防台-2026-11-20.csv');
  expect(content.startsWith('\u{FEFF}"时间","平台"')).toBe(true);
  expect(content).toContain(`"'=HYPERLINK(""http://x"",""点我"")"`);
  expect(content).toContain('水位 3.1 米');
  await expect(ask('flood.admin', { from: november(1), to: november(40) })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await expect(ask('gas.admin', { platform: 'FLOOD', day: '2026-11-20' })).rejects.toMatchObject({
    code: 'access.denied',
  });
  const { rows } = await sql`select from audit where action = 'duty-log.export'`.execute(
    house.db.storage.system,
  );
  expect(rows).toHaveLength(1);
});
