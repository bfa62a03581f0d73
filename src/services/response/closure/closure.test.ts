// 结案质量: drawn by rule, checked by others, asked about, put right beside the original, and counted.
import { AppError, fromBeijing } from '#base';
import { RequestContext, SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Storage } from '../../../storage/connection.ts';
import { personWith, TEST_VAULT } from '../../context/testing.ts';
import { advanceWorkOrder } from '../advance-work-order.ts';
import { getWorkOrder } from '../get-work-order.ts';
import { listWorkOrders } from '../list-work-orders.ts';
import { openWorkOrders } from '../open-work-orders.ts';
import { answerSupervision, closeSupervision } from '../supervision/direct-supervision.ts';
import { getSupervision } from '../supervision/list-supervisions.ts';
import { supervisionsWaiting } from '../supervision/supervisions-waiting.ts';
import { type DutyRoom, dutyRoom, HOUR, NIGHT, proofOf, type WarningOptions } from '../testing.ts';
import { amendOrder } from './amend-order.ts';
import { checkSample } from './check-sample.ts';
import { drawSamples } from './draw-samples.ts';
import { getClosureQuality } from './get-closure-quality.ts';
import { listSamples, samplesWaiting } from './list-samples.ts';
import { noticePlatform } from './notice-platform.ts';

const NOTE = '积水已抽排，路面恢复通行';
const DECEMBER = fromBeijing(2026, 12, 1, HOUR);
const FAILED = {
  passed: false,
  reason: '照片看不出水深',
  mend: '补充水位标尺读数',
  remedy: 'amend',
  answerBy: DECEMBER + 48 * HOUR,
} as const;

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
  await sql`insert into platform (id, code, name, kind, scenario, place, place_to)
    values (9001, 'FLOOD', '防汛防台', 'scenario', 1, 9001, 9001)`.execute(room.db.storage.system);
});
afterAll(() => room.db.drop());

/** An order of a unit that was handled by 甲 and closed by the administrator; sent back once where told. */
async function closed(
  unit: string,
  { sentBack = false, ...options }: WarningOptions & { readonly sentBack?: boolean } = {},
): Promise<number> {
  const warning = await room.warning('yellow', options);
  await room.system.transaction((tx) =>
    openWorkOrders(tx, room.now, [{ change: 'raised', warning, level: 'yellow', at: room.now }]),
  );
  const { id } = await room.db.storage.system
    .selectFrom('work_order')
    .select('id')
    .where('warning_id', '=', warning)
    .executeTakeFirstOrThrow();
  const [handler, admin] = [room.as('flood.handler'), room.as('flood.admin')];
  for (const action of ['accept', 'dispose'] as const) await advanceWorkOrder(handler, id, { action });
  const clear = async (note: string): Promise<void> => {
    const proof = await proofOf(handler, id);
    await advanceWorkOrder(handler, id, { action: 'clear', verdict: 'true', note, ...proof });
  };
  await clear(NOTE);
  if (sentBack) {
    await advanceWorkOrder(admin, id, { action: 'send-back', reason: '说明太简单' });
    await clear(`${NOTE}，两端封闭已解除`);
  }
  await advanceWorkOrder(admin, id, { action: 'review' });
  await advanceWorkOrder(admin, id, { action: 'close' });
  await sql`update work_order set unit = ${unit} where id = ${id}`.execute(room.db.storage.system);
  return id;
}

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error('expected a refusal', { cause: error });
}

const november = async () =>
  (await listSamples(room.as('flood.head'), { month: '2026-11', limit: 50 })).items;
const orders: number[] = [];

