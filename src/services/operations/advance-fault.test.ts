import { AppError } from '#base';
import type { Role, Scope } from '#model/platform';
import { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { personWith } from '../context/testing.ts';
import { MINUTE, Station } from '../monitoring/testing.ts';
import { advanceFault } from './advance-fault.ts';
import { countFaults } from './count-faults.ts';
import { getFault } from './get-fault.ts';
import { listFaults } from './list-faults.ts';
import { reportFault } from './report-fault.ts';

const DISTRICT: Scope = { places: [{ from: 0, to: 1_000_000 }], scenarios: [] };
const FLOOD: Scope = { places: [], scenarios: [1] };
const GAS: Scope = { places: [], scenarios: [5] };

let station: Station;
const ids: Record<string, number> = {};

beforeAll(async () => {
  station = await Station.open();
  await station.point('U1', 'FLOOD.UNDERPASS');
  await station.device('D1', ['U1'], 'hj212');
  await account('tech.one', '技术甲', 'tech-admin', 'PD');
  await account('tech.two', '技术乙', 'tech-admin', 'PD');
  await account('gas.admin', '燃气管理员', 'business-admin', 'GAS');
});
afterAll(() => station.close());
beforeEach(async () => {
  await sql`truncate fault, fault_entry restart identity`.execute(station.db.storage.system);
});

async function account(username: string, name: string, role: Role, platform: string): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    with opened as (
      insert into account (username, name, password_hash, password_from_bootstrap, platform_id, place, scenario)
      select ${username}, ${name}, 'x', false, id, place, scenario from platform where code = ${platform}
      returning id, platform_id, place, scenario
    ), assigned as (
      insert into role_assignment (account_id, role, platform_id, place, scenario)
      select id, ${role}, platform_id, place, scenario from opened
    )
    select id from opened`.execute(station.db.storage.system);
  ids[username] = rows[0]?.id ?? 0;
}

function as(username: string, role: Role, scope: Scope): RequestContext {
  return new RequestContext(
    station.ground,
    personWith({ id: ids[username] ?? 99, username, name: username, roles: [role], scope }),
  );
}
const tech = () => as('tech.one', 'tech-admin', DISTRICT);
const second = () => as('tech.two', 'tech-admin', DISTRICT);
const lead = () => as('tech.lead', 'tech-owner', DISTRICT);
const gas = () => as('gas.admin', 'business-admin', GAS);
const flood = () => as('flood.admin', 'business-admin', FLOOD);

const report = (context = tech(), key = 'hj212/D1') =>
  reportFault(context, {
    body: { subject: { kind: 'device', key }, kind: 'damaged', summary: '外壳进水' },
  });
const advance = (context: RequestContext, id: number, body: Parameters<typeof advanceFault>[1]['body']) =>
  advanceFault(context, { params: { id }, body });
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );
const listed = async (context: RequestContext, query: object): Promise<number> =>
  (await listFaults(context, { query: { limit: 50, ...query } })).items.length;

test('a fault goes from hand to hand: reported, given away, begun, recovered, closed; each step is written down', async () => {
  const { id, allowedActions, candidates } = await report();
  expect(allowedActions.map(({ action }) => action)).toEqual(['assign', 'start', 'note', 'resolve']);
  expect(candidates.map(({ username }) => username)).toEqual(['tech.one', 'tech.two']);
  await advance(lead(), id, { action: 'assign', owner: { username: 'tech.two', unit: '运维一班' } });
  await advance(second(), id, { action: 'start' });
  await advance(second(), id, { action: 'resolve', note: '已更换' });
  const closed = await advance(lead(), id, { action: 'close' });
  expect(closed).toMatchObject({
    state: 'closed',
    owner: { account: { name: '技术乙' }, unit: '运维一班' },
    resolvedBy: 'tech.two',
    allowedActions: [],
  });
  expect(closed.entries.map(({ by, text, note }) => [by, text, note])).toEqual([
    ['tech.lead', '关闭', null],
    ['tech.two', '报告恢复', '已更换'],
    ['tech.two', '开始处理', null],
    ['tech.lead', '派给技术乙、运维一班', null],
    ['tech.one', '外壳进水', null],
  ]);
  const { rows } = await sql<{ actions: string[] }>`
    select array_agg(action order by id) as actions from audit where subject = ${`fault/${closed.code}`}`.execute(
    station.db.storage.system,
  );
  expect(rows[0]?.actions).toEqual([
    'fault.report',
    'fault.assign',
    'fault.start',
    'fault.resolve',
    'fault.close',
  ]);
});

test('the same damage is not reported twice while it stands, and again once it is closed', async () => {
  const { id } = await report();
  expect(await codeOf(report())).toBe('fault.exists');
  await advance(tech(), id, { action: 'resolve', note: '已修' });
  await advance(tech(), id, { action: 'close' });
  expect(await codeOf(report())).toBe('done');
});

test('what cannot be done is refused in words', async () => {
  const { id, version } = await report();
  expect(await codeOf(advance(tech(), id, { action: 'close' }))).toBe('fault.illegal-action');
  expect(await codeOf(advance(tech(), id, { action: 'resolve' }))).toBe('fault.requirement-missing');
  expect(await codeOf(advance(lead(), id, { action: 'start' }))).toBe('fault.not-yours');
  const stranger = { action: 'assign' as const, owner: { username: 'gas.admin' } };
  expect(await codeOf(advance(tech(), id, stranger))).toBe('input.invalid');
  await advance(tech(), id, { action: 'note', note: '已联系厂家' });
  expect(await codeOf(advance(tech(), id, { action: 'start', version }))).toBe('record.changed');
});

test('two people begin at once: one of them is on it, the other is told', async () => {
  const { id } = await report();
  const both = [advance(tech(), id, { action: 'start' }), advance(second(), id, { action: 'start' })];
  expect(new Set(await Promise.all(both.map(codeOf)))).toEqual(new Set(['done', 'fault.illegal-action']));
});

test('a fault is seen where its device serves, and nowhere else', async () => {
  const { id } = await report(flood());
  expect(await listed(flood(), {})).toBe(1);
  expect(await listed(gas(), {})).toBe(0);
  expect(await codeOf(getFault(gas(), id))).toBe('record.not-found');
  expect(await codeOf(advance(gas(), id, { action: 'start' }))).toBe('record.not-found');
  expect(await codeOf(report(gas()))).toBe('record.not-found');
  const line = {
    subject: { kind: 'line' as const, key: 'hj212' },
    kind: 'network-lost' as const,
    summary: '断网',
  };
  expect(await codeOf(reportFault(flood(), { body: line }))).toBe('access.denied');
  expect(await codeOf(reportFault(tech(), { body: line }))).toBe('done');
});

test('the list is asked by state, kind, scenario and word, page by page; what waits for me is counted', async () => {
  await report();
  station.now += MINUTE;
  const { id } = await reportFault(tech(), {
    body: { subject: { kind: 'process', key: '专线' }, kind: 'network-lost', summary: '电信割接' },
  });
  expect(await listed(tech(), { scenario: 'FLOOD' })).toBe(1);
  expect(await listed(tech(), { kind: 'network-lost' })).toBe(1);
  expect(await listed(tech(), { search: '割接' })).toBe(1);
  expect(await listed(tech(), { search: '100%' })).toBe(0);
  const first = await listFaults(tech(), { query: { limit: 1 } });
  expect(first.items.map((one) => one.id)).toEqual([id]);
  const rest = await listFaults(tech(), { query: { limit: 1, after: first.next ?? '' } });
  expect([rest.items.length, rest.next]).toEqual([1, null]);

  await advance(second(), id, { action: 'start' });
  expect([await listed(tech(), { mine: true }), await listed(second(), { mine: true })]).toEqual([1, 2]);
  expect(await listed(lead(), { mine: true })).toBe(0);
  await advance(second(), id, { action: 'resolve', note: '恢复' });
  expect(await listed(lead(), { mine: true })).toBe(1);
  station.now += 80 * 60 * MINUTE;
  expect(await countFaults(tech())).toMatchObject({ overdue: 1, mine: 2 });
  expect(await listed(tech(), { overdue: true })).toBe(1);
});
