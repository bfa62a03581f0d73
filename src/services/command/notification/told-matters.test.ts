// Whoever has to act on something that is no order of theirs hears of it, where it lies, and no more once they have.
import {
  advanceIncident,
  answerForm,
  answerPart,
  answerSupervision,
  askForm,
  changeActivation,
  drawSamples,
  HandDesk,
  issueOrderLink,
  issueSupervision,
  noteOrder,
  openIncident,
  runForms,
  runSupervisions,
  startActivation,
  writeOverdueList,
} from '#services/response';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { HERE, Post } from './testing.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const FLOOD = 1;
const TOWN = '310115125';

let post: Post;
beforeAll(async () => {
  post = await Post.open('standard');
  await post.channel('wecom');
});
beforeEach(async () => {
  await post.follow();
  await sql`delete from notification`.execute(post.db);
});
afterAll(() => post.close());

const as = (who: string) => post.house.as(who);
const waiting = async (cause: string) =>
  (await post.rows({ kind: 'wecom' }))
    .filter((row) => row.cause === cause)
    .map(({ state, reason }) => [state, reason]);
/** A handbook that asks nothing. */
const SILENT = JSON.stringify({
  disposalTypes: [],
  steps: [],
  coUnits: [],
  notify: [],
  responsible: { role: 'handler', unit: '' },
  reviewer: { role: 'business-admin', unit: '' },
  limitClass: 'T-std',
  level: 'red',
});
let keys = 0;
const issue = async (platform: string, orders: readonly number[] = []) =>
  issueSupervision(await as('office'), {
    platform,
    orders: [...orders],
    asked: '请说明为何无人到场',
    answerBy: post.house.now + 10 * HOUR,
    idempotencyKey: `notify-${(keys += 1)}`,
  });

test('a 督办 calls the desk of the office that is asked, its ladder goes on calling, and the answer ends both and goes to whoever asked', async () => {
  const { id } = await issue('FLOOD');
  await post.follow();
  expect(await post.told('supervision.asked')).toMatchObject([
    ['flood.admin', expect.stringContaining('请说明为何无人到场') as string],
  ]);
  post.house.now += 11 * HOUR;
  await runSupervisions(post.house.system);
  await post.follow();
  expect((await post.told('supervision.due')).length).toBeGreaterThan(0);
  expect((await waiting('supervision.due')).map(([state]) => state)).toContain('queued');
  await answerSupervision(await as('flood.admin'), id, { answer: '人员已到场' });
  // In the same transaction, before anything is told again.
  for (const cause of ['supervision.asked', 'supervision.due'])
    for (const row of await waiting(cause)) expect(row).toEqual(['withdrawn', '督办已答复']);
  await post.follow();
  expect(await post.told('supervision.answered')).toMatchObject([
    ['office', expect.stringContaining('人员已到场') as string],
  ]);
});

test('whoever leads an office hears each day what of it is late, and nobody of an office that has nothing late', async () => {
  const [order = 0] = await post.orders(1, { unit: '防汛办' });
  await sql`update work_order set overdue = true where id = ${order}`.execute(post.db);
  await sql`insert into deadline (work_order_id, kind, place, scenario, started_at, due_at, overdue_at)
    values (${order}, 'accept', ${HERE}, ${FLOOD}, now(), now(), now())`.execute(post.db);
  await writeOverdueList(post.house.system);
  await post.follow();
  const told = await post.told('overdue-list.written');
  expect(told.map(([who]) => who)).toContain('flood.head');
  expect(told.map(([who]) => who)).not.toContain('gas.head');
  expect(told[0]?.[1]).toContain('1 张工单超期未结案');
});

test('whoever leads an office hears once of the closed orders that were drawn to be checked', async () => {
  const [order = 0] = await post.orders(1, { unit: '防汛办' });
  await sql`update work_order set state = 'closed', simulated = false,
    closed_at = ${new Date(post.house.now)}::timestamptz - interval '31 days' where id = ${order}`.execute(
    post.db,
  );
  await drawSamples(post.house.system);
  await drawSamples(post.house.system);
  await post.follow();
  const told = await post.told('closure-sample.drawn');
  expect(told.map(([who]) => who)).toContain('flood.head');
  expect(told.map(([who]) => who)).not.toContain('gas.head');
  expect(told[0]?.[1]).toContain('月结案的工单抽中 1 张待检查');
});