test('when the month is over a share of each unit’s is drawn once, one at least, also by two at once and after a restart', async () => {
  room.now = NIGHT;
  for (const sentBack of [false, false, true]) orders.push(await closed('区排水管理所', { sentBack }));
  const other = await closed('区养护所');
  await closed('区养护所', { simulated: true });
  expect(await drawSamples(room.system)).toBe(0);
  room.now = DECEMBER;
  const later = await closed('区养护所');
  const both = await Promise.all([drawSamples(room.system), drawSamples(room.system)]);
  expect(both.toSorted()).toEqual([0, 2]);
  const storage = new Storage(room.db.location, () => undefined);
  const ground = { storage, clock: { now: () => room.now }, poke: () => undefined, vault: TEST_VAULT };
  expect(await drawSamples(new SystemContext(ground))).toBe(0);
  await storage.close();
  const samples = await november();
  expect(samples.map((one) => one.unit).toSorted()).toEqual(['区养护所', '区排水管理所']);
  const drawn = samples.map((one) => one.order.id);
  expect(drawn).toContain(other);
  expect(drawn).not.toContain(later);
  const { entries } = await getWorkOrder(room.as('flood.head'), other);
  expect(entries.at(-1)).toMatchObject({ by: null, text: '抽查：列入 2026年11月结案质量抽查' });
  const { rows } = await sql<{
    payload: object;
  }>`select payload from outbox where type = 'closure-sample.drawn'`.execute(room.db.storage.system);
  expect(rows).toMatchObject([{ payload: { platform: 'FLOOD', month: '2026-11', samples: 2 } }]);
});

test('a server that was down for months draws each of them when it is back, by the share that is set', async () => {
  const { system } = room.db.storage;
  await sql`insert into platform_setting (platform_id, key, value, place, set_by, set_at)
    values (9001, 'closure.sample-percent', '60', 9001, 'x', now())`.execute(system);
  room.now = fromBeijing(2027, 1, 10);
  for (const _ of [1, 2, 3]) await closed('区排水管理所');
  room.now = fromBeijing(2027, 3, 5);
  // One of December, two of three of January, none of February.
  expect(await drawSamples(room.system)).toBe(3);
  const { rows } = await sql<{
    month: string;
  }>`select to_char(month, 'YYYY-MM') as month from closure_draw order by 1`.execute(system);
  expect(rows.map((one) => one.month)).toEqual(['2026-10', '2026-11', '2026-12', '2027-01', '2027-02']);
  room.now = DECEMBER;
});

test('who handled or closed an order does not check it; who does not direct may not; what is missing is named', async () => {
  const [sample] = await november();
  if (!sample) throw new Error('nothing was drawn');
  expect(sample).toMatchObject({ state: 'waiting', mayCheck: true, ownWork: false });
  expect(await refusal(checkSample(room.as('flood.admin'), sample.id, { passed: true }))).toMatchObject({
    code: 'access.denied',
  });
  const { system } = room.db.storage;
  await sql`update work_order set closed_by_id = 4 where id = ${sample.order.id}`.execute(system);
  expect(await refusal(checkSample(room.as('flood.head'), sample.id, { passed: true }))).toMatchObject({
    code: 'closure-sample.own-work',
    status: 403,
  });
  expect((await samplesWaiting(room.as('flood.head'))).count).toBe(4);
  expect((await samplesWaiting(room.as('flood.leader'))).count).toBe(5);
  await sql`update work_order set closed_by_id = 3 where id = ${sample.order.id}`.execute(system);
  const refused = await refusal(
    checkSample(room.as('flood.head'), sample.id, { passed: false, reason: '差' }),
  );
  expect(refused).toMatchObject({ code: 'closure-sample.incomplete' });
  expect(refused.details['missing']).toContain('整改方式');
  expect((await november()).every((one) => one.state === 'waiting')).toBe(true);
});

