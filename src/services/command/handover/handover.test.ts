import { commandRoutes } from '#contract/command';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { House } from '../../platform/testing.ts';
import {
  addLogLine,
  createContact,
  getDutyNow,
  getHandover,
  listHandovers,
  noteHandover,
  signHandover,
  writeHandover,
} from '../index.ts';
import { delegate, generate, HOUR, makeRoster, MINUTE, november, openWatchHouse } from '../testing.ts';

let house: House;
let roster = 0;
/** The handler has the day of Monday the 23rd, the head the night. */
beforeAll(async () => {
  house = await openWatchHouse();
  const admin = await house.as('flood.admin');
  const rota = ['flood.handler', 'flood.head'].map((username) => ({ username }));
  roster = (await makeRoster(admin, { name: '交接', seats: [{ name: '值班员', rota }] })).id;
  await generate(admin, roster, { from: '2026-11-23', to: '2026-11-25' });
  house.now = november(23, 20);
  await stage();
});
afterAll(() => house.db.drop());

/** Warnings and orders of flood and of gas, a limit that falls due in the night, a silent point and a running replay. */
async function stage(): Promise<void> {
  const { system } = house.db.storage;
  const at = (hours: number): Date => new Date(house.now + hours * HOUR);
  await sql`insert into standard_version (scenario, version, document, published_at, effective_from)
    values (1, 't', '{}', now(), now())`.execute(system);
  await sql`insert into element (code, standard_id, scenario, name, unit, period_seconds, sensing, is_key, body)
    select c, (select min(id) from standard_version), 1, c, 'cm', 300, 'iot', true, '{}' from unnest(array['E']) c`.execute(
    system,
  );
  await sql`insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon) values
    ('F', '世纪大道下立交', '{1}', 125000, false, 31.2, 121.5), ('G', '燃气站', '{5}', 125000, false, 31.2, 121.5)`.execute(
    system,
  );
  await sql`insert into device (protocol, code, place, scenarios) values ('http', 'D', 125000, '{1}')`.execute(
    system,
  );
  await sql`insert into point (code, object_id, element_code, device_id, place, scenarios, simulated)
    select 'P' || n, (select id from monitored_object where code = 'F'), 'E', (select id from device), 125000, '{1}', false
    from generate_series(1, 3) n`.execute(system);
  // One speaks, one is silent since noon, one never spoke.
  await sql`insert into point_state (point_id, observed_at, value, quality, interval_ms) values
    ((select id from point where code = 'P1'), ${at(-0.02)}, 1, 0, 300000),
    ((select id from point where code = 'P2'), ${at(-8)}, 1, 0, 300000)`.execute(system);
  await sql`insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at,
      acknowledged_at, acknowledged_by, replay_session_id, simulated)
    select m.id, v.item, 125000, m.scenarios[1], v.state, v.level, v.level, 'x', v.at, v.at, v.ack, case when v.ack is not null then '甲' end,
      v.session, false
    from (values ('F', 'I1', 'open', 4, ${at(-3)}::timestamptz, null::timestamptz, null::int), ('F', 'I2', 'closed', 1, ${at(-2)}, ${at(-1.9)}, null),
      ('F', 'I3', 'open', 2, ${at(-50)}, ${at(-49)}, null), ('F', 'I4', 'closed', 2, ${at(-60)}, null, null),
      ('F', 'I5', 'open', 3, ${at(-1)}, null, 7), ('G', 'I1', 'open', 4, ${at(-1)}, null, null)) v(object, item, state, level, at, ack, session)
    join monitored_object m on m.code = v.object`.execute(system);
  await sql`insert into work_order (code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit, handbook_id, limits,
      standard_version, limit_class, opened_at, overdue, replay_session_id, simulated)
    select 'GD' || w.id, w.id, w.object_id, w.item_code, w.place, w.scenario, w.level, 'small',
      case w.item_code when 'I3' then 'disposing' when 'I2' then 'closed' else 'dispatched' end, '防汛队', freeze_handbook('{}'), '{}', 't', 'T-std',
      w.opened_at, w.item_code = 'I3', w.replay_session_id, false from warning w`.execute(system);
  await sql`insert into deadline (work_order_id, place, scenario, kind, started_at, due_at, met_at, replay_session_id)
    select o.id, o.place, o.scenario, k.kind, ${at(-3)}, k.due, k.met, o.replay_session_id
    from work_order o, (values ('accept', ${at(-2)}::timestamptz, ${at(-2.5)}::timestamptz), ('on-site', ${at(5)}, null), ('close', ${at(30)}, null)) k(kind, due, met)`.execute(
    system,
  );
  // Put aside: one of flood, one of gas, one that is over; a sensor that is out of service; an alarm that is held back.
  await sql`insert into shelf (scope, object_id, item_code, place, scenario, level, reason_kind, reason, minutes, state, made_by, made_by_id,
      made_at, from_at, until, ended_by, ended_at)
    select 'item', m.id, v.item, 125000, m.scenarios[1], 3, 'maintenance', '清淤，已派人看守', 180, v.state, a.name, a.id, ${at(-1)}, ${at(-1)},
      ${at(3)}, v.over, case when v.over is not null then ${at(-0.5)}::timestamptz end
    from (values ('F', 'I1', 'running', null), ('F', 'I2', 'ended', '甲'), ('G', 'I1', 'running', null)) v(object, item, state, over)
    join monitored_object m on m.code = v.object join account a on a.username = 'flood.admin'`.execute(
    system,
  );
  await sql`insert into service_window (kind, point_id, place, scenario, from_at, reason, made_by, made_at)
    select 'out-of-service', id, 125000, 1, ${at(-30)}, '探头拆回检定', '甲', ${at(-30)} from point where code = 'P3'`.execute(
    system,
  );
  await sql`insert into sign (standard_id, code, item_code, element_code, scenario, name, body)
    select min(id), 'S1', 'I1', 'E', 1, '水深', '{}' from standard_version`.execute(system);
  await sql`insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value,
      raised_at, changed_at, recorded_at, simulated)
    select n, p.id, p.object_id, (select id from sign), 'I1', 125000, case n when 1 then 1 else 5 end, 3, 3, 1, 1, ${at(-1)}, ${at(-1)}, ${at(-1)}, false
    from generate_series(1, 2) n join point p on p.code = 'P' || n`.execute(system);
  await sql`insert into alarm_hold (alarm_id, kind, held_by, level, place, scenario, reason, held_at)
    values (1, 'shelved', 'shelf/1', 3, 125000, 1, '清淤', ${at(-1)}), (2, 'suppressed', 'rule/1', 3, 125000, 5, '停电', ${at(-1)})`.execute(
    system,
  );
  await sql`insert into replay_session (name, state, opened_at) values ('台风回放', 'running', ${at(-1)}), ('旧', 'ended', ${at(-9)})`.execute(
    system,
  );
}