test('an incident calls whoever has to sign for its loop; signing ends the calls and is told to whoever stood by', async () => {
  const [order = 0] = await post.orders(1);
  const { id } = await openIncident(await as('flood.admin'), {
    title: '积水事件',
    loop: 'small',
    reason: '多处积水',
    orders: [order],
  });
  await post.follow();
  await advanceIncident(await as('flood.admin'), id, { action: 'raise', to: 'large', reason: '人手不够' });
  await post.follow();
  const calls = await post.told('incident.handed-over');
  expect(calls.at(-1)).toMatchObject(['coordinator', expect.stringContaining('升级为大闭环') as string]);
  await advanceIncident(await as('coordinator'), id, { action: 'take' });
  for (const [state] of await waiting('incident.handed-over')) expect(state).toBe('withdrawn');
  await post.follow();
  expect(await post.told('incident.answered')).toMatchObject([
    ['flood.head', expect.stringContaining('大闭环已签字接手') as string],
  ]);
});

test('the co-units of a large loop are called where they are, and not again when something else happens to it', async () => {
  const [order = 0] = await post.orders(1);
  await sql`update work_order set handbook_id = freeze_handbook(${JSON.stringify({
    coUnits: ['浦东消防救援支队', '事发地街镇'],
  })}) where id = ${order}`.execute(post.db);
  const opened = { title: '积水事件', loop: 'large' as const, reason: '积水', orders: [order] };
  const { id } = await openIncident(await as('coordinator'), opened);
  await post.follow();
  const told = await post.told('incident-part.asked');
  expect(told.map(([who]) => who)).toEqual(expect.arrayContaining(['fire.admin', 'town.zhangjiang']));
  expect(told[0]?.[1]).toContain('积水事件');
  await advanceIncident(await as('coordinator'), id, { action: 'take' });
  await post.follow();
  expect(await post.told('incident-part.asked')).toHaveLength(told.length);
  // The one that answers is called no more, by whatever way; the others are.
  const { rows } = await sql<{ id: number }>`
    select t.id from incident_part t join platform p on p.id = t.platform_id where t.incident_id = ${id} and p.code = ${TOWN}`.execute(
    post.db,
  );
  await answerPart(await as('town.zhangjiang'), rows[0]?.id ?? 0, { text: '已到场', done: false });
  const states = async () => {
    const calls = (await post.rows({ kind: 'wecom' })).filter(({ cause }) => cause === 'incident-part.asked');
    const town = calls.filter(({ matter_id: part }) => part === rows[0]?.id);
    return [town, calls.filter((one) => !town.includes(one))].map((all) => all.map(({ state }) => state));
  };
  const [ofTown = [], ofOthers = []] = await states();
  expect(new Set(ofTown)).toEqual(new Set(['withdrawn']));
  expect(new Set(ofOthers)).toEqual(new Set(['queued']));
  await sql`update notification set state = 'queued', next_at = created_at where cause = 'incident-part.asked' and kind = 'wecom'`.execute(
    post.db,
  );
  await post.deliver();
  expect(new Set((await states())[0])).toEqual(new Set(['withdrawn']));
});

test('a request to raise the loop goes to its owner, and a refusal to whoever asked', async () => {
  const [order = 0] = await post.orders(1);
  const handler = await post.account('flood.handler');
  await sql`update work_order set state = 'accepted', handler_id = ${handler} where id = ${order}`.execute(
    post.db,
  );
  const opened = { title: '积水事件', loop: 'small' as const, reason: '积水', orders: [order] };
  const { id } = await openIncident(await as('flood.admin'), opened);
  await advanceIncident(await as('flood.handler'), id, { action: 'ask', to: 'medium', reason: '缺泵车' });
  await post.follow();
  expect(await post.told('incident.asked')).toMatchObject([
    ['flood.admin', expect.stringContaining('缺泵车') as string],
  ]);
  await advanceIncident(await as('flood.admin'), id, { action: 'refuse', reason: '已有泵车' });
  expect(await waiting('incident.asked')).toEqual([['withdrawn', '升级请求已处理']]);
  await post.follow();
  expect((await post.told('incident.answered')).map(([who]) => who)).toEqual(['flood.handler']);
});