test('one passes; one does not, and its unit is asked to answer by a moment and does; all of it stands in the order’s timeline', async () => {
  const [first, second] = await november();
  if (!first || !second) throw new Error('two are drawn');
  const head = room.as('flood.head');
  expect(await checkSample(head, first.id, { passed: true })).toMatchObject({
    state: 'passed',
    checkedBy: '防汛部门责任人',
    notice: null,
  });
  expect(await refusal(checkSample(head, first.id, { passed: true }))).toMatchObject({
    code: 'closure-sample.checked',
  });
  const failed = await checkSample(head, second.id, FAILED);
  expect(failed).toMatchObject({
    state: 'failed',
    remedy: 'amend',
    remedied: false,
    notice: { code: expect.stringMatching(/^ZG2026-\d{5}$/u), platform: '防汛防台', state: 'open' },
  });
  const notice = failed.notice?.id ?? 0;
  const admin = room.as('flood.admin', 'FLOOD');
  expect(await supervisionsWaiting(admin)).toEqual({ count: 1, dueAt: FAILED.answerBy });
  expect(await getSupervision(admin, notice)).toMatchObject({
    kindText: '整改通知',
    asked: '结案质量抽查不合格：照片看不出水深。整改要求（更正记录）：补充水位标尺读数',
    mayAnswer: true,
  });
  await answerSupervision(admin, notice, { answer: '已更正，附水位标尺读数' });
  expect((await november()).find((one) => one.id === second.id)?.notice).toMatchObject({
    state: 'answered',
    answer: '已更正，附水位标尺读数',
  });
  await closeSupervision(head, notice, {});
  const { entries } = await getWorkOrder(head, second.order.id);
  expect(entries.slice(-4).map((one) => one.text.replace(/ZG\d{4}-\d{5}/u, 'ZG'))).toEqual([
    '抽查不合格：照片看不出水深。整改要求（更正记录）：补充水位标尺读数',
    '整改通知 ZG：结案质量抽查不合格：照片看不出水深。整改要求（更正记录）：补充水位标尺读数（12月3日 01:00 前答复）',
    '整改通知 ZG：答复：已更正，附水位标尺读数',
    '整改通知 ZG：办结',
  ]);
  expect((await getClosureQuality(head, { month: '2026-11' })).draw).toMatchObject({
    drawn: 2,
    waiting: 0,
    passed: 1,
    failed: 1,
  });
  const { rows } =
    await sql`select action from audit where action like 'closure-sample.check%' or action = 'supervision.issued'`.execute(
      room.db.storage.system,
    );
  expect(rows).toHaveLength(3);
});

test('two check the same record at once: one is believed', async () => {
  const [waiting] = (await listSamples(room.as('flood.head'), { month: '2027-01', limit: 50 })).items;
  const id = waiting?.id ?? 0;
  room.now = fromBeijing(2027, 2, 20);
  const answerBy = room.now + HOUR;
  const both = await Promise.allSettled([
    checkSample(room.as('flood.head'), id, { passed: true }),
    checkSample(room.as('flood.leader'), id, { ...FAILED, answerBy }),
  ]);
  expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const late = (await listSamples(room.as('flood.head'), { month: '2027-01', limit: 50, state: 'waiting' }))
    .items;
  const refused = await refusal(
    checkSample(room.as('flood.head'), late[0]?.id ?? 0, { ...FAILED, remedy: 'reopen', answerBy }),
  );
  expect(refused.details['missing']).toBe('另一种整改方式（结案已超过 30 天，不能重开）');
  room.now = DECEMBER;
});

test('一次结案率: what was sent back counts against its unit, and each number opens to its orders', async () => {
  const head = room.as('flood.head');
  const { total, units, months } = await getClosureQuality(head, { month: '2026-11' });
  expect({ total, units }).toEqual({
    total: { closed: 4, firstPass: 3 },
    units: [
      { unit: '区排水管理所', closed: 3, firstPass: 2 },
      { unit: '区养护所', closed: 1, firstPass: 1 },
    ],
  });
  expect(months.slice(0, 2)).toEqual(['2026-12', '2026-11']);
  const of = async (firstPass: boolean) =>
    (
      await listWorkOrders(head, { closedIn: '2026-11', unit: '区排水管理所', firstPass, limit: 50 })
    ).items.map((one) => one.id);
  expect(await of(false)).toEqual([orders[2]]);
  expect((await of(true)).toSorted((a, b) => a - b)).toEqual(orders.slice(0, 2));
  expect(await getClosureQuality(room.as('gas.admin'), { month: '2026-11' })).toMatchObject({
    total: { closed: 0 },
    draw: { drawn: 0 },
  });
});

test('a closed record is put right beside the original, by who may review it and did not handle it', async () => {
  const id = orders[0] ?? 0;
  const admin = room.as('flood.admin');
  const before = await getWorkOrder(admin, id);
  expect(before.amendable[0]).toEqual({ field: 'note', fieldText: '处置说明', kind: 'text', reads: NOTE });
  const wanted = { field: 'note', reads: '积水已抽排，14:30 路面恢复通行', reason: '补上恢复通行的时刻' };
  const after = await amendOrder(admin, id, wanted);
  expect(after).toMatchObject({
    state: 'closed',
    version: before.version,
    amendments: [{ fieldText: '处置说明', was: NOTE, reads: wanted.reads, by: '防汛业务管理员' }],
  });
  expect(after.entries.filter((one) => one.kind === 'clear').map((one) => one.note)).toEqual([NOTE]);
  expect(after.results).toEqual(before.results);
  expect(after.entries.at(-1)?.text).toBe(
    `更正处置说明：原为“${NOTE}”，更正为“${wanted.reads}”。原因：补上恢复通行的时刻`,
  );
  expect((await refusal(amendOrder(admin, id, wanted))).details['why']).toBe('与现在的记录相同');
  expect((await getWorkOrder(room.as('flood.handler'), id)).amendable).toEqual([]);
  expect(await refusal(amendOrder(room.as('flood.handler'), id, wanted))).toMatchObject({
    code: 'access.denied',
  });
  await sql`update work_order set handler_id = 3 where id = ${id}`.execute(room.db.storage.system);
  const own = await refusal(amendOrder(admin, id, { ...wanted, reads: `${wanted.reads}，车辆通行正常` }));
  expect(own.details['why']).toContain('不能更正自己的记录');
  await sql`update work_order set handler_id = 1 where id = ${id}`.execute(room.db.storage.system);
});