const write = (context: RequestContext, given: object = {}) =>
  writeHandover(context, { body: { roster, ...given } });
const sign = async (who: string, id: number, hash: string) =>
  signHandover(await house.as(who), { params: { id }, body: { hash } });
const read = async (who: string, id: number) => getHandover(await house.as(who), { params: { id } });
const seat = async (who: string) =>
  (await getDutyNow(await house.as(who), { query: commandRoutes.getDutyNow.query.parse({}) })).items[0]
    ?.seats[0];

test('the system writes the page itself: what is open, what falls due, what was raised, what is silent; of this platform only', async () => {
  const body = commandRoutes.addLogLine.body.parse({ text: '泵站二号泵在修，夜里注意', forHandover: true });
  await addLogLine(await house.as('flood.admin'), { body });
  const { document, state, allowedActions } = await write(await house.as('flood.handler'));
  expect({ state, allowedActions }).toEqual({ state: 'draft', allowedActions: ['sign', 'rewrite'] });
  expect(document).toMatchObject({
    outgoing: { username: 'flood.handler' },
    incoming: { username: 'flood.head' },
    shift: { from: november(23, 8, 30), to: november(23, 20, 30) },
    orders: { open: 3, overdue: 1, more: 0 },
    warnings: { raised: 2, acknowledged: 1, open: 2, unacknowledged: 1, more: 0 },
    shelving: {
      available: true,
      text: '2 项；现在拦下的报警：已搁置 1 条',
      items: [
        {
          kindName: '已搁置',
          object: '世纪大道下立交',
          what: 'I1',
          level: 'orange',
          reason: '清淤，已派人看守',
          by: '防汛防台 业务管理员',
          until: november(23, 23),
          proposed: false,
        },
        { kindName: '停用', object: '世纪大道下立交', what: 'P3', level: null, until: null },
      ],
      more: 0,
    },
    blindSpots: {
      silent: 2,
      points: 3,
      worst: [{ object: '世纪大道下立交', silent: 2, lastAt: november(23, 12) }],
    },
    replays: [{ name: '台风回放' }],
    log: [{ text: '泵站二号泵在修，夜里注意', kind: 'note' }],
  });
  expect(document.orders.byState.map((one) => [one.stateName, one.count])).toEqual([
    ['待接单', 2],
    ['处置中', 1],
  ]);
  expect(document.orders.items[0]).toMatchObject({ overdue: true, object: '世纪大道下立交' });
  expect(document.promises.items.map((one) => one.kindName)).toEqual(['到场', '到场', '到场']);
  expect(document.warnings.items.map((one) => [one.item, one.level])).toEqual([
    ['I1', 'red'],
    ['I3', 'yellow'],
    ['I2', 'blue'],
  ]);
});