test('towns are asked to fill in a form, pressed when they are late, and left alone once they have answered', async () => {
  const [order = 0] = await post.orders(1);
  const opened = { title: '台风', loop: 'large' as const, reason: '台风', orders: [order] };
  const { id } = await openIncident(await as('coordinator'), opened);
  await askForm(await as('coordinator'), id, {
    title: '转移人数',
    fields: [{ key: 'moved', text: '已转移', kind: 'number' }],
    limitMinutes: 30,
    until: post.house.now + 3 * HOUR,
    platforms: [TOWN],
  });
  await post.follow();
  expect(await post.told('incident-form.due')).toMatchObject([
    ['town.zhangjiang', expect.stringContaining('填报“转移人数”') as string],
  ]);
  post.house.now += 31 * MINUTE;
  await runForms(post.house.system);
  await post.follow();
  expect((await post.told('incident-form.due')).at(-1)?.[1]).toContain('已逾期');
  const { rows } = await sql<{
    id: number;
  }>`select id from incident_form_due order by id desc limit 1`.execute(post.db);
  await answerForm(await as('town.zhangjiang'), rows[0]?.id ?? 0, { answers: { moved: 12 } });
  for (const row of await waiting('incident-form.due')) expect(row).toEqual(['withdrawn', '已填报']);
});

test('an activation is told to every desk that it obliges, once, and so is its end; ticking off is not', async () => {
  const { id } = await startActivation(await as('flood.head'), {
    plan: 'flood',
    grade: 'II',
    platform: 'FLOOD',
    towns: [],
    ground: '台风橙色预警',
  });
  await post.follow();
  const told = await post.told('activation.changed');
  expect(told.map(([who]) => who).toSorted()).toEqual(['flood.admin', 'town.zhangjiang']);
  expect(told[0]?.[1]).toContain('启动');
  // Towns in which nobody is found stand there as a gap, each by its name.
  const gaps = (await post.rows()).filter(({ state }) => state === 'unreachable');
  expect(gaps.some(({ post: of }) => of.includes('川沙'))).toBe(true);
  await changeActivation(await as('flood.head'), id, { reason: '台风远离' });
  await post.follow();
  expect((await post.told('activation.changed')).at(-1)?.[1]).toContain('终止');
});

test('what a hand without an account tells by its link is told to whoever has the order', async () => {
  const [order = 0] = await post.orders(1);
  const handler = await post.account('flood.handler');
  await sql`update work_order set state = 'accepted', handler_id = ${handler}, handbook_id = freeze_handbook('{"steps":[]}') where id = ${order}`.execute(
    post.db,
  );
  const body = { person: '张三', handUnit: '水泵维保', hours: 24 };
  const made = await issueOrderLink(await as('flood.handler'), { params: { id: order }, body });
  const desk = new HandDesk(post.house.system);
  const { browser } = await desk.open(made.path.replace('/l#', ''), {
    browser: undefined,
    address: '192.0.2.9',
  });
  await post.follow();
  expect(await post.told('work-order.noted')).toEqual([]);
  await desk.act(
    made.link.id,
    { action: 'cannot', key: 'k1', note: '泵坏了' },
    { browser, address: '192.0.2.9' },
  );
  await post.follow();
  expect(await post.told('work-order.noted')).toMatchObject([
    ['flood.handler', expect.stringContaining('报办不了') as string],
  ]);
});

test('a note goes to whoever has the order, and the answer to whoever asked; nobody is told of one’s own words', async () => {
  const [order = 0] = await post.orders(1);
  const handler = await post.account('flood.handler');
  await sql`update work_order set state = 'accepted', handler_id = ${handler}, handbook_id = freeze_handbook(${SILENT})
    where id = ${order}`.execute(post.db);
  await noteOrder(await as('flood.head'), order, { note: '水位还在涨吗？', idempotencyKey: 'note-head-1' });
  await post.follow();
  expect(await post.told('work-order.noted')).toMatchObject([
    ['flood.handler', expect.stringContaining('水位还在涨吗？') as string],
  ]);
  await noteOrder(await as('flood.handler'), order, { note: '没再涨', idempotencyKey: 'note-handler-1' });
  await post.follow();
  const answer = (await post.told('work-order.noted')).slice(1);
  expect(answer.map(([who]) => who).toSorted()).toEqual(['flood.admin', 'flood.head']);
  for (const [, text] of answer) expect(text).toContain('没再涨');
});

