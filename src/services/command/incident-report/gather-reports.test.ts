// 合并报送: in a flood one report stands for the orders of an incident, and nothing that was owed is lost on the way.
import type { Event } from '#bus';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  draftReport,
  gatherReports,
  getReportMatter,
  listReportFlags,
  listReportMatters,
  oweReports,
  runReportDuties,
  submitReport,
} from '../index.ts';
import { MINUTE, november as at, openReportHouse, type ReportHouse } from './testing.ts';

const NIGHT = at(20, 2, 14);
const NOBODY = { deaths: null, injuries: null, unaccounted: null };

let house: ReportHouse;
let flood: RequestContext;
let district: RequestContext;
let gas: RequestContext;
beforeEach(async () => {
  house = await openReportHouse();
  flood = await house.as('flood.admin');
  district = await house.as('district');
  gas = await house.as('gas.admin');
  house.now = NIGHT;
});
afterEach(() => house.db.drop());

/** Hands on what was announced besides what is given. */
async function owe(...events: readonly Event[]): Promise<void> {
  await house.system.transaction((tx) => oweReports(tx, events, house.now));
}
let seq = 1000;
const told = (type: string, payload: Event['payload']): Event => ({
  seq: (seq += 1),
  type,
  at: house.now,
  place: 1,
  scenario: null,
  payload,
});
async function incident(orders: readonly number[]): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with made as (
      insert into incident (code, title, place, scenario, level, loop, loop_since, ground, lat, lon, opened_at)
      select 'EV-' || ${seq}, '台风“测试”', place, scenario, 3, 'medium', ${new Date(house.now)}, 'hand', 31.2, 121.6,
        ${new Date(house.now)} from work_order where id = ${orders[0]} returning id
    ) select id from made`.execute(house.db.storage.system);
  const id = rows[0]?.id ?? 0;
  await put(orders, id);
  return id;
}
async function put(orders: readonly number[], into: number | null): Promise<void> {
  await sql`update work_order set incident_id = ${into}::bigint where id = any(${[...orders]}::bigint[])`.execute(
    house.db.storage.system,
  );
}
async function orders(count: number, level: 'red' | 'orange' = 'orange'): Promise<readonly number[]> {
  const made = await house.orders(count, { level, at: house.now });
  await owe(...made.map((order) => house.raised(order, level, house.now)));
  return made;
}
async function gather(id: number): Promise<number> {
  const matter = await gatherReports(flood, { body: { incident: id, reason: '台风期间统一报送' } });
  await owe(told('incident-report.changed', { id: matter.id, report: 0 }));
  return matter.id;
}
/** What is open: of the whole, and of the orders by themselves, in minutes since the night began. */
async function open(): Promise<{ readonly whole: readonly unknown[]; readonly own: readonly unknown[] }> {
  const { rows } = await sql<{ rule: string; kind: string; n: number; due: number; whole: boolean }>`
    select d.rule, d.kind, d.n, d.due_at as due, m.incident_id is not null as whole from report_duty d
    join report_matter m on m.id = d.matter_id where d.fulfilled_at is null and d.stopped_at is null
    order by d.due_at, d.rule, d.id`.execute(house.db.storage.system);
  const line = ({ rule, kind, n, due }: (typeof rows)[number]) =>
    `${rule} ${kind} ${n} +${(due - NIGHT) / MINUTE}`;
  const { whole = [], own = [] } = Object.groupBy(rows, (row) => (row.whole ? 'whole' : 'own'));
  return { whole: whole.map(line), own: own.map(line) };
}
async function report(matter: number, channel: 'written' | 'platform', final = false): Promise<void> {
  const way = { platform: 'FLOOD', recipient: 'district', channel } as const;
  const { fields, eventAt } = await draftReport(flood, { params: { id: matter }, query: { ...way, final } });
  const whole = { ...fields, losses: '无', leaders: '无', suggestions: '无' };
  const body = {
    ...way,
    final,
    eventAt,
    casualties: NOBODY,
    fields: whole,
    idempotencyKey: `gather-${(seq += 1)}`,
  };
  const { reports } = await submitReport(flood, { params: { id: matter }, body });
  await owe(told('incident-report.changed', { id: matter, report: reports[0]?.id ?? 0 }));
}

test('two hundred orders of an incident owe one report each way instead of six hundred; asked twice nothing changes', async () => {
  const all = await orders(200);
  const id = await incident(all);
  expect((await open()).own).toHaveLength(600);
  house.now += 4 * MINUTE;
  const matter = await gather(id);
  await owe(told('incident.changed', { id }));
  expect(await gather(id)).toBe(matter);
  expect(await open()).toEqual({
    own: [],
    whole: ['BS.R04 first 1 +10', 'BS.R05 first 1 +30', 'BS.R06 first 1 +120'],
  });
  expect(await getReportMatter(flood, { params: { id: matter } })).toMatchObject({
    title: '台风“测试”（合并报送）',
    covers: 200,
    order: null,
    incident: { id },
  });
  const [covered] = (await listReportMatters(flood, { query: { limit: 1, workOrder: all[0] } })).items;
  expect(covered).toMatchObject({ covered: true, incident: { id } });
  // Each platform hears of the whole alone.
  const due = await house.announced('incident-report.due');
  expect(due.slice(-2).map(({ platformCode, count }) => [platformCode, count])).toEqual([
    ['FLOOD', 2],
    ['PD', 1],
  ]);
});

test('what comes later joins what is still owed, and asks for another report once that was made', async () => {
  const id = await incident(await orders(2));
  const matter = await gather(id);
  await report(matter, 'platform');
  house.now = NIGHT + 20 * MINUTE;
  const more = await orders(3);
  await put(more, id);
  await owe(told('incident.changed', { id }));
  // Told on the platform already: a second report, by the limit of the new ones. Phone and paper: the first limits hold.
  expect((await open()).whole).toEqual(['BS.R04 first 2 +30', 'BS.R05 first 1 +30', 'BS.R06 first 1 +120']);
  // An order that is in the incident before anybody looked owes nothing by itself.
  house.now += MINUTE;
  const [last = 0] = await house.orders(1, { level: 'orange', at: house.now });
  await put([last], id);
  const before = (await house.announced('incident-report.due')).length;
  await owe(house.raised(last, 'orange', house.now));
  expect((await open()).own).toEqual([]);
  expect(await house.announced('incident-report.due')).toHaveLength(before);
});

test('one that rises to red makes the whole owe what red asks for, with one series', async () => {
  const [first = 0, second = 0] = await orders(2);
  const matter = await gather(await incident([first, second]));
  for (const order of [first, second]) {
    house.now += 5 * MINUTE;
    await owe(house.advanced(order, { action: 'upgrade', level: 'red', state: 'accepted', at: house.now }));
  }
  const { whole, own } = await open();
  expect(own).toEqual([]);
  expect((await getReportMatter(flood, { params: { id: matter } })).trigger).toBe('red-warning');
  expect(whole.filter((line) => /R0[123]/u.test(String(line)))).toEqual([
    'BS.R01 first 1 +10',
    'BS.R02 first 1 +20',
    'BS.R03 first 1 +65',
    'BS.R03 update 1 +125',
  ]);
  house.now = NIGHT + 126 * MINUTE;
  await runReportDuties(house.system);
  expect((await open()).whole.filter((line) => String(line).includes('update'))).toEqual([
    'BS.R03 update 1 +125',
    'BS.R03 update 2 +185',
  ]);
});

test('what was late stays late on its own order, and the report on the whole is its report', async () => {
  const [early = 0] = await orders(1);
  house.now = NIGHT + 15 * MINUTE;
  const matter = await gather(await incident([early]));
  // Its report on the platform was due at ten past; the others go over.
  expect(await open()).toEqual({
    own: ['BS.R04 first 1 +10'],
    whole: ['BS.R05 first 1 +30', 'BS.R06 first 1 +120'],
  });
  house.now += MINUTE;
  await report(matter, 'platform');
  expect((await open()).own).toEqual([]);
  const { items } = await listReportFlags(district, { query: { limit: 10 } });
  expect(items.map(({ kind, matter: of, duty }) => [kind, of.order?.id, duty?.lateMinutes])).toEqual([
    ['late', early, 6],
  ]);
});

test('an order that leaves owes again what the whole has not told of it', async () => {
  const [told_ = 0, untold = 0] = await orders(2);
  const id = await incident([told_, untold]);
  const matter = await gather(id);
  await put([untold], null);
  const changed = (await house.announced('incident-report.changed')).length;
  await owe(told('incident.changed', { id }));
  // Pages hear of it once; where nothing has changed they hear nothing.
  expect(await house.announced('incident-report.changed')).toHaveLength(changed + 1);
  await owe(told('incident.changed', { id }));
  expect(await house.announced('incident-report.changed')).toHaveLength(changed + 1);
  expect((await open()).own).toEqual(['BS.R04 first 1 +10', 'BS.R05 first 1 +30', 'BS.R06 first 1 +120']);
  await report(matter, 'platform');
  await put([told_], null);
  await owe(told('incident.changed', { id }));
  // On the platform it was told; phone and paper are still owed.
  expect((await open()).own).toEqual([
    'BS.R04 first 1 +10',
    'BS.R05 first 1 +30',
    'BS.R05 first 1 +30',
    'BS.R06 first 1 +120',
    'BS.R06 first 1 +120',
  ]);
});

test('the series of an order that leaves after a report goes on from there', async () => {
  const [order = 0] = await orders(1, 'red');
  const id = await incident([order]);
  const matter = await gather(id);
  house.now = NIGHT + 30 * MINUTE;
  await report(matter, 'written');
  await put([order], null);
  await owe(told('incident.changed', { id }));
  expect((await open()).own.filter((line) => String(line).startsWith('BS.R03'))).toEqual([
    'BS.R03 update 2 +90',
  ]);
});

test('orders that end ask for no last report of their own; the end of the incident asks for one', async () => {
  const [order = 0] = await orders(1, 'red');
  const id = await incident([order]);
  const matter = await gather(id);
  await expect(report(matter, 'written', true)).rejects.toMatchObject({ code: 'incident-report.refused' });
  house.now += 90 * MINUTE;
  const { system } = house.db.storage;
  await sql`update work_order set state = 'closed' where id = ${order}`.execute(system);
  await owe(house.advanced(order, { action: 'close', level: 'red', state: 'closed', at: house.now }));
  const { rows } = await sql`select from report_duty where kind = 'final'`.execute(system);
  expect(rows).toEqual([]);
  await sql`update incident set state = 'closed', closed_at = now() where id = ${id}`.execute(system);
  await owe(told('incident.changed', { id }));
  expect((await open()).whole).toContain('BS.R03 final 1 +1530');
  await report(matter, 'written', true);
  expect((await open()).whole).not.toContain('BS.R03 final 1 +1530');
});

test('nobody gathers where he does not keep the duty, nor what is closed or recorded', async () => {
  const id = await incident(await orders(1));
  const body = { incident: id, reason: '统一报送' };
  await expect(gatherReports(gas, { body })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  await sql`update incident set state = 'closed', closed_at = now() where id = ${id}`.execute(
    house.db.storage.system,
  );
  await expect(gatherReports(flood, { body })).rejects.toMatchObject({ code: 'incident-report.refused' });
});