test('nobody else writes or finds it: another scenario’s people, a reader who is not on duty', async () => {
  await expect(write(await house.as('gas.admin'))).rejects.toMatchObject({ code: 'record.not-found' });
  await expect(write(await house.as('flood.leader'))).rejects.toMatchObject({ code: 'access.denied' });
  await expect(write(await house.as('flood.handler'), { seat: 999 })).rejects.toMatchObject({
    code: 'record.not-found',
  });
});

test('the outgoing signs what was read and freezes it; then the incoming; until then the outgoing stays responsible', async () => {
  const handler = await house.as('flood.handler');
  const first = await write(handler);
  const { rows } =
    await sql`insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at,
    changed_at, simulated) select object_id, 'I9', place, scenario, 'open', 1, 1, 'x', now(), now(), false from warning limit 1
    returning id`.execute(house.db.storage.system);
  expect(rows).toHaveLength(1);
  const page = await write(handler);
  expect(page.id).toBe(first.id);
  const { id, hash } = page;
  // What was not seen is not signed.
  await expect(sign('flood.handler', id, first.hash)).rejects.toMatchObject({ code: 'record.changed' });
  for (const who of ['flood.head', 'flood.admin', 'district']) {
    await expect(sign(who, id, hash)).rejects.toMatchObject({ code: 'handover.not-yours' });
  }
  await expect(sign('gas.admin', id, hash)).rejects.toMatchObject({ code: 'record.not-found' });
  house.now += 31 * MINUTE;
  await expect(sign('flood.handler', id, hash)).rejects.toMatchObject({ code: 'handover.illegal-action' });
  house.now -= 31 * MINUTE;
  const signed = await sign('flood.handler', id, hash);
  expect(signed).toMatchObject({
    state: 'outgoing-signed',
    outgoingSigned: { at: house.now },
    document: page.document,
  });
  await expect(write(handler)).rejects.toMatchObject({ code: 'handover.illegal-action' });
  await expect(sign('flood.handler', id, hash)).rejects.toMatchObject({ code: 'handover.not-yours' });

  house.now = november(23, 20, 40);
  expect(await seat('flood.head')).toMatchObject({
    on: { person: { username: 'flood.head' } },
    stillResponsible: { username: 'flood.handler' },
    handover: { id, state: 'outgoing-signed' },
  });
  expect((await read('flood.head', id)).responsible).toContain('处置人员');
  const done = await sign('flood.head', id, hash);
  expect(done).toMatchObject({
    state: 'complete',
    hash,
    document: page.document,
    incomingSigned: { at: house.now },
  });
  expect(done.responsible).toContain('部门责任人');
  expect(await seat('flood.head')).toMatchObject({ stillResponsible: null });
  await expect(sign('flood.head', id, hash)).rejects.toMatchObject({ code: 'handover.illegal-action' });
});