test('an alarm that waits for somebody calls its owner, then the next, and nobody once it is decided', async () => {
  const owner = await post.account('flood.admin');
  const head = await post.account('flood.head');
  const [order = 0] = await post.orders(1);
  // Who measured it is no matter here.
  await sql`alter table verification drop constraint verification_alarm_id_fkey`.execute(post.db);
  const { rows } = await sql<{ id: number }>`
    insert into verification (alarm_id, object_id, item_code, place, scenario, level, asked_at, due_at, owner_role, owner_id, simulated)
    select 1, object_id, item_code, place, scenario, 3, now(), now(), 'business-admin', ${owner}, false from work_order
    where id = ${order} returning id`.execute(post.db);
  const id = rows[0]?.id ?? 0;
  await post.tell('verification.asked', [id], { level: 'orange', text: '橙色报警待核实' });
  await sql`update verification set owner_role = 'department-owner', owner_id = ${head} where id = ${id}`.execute(
    post.db,
  );
  await post.tell('verification.reminded', [id], { level: 'orange', text: '核实时限已到，转部门责任人' });
  expect([
    (await post.told('verification.asked')).map(([who]) => who),
    (await post.told('verification.reminded')).map(([who]) => who),
  ]).toEqual([['flood.admin'], ['flood.head']]);
  await sql`update verification set decision = 'confirmed', decided_at = now() where id = ${id}`.execute(
    post.db,
  );
  expect(await waiting('verification.asked')).toEqual([['withdrawn', '已核实']]);
  expect(await waiting('verification.reminded')).toEqual([['withdrawn', '已核实']]);
});

test('a desk that a cause is foreseen to reach is told beforehand, at its own place', async () => {
  const { rows } = await sql<{ id: number; place: number }>`
    with o as (insert into monitored_object (code, name, scenarios, place, place_approximate, lat, lon)
      values ('CASCADE', '雨量站', array[1::int2], ${HERE}, true, 31.2, 121.5) returning id),
    c as (insert into cascade (cause_kind, cause_id, object_id, place, scenario, level, title, began_at, reached, simulated)
      select 'warning', 1, id, ${HERE}, ${FLOOD}, 3, '暴雨', now(), 1, false from o returning id)
    insert into cascade_seat (cascade_id, platform_id, place, scenario, reached, first_at, told_at)
    select c.id, p.id, p.place, p.scenario, 1, now(), now() from c, platform p where p.code = ${TOWN}
    returning cascade_id as id, place`.execute(post.db);
  const [seat] = rows;
  await post.tell(
    'cascade.foreseen',
    [seat?.id ?? 0],
    { text: '约 15 分钟后起可能影响 1 处：泵站' },
    { place: seat?.place ?? 0, scenario: null },
  );
  expect(await post.told('cascade.foreseen')).toMatchObject([
    ['town.zhangjiang', expect.stringContaining('可能影响 1 处') as string],
  ]);
  expect((await post.rows())[0]).toMatchObject({ place: seat?.place, scenario: null, level: 3 });
});

test('a report that is owed calls the office that owes it, its head too once it is late, and nobody once it is told', async () => {
  const { rows } = await sql<{ id: number }>`
    with m as (insert into report_matter (place, scenario, platform_id, trigger, title, event_at, known_at, opened_at, simulated)
      select ${HERE}, ${FLOOD}, id, 'accident', '积水伤人', now(), now(), now(), false from platform where code = 'FLOOD' returning *)
    insert into report_duty (matter_id, place, scenario, platform_id, rule, kind, n, recipient, channel, started_at, due_at, missing_at, simulated)
    select id, place, scenario, platform_id, 'R', 'first', 1, 'district', 'phone', now(), now(), now(), false from m returning id`.execute(
    post.db,
  );
  const id = rows[0]?.id ?? 0;
  const text = '电话报区总平台：积水伤人';
  await post.tell('incident-report.due', [id], { platformCode: 'FLOOD', count: 1, text });
  await post.tell('incident-report.late', [id], { platformCode: 'FLOOD', count: 1, text });
  expect((await post.told('incident-report.due')).map(([who]) => who)).toEqual(['flood.admin']);
  expect((await post.told('incident-report.late')).map(([who]) => who)).toEqual([
    'flood.admin',
    'flood.head',
  ]);
  await sql`update report_duty set stopped_at = now() where id = ${id}`.execute(post.db);
  for (const cause of ['incident-report.due', 'incident-report.late'])
    for (const [state] of await waiting(cause)) expect(state).toBe('withdrawn');
});