test('an order that is open is not amended but sent back, and one reopened waits until it is closed again', async () => {
  room.now = NIGHT + 24 * HOUR;
  const id = orders[1] ?? 0;
  const head = room.as('flood.head');
  await advanceWorkOrder(head, id, { action: 'reopen', reason: '积水又起' });
  const refused = await refusal(
    amendOrder(head, id, { field: 'note', reads: `${NOTE}，已复查`, reason: '补充复查情况' }),
  );
  expect(refused.details['why']).toContain('还没有结案');
  await sql`insert into closure_sample (work_order_id, place, scenario, unit, month, drawn_at)
    select id, place, scenario, unit, '2026-10-01', now() from work_order where id = ${id}`.execute(
    room.db.storage.system,
  );
  const [sample] = (await listSamples(head, { month: '2026-10', limit: 5 })).items;
  expect(sample).toMatchObject({ mayCheck: false });
  expect(
    await refusal(checkSample(room.as('flood.leader'), sample?.id ?? 0, { passed: true })),
  ).toMatchObject({
    code: 'closure-sample.order-open',
  });
});

test('what was asked to be reopened is mended once it is reopened, by the ordinary way', async () => {
  room.now = DECEMBER;
  const head = room.as('flood.head');
  const december = async () => (await listSamples(head, { month: '2026-12', limit: 5 })).items;
  const [sample] = await december();
  const id = sample?.id ?? 0;
  const { order } = await checkSample(head, id, { ...FAILED, remedy: 'reopen' });
  expect((await december())[0]).toMatchObject({ remedy: 'reopen', remedied: false });
  await advanceWorkOrder(head, order.id, { action: 'reopen', reason: '抽查不合格，重新处置' });
  expect((await december())[0]).toMatchObject({
    state: 'failed',
    remedied: true,
    order: { closedAt: null, stateText: '已重开' },
  });
});

test('the notice goes to the platform of the unit’s name, else to where such a unit lies, else to the scenario’s; never where the checker may not ask', async () => {
  const { storage } = room.db;
  await sql`with town as (insert into platform (id, code, name, kind, place, place_to) values (9003, 'T', '张江镇', 'town', 90, 110)
      returning id)
    insert into unit (code, name, kind, platform_id, place) select 'U1', '张江排水队', 'operator', id, 90 from town`.execute(
    storage.system,
  );
  const ground = { storage, clock: { now: () => room.now }, poke: () => undefined, vault: TEST_VAULT };
  const asked = async (unit: string, places: readonly { from: number; to: number }[]) => {
    const scope = { places: [...places], scenarios: [1] };
    const context = new RequestContext(ground, personWith({ roles: ['department-owner'], scope }));
    return (await noticePlatform(storage.system as unknown as Tx, context, { unit, scenario: 1 })).id;
  };
  const town = [{ from: 90, to: 110 }];
  expect(await asked('张江镇', town)).toBe(9003);
  expect(await asked('张江排水队', town)).toBe(9003);
  expect(await asked('区排水管理所', town)).toBe(9001);
  expect(await asked('张江镇', [])).toBe(9001);
  const nowhere = new RequestContext(
    ground,
    personWith({ roles: ['department-owner'], scope: { places: [], scenarios: [5] } }),
  );
  const refused = noticePlatform(storage.system as unknown as Tx, nowhere, { unit: '张江镇', scenario: 1 });
  expect(await refusal(refused)).toMatchObject({ code: 'access.denied' });
});