test('a signed page is amended by notes of the two, never edited, not even by the owner of the tables', async () => {
  const query = commandRoutes.listHandovers.query.parse({});
  const id = (await listHandovers(await house.as('flood.handler'), { query })).items[0]?.id ?? 0;
  const note = async (who: string) =>
    noteHandover(await house.as(who), { params: { id }, body: { text: '补充：泵站钥匙在值班室' } });
  await expect(note('flood.admin')).rejects.toMatchObject({ code: 'handover.not-yours' });
  expect((await note('flood.handler')).notes).toHaveLength(1);
  expect((await note('flood.head')).notes).toHaveLength(2);
  const { system } = house.db.storage;
  // Whoever has the page open is told.
  const { rows: told } =
    await sql`select place, scenario, payload from outbox where type = 'duty.handover-noted'`.execute(system);
  expect(told).toMatchObject([{ payload: { id } }, { payload: { id } }]);
  for (const change of [
    sql`update handover set document = '{}'`,
    sql`update handover set outgoing_name = 'x'`,
    sql`delete from handover where id = ${id}`,
  ]) {
    await expect(change.execute(system)).rejects.toThrow('hand-over');
  }
  expect((await listHandovers(await house.as('gas.admin'), { query })).items).toEqual([]);
});

test('a deputy who is on signs instead, and nobody takes over from himself', async () => {
  await delegate(house, {
    principal: 'flood.head',
    deputy: 'flood.leader',
    from: november(24, 7),
    to: november(25, 7),
  });
  house.now = november(24, 8);
  const page = await write(await house.as('flood.leader'));
  expect(page.document).toMatchObject({
    outgoing: { username: 'flood.leader' },
    incoming: { username: 'flood.handler' },
  });
  await expect(sign('flood.head', page.id, page.hash)).rejects.toMatchObject({ code: 'handover.not-yours' });
  await sign('flood.leader', page.id, page.hash);
  await expect(sign('flood.leader', page.id, page.hash)).rejects.toMatchObject({
    code: 'handover.not-yours',
  });
  expect(await sign('flood.handler', page.id, page.hash)).toMatchObject({ state: 'complete' });
});

test('for a post without an account whoever keeps duty there signs, and it is told for whom', async () => {
  const admin = await house.as('flood.admin');
  const post = commandRoutes.createContact.body.parse({ platform: 'FLOOD', name: '值守甲' });
  const { id: contact } = await createContact(admin, { body: post });
  const rota = [{ contact }, { username: 'flood.handler' }];
  const made = await makeRoster(admin, { name: '岗位', seats: [{ name: '值班员', rota }] });
  await generate(admin, made.id, { from: '2026-12-01', to: '2026-12-02', acceptConflicts: true });
  house.now = november(31, 20);
  const page = await write(await house.as('flood.admin'), { roster: made.id });
  await expect(sign('flood.handler', page.id, page.hash)).rejects.toMatchObject({
    code: 'handover.not-yours',
  });
  expect(await sign('flood.admin', page.id, page.hash)).toMatchObject({
    outgoingSigned: { actingFor: '值守甲' },
  });
});