/** A matter of 防汛办's with as many reports that are owed; gives them. */
async function owes(count: number): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    with m as (insert into report_matter (place, scenario, platform_id, trigger, title, event_at, known_at, opened_at, simulated)
      select ${HERE}, ${FLOOD}, id, 'accident', '台风（合并报送）', now(), now(), now(), false from platform where code = 'FLOOD' returning *)
    insert into report_duty (matter_id, place, scenario, platform_id, rule, kind, n, recipient, channel, started_at, due_at, missing_at, simulated)
    select id, place, scenario, platform_id, 'R', 'update', n, 'district', 'phone', now(), now(), now(), false
    from m, generate_series(1, ${count}::int) n returning id`.execute(post.db);
  return rows.map(({ id }) => id);
}
const fulfil = (duty: number | undefined) =>
  sql`with r as (
      insert into incident_report (matter_id, place, scenario, platform_id, recipient, channel, stage, number, fields, text, event_at, known_at,
        reported_at, recorded_at, by, by_id, simulated)
      select matter_id, place, scenario, platform_id, recipient, channel, 'initial', 1, '{}', '初报', now(), now(), now(), now(), '值守', 1, false
      from report_duty where id = ${duty ?? 0} returning id
    ) update report_duty set fulfilled_at = now(), report_id = r.id from r where report_duty.id = ${duty ?? 0}`.execute(
    post.db,
  );
const tellOwed = (duties: readonly number[], type = 'incident-report.due') =>
  post.tell(type, duties.slice(0, 1), {
    platformCode: 'FLOOD',
    count: duties.length,
    duties,
    text: `电话报区总平台：台风 等 ${duties.length} 项`,
  });

test('a message about several reports on one thing (合并报送) is not sent once the first of them is made', async () => {
  const [first, ...rest] = await owes(3);
  await tellOwed([first ?? 0, ...rest]);
  const before = post.carried.length;
  await fulfil(rest[0]);
  await post.deliver();
  expect(post.carried).toHaveLength(before);
  expect(await waiting('incident-report.due')).toEqual([['withdrawn', '已处理，无须再通知']]);
});

test('a message about reports on several things is sent as long as nothing is reported on one of them', async () => {
  const [one = 0, two = 0] = [...(await owes(1)), ...(await owes(1))];
  await tellOwed([one, two]);
  await fulfil(one);
  await post.deliver();
  expect((await waiting('incident-report.due')).map(([state]) => state)).toEqual(['sent']);
  const [three = 0, four = 0] = [...(await owes(1)), ...(await owes(1))];
  await tellOwed([three, four], 'incident-report.late');
  for (const duty of [three, four]) await fulfil(duty);
  await post.deliver();
  expect(new Set((await waiting('incident-report.late')).map(([state]) => state))).toEqual(
    new Set(['withdrawn']),
  );
});

test('several messages that were gathered into one are not sent once all that they ask is answered', async () => {
  const asked: number[] = [];
  for (let n = 0; n < 5; n += 1) asked.push((await issue('FLOOD')).id);
  await post.follow();
  const gathered = (await post.rows({ kind: 'wecom' })).find((row) => row.gathered !== null);
  expect(gathered?.matters?.map(Number)).toEqual(asked.slice(3));
  for (const id of asked) await answerSupervision(await as('flood.admin'), id, { answer: '已到场' });
  post.house.now += MINUTE;
  const before = post.carried.length;
  await post.deliver();
  expect(post.carried).toHaveLength(before);
  expect(new Set((await waiting('supervision.asked')).map(([state]) => state))).toEqual(
    new Set(['withdrawn']),
  );
});

test('what is written while somebody was answering is looked at once more before it is sent', async () => {
  await issue('FLOOD');
  await post.follow();
  // As if it had been written a moment after the answer.
  await sql`alter table supervision disable trigger withdraw_messages`.execute(post.db);
  await sql`update supervision set state = 'answered', answered_at = now(), next_at = null where state = 'open'`.execute(
    post.db,
  );
  await sql`alter table supervision enable trigger withdraw_messages`.execute(post.db);
  const before = post.carried.length;
  await post.deliver();
  expect(post.carried).toHaveLength(before);
  expect(await waiting('supervision.asked')).toEqual([['withdrawn', '已处理，无须再通知']]);
});
