// The two gates: risk gone (销警), and record complete (结案).
import { AppError, fromBeijing } from '#base';
import type { Event } from '#bus';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { followData } from '../../operations/index.ts';
import { advanceWorkOrder } from '../advance-work-order.ts';
import { attachPhoto } from '../attach-photo.ts';
import { getWorkOrder } from '../get-work-order.ts';
import { openWorkOrders } from '../open-work-orders.ts';
import type { AdvanceRequest } from '../save-advance.ts';
import { type DutyRoom, dutyRoom, HOUR, MINUTE, NIGHT, type PEOPLE, proofOf, testPhoto } from '../testing.ts';
import { sendBackRisen } from './send-back-risen.ts';

let room: DutyRoom;
beforeAll(async () => {
  room = await dutyRoom();
  await sql`insert into element (code, standard_id, scenario, name, unit, period_seconds, sensing, is_key, body)
    select 'FLOOD.UNDERPASS', min(id), 1, '下立交积水深', 'cm', 60, 'iot', true, '{}' from standard_version where scenario = 1`.execute(
    room.db.storage.system,
  );
});
beforeEach(() => {
  room.now = NIGHT;
});
afterAll(() => room.db.drop());

const NOTE = '积水已抽排，路面恢复通行';
let n = 0;

interface Watched {
  readonly order: number;
  readonly warning: number;
  readonly point: string;
  /** The sensor says this now. */
  readonly says: (value: number) => Promise<void>;
  /** Back below the limit for its off-delay. */
  readonly returns: () => Promise<void>;
}

/** An order that somebody works on, whose warning rests on a sensor that stands at 31 cm. */
async function watched(): Promise<Watched> {
  n += 1;
  const point = `P-${n}`;
  const warning = await room.warning('yellow');
  const { system } = room.db.storage;
  const at = new Date(NIGHT - HOUR);
  const body = {
    code: 'FLOOD.S06',
    name: '下立交积水深',
    unit: 'cm',
    direction: 'high',
    measure: { kind: 'value' },
    levels: { yellow: { limit: 27, onDelaySeconds: 120 } },
    deadband: 0,
    offDelaySeconds: 900,
    basis: { tag: 'K', document: 'x', verified: false },
  };
  await sql`
    with d as (insert into device (protocol, code, settings, place, scenarios) values ('hj212', ${point}, '{}', 100, '{1}') returning id),
    p as (insert into point (code, object_id, element_code, device_id, place, scenarios, simulated)
      select ${point}, w.object_id, 'FLOOD.UNDERPASS', d.id, 100, '{1}', false from warning w, d where w.id = ${warning} returning id),
    s as (insert into sign (standard_id, code, scenario, element_code, item_code, name, body)
      select (select min(id) from standard_version where scenario = 1), 'FLOOD.S06' || ${n}, 1, 'FLOOD.UNDERPASS', 'FLOOD.I06', 'x',
        ${JSON.stringify(body)}::jsonb returning id),
    t as (insert into point_state (point_id, observed_at, value, quality) select id, ${at}, 31, 0 from p),
    a as (insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value,
        raised_at, changed_at, recorded_at, simulated)
      select nextval('alarm_id'), p.id, w.object_id, s.id, 'FLOOD.I06', 100, 1, 2, 2, 31, 31, ${at}, ${at}, ${at}, false
      from warning w, p, s where w.id = ${warning} returning id)
    insert into warning_evidence (warning_id, alarm_id, level) select ${warning}, id, 2 from a`.execute(
    system,
  );
  await room.system.transaction((tx) =>
    openWorkOrders(tx, room.now, [{ change: 'raised', warning, level: 'yellow', at: room.now }]),
  );
  const { id } = await system
    .selectFrom('work_order')
    .select('id')
    .where('warning_id', '=', warning)
    .executeTakeFirstOrThrow();
  for (const action of ['accept', 'arrive', 'dispose'] as const) await act('flood.handler', id, { action });
  return {
    order: id,
    warning,
    point,
    says: async (value) =>
      void (await sql`update point_state set value = ${value} from point p where p.id = point_id and p.code = ${point}`.execute(
        system,
      )),
    returns: async () => {
      await sql`update alarm set normal_at = now(), level = 0 where id in (select alarm_id from warning_evidence where warning_id = ${warning})`.execute(
        system,
      );
      await sql`update warning set state = 'normal', level = 0, normal_at = now() where id = ${warning}`.execute(
        system,
      );
    },
  };
}

function act(who: keyof typeof PEOPLE, id: number, request: AdvanceRequest) {
  return advanceWorkOrder(room.as(who), id, request);
}

async function clearing(order: number, more: Partial<AdvanceRequest> = {}): Promise<AdvanceRequest> {
  return {
    action: 'clear',
    verdict: 'true',
    note: NOTE,
    ...(await proofOf(room.as('flood.handler'), order)),
    ...more,
  };
}

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error('expected a refusal', { cause: error });
}

test('a paper clear bounces with the present value, and nothing is half done; once the reading is back it is cleared', async () => {
  const { order, returns } = await watched();
  const request = await clearing(order);
  const refused = await refusal(act('flood.handler', order, request));
  expect(refused).toMatchObject({
    code: 'work-order.requirement-missing',
    details: { requirements: ['normal'] },
  });
  expect(refused.details['missing']).toContain(
    '下立交积水深：实测 31 cm ≥ 27 cm（黄色），自 11月20日 02:00 起',
  );
  const seen = await getWorkOrder(room.as('flood.handler'), order);
  expect(seen).toMatchObject({ state: 'disposing', clearedAt: null, standing: [{ unit: 'cm' }] });
  expect(seen.steps.every((step) => step.doneAt === null)).toBe(true);
  expect(seen.allowedActions.find((one) => one.action === 'clear')?.requires).toContain('normal');
  await returns();
  const cleared = await act('flood.handler', order, request);
  expect(cleared).toMatchObject({ state: 'cleared', findings: [{ check: 'photo-nowhere', blocks: false }] });
});

test('a value that has gone down but not for long enough is told as that', async () => {
  const { order, says } = await watched();
  await says(3);
  const refused = await refusal(act('flood.handler', order, await clearing(order)));
  expect(refused.details['missing']).toContain('下立交积水深：现值 3 cm，还须持续 15 分钟才算恢复');
});

test('a false alarm is cleared under a high value, and its reviewer is told', async () => {
  const { order } = await watched();
  const note = '现场无积水，探头被杂物遮挡，已清理';
  const cleared = await act('flood.handler', order, {
    action: 'clear',
    verdict: 'false-alarm',
    falseAlarm: 'sensor-fault',
    note,
  });
  expect(cleared.findings.map((one) => [one.check, one.blocks])).toEqual([['false-though-high', false]]);
});

test('what only people reported, or nobody’s sensor, is cleared by its evidence', async () => {
  const { order, warning } = await watched();
  await sql`update element set sensing = 'social' where code = 'FLOOD.UNDERPASS'`.execute(
    room.db.storage.system,
  );
  try {
    expect(await act('flood.handler', order, await clearing(order))).toMatchObject({
      state: 'cleared',
      warning,
    });
  } finally {
    await sql`update element set sensing = 'iot' where code = 'FLOOD.UNDERPASS'`.execute(
      room.db.storage.system,
    );
  }
});

test('sensor faulty, measured on site: with value and photo it is cleared, opens a fault, and is closed only when confirmed', async () => {
  const { order, point } = await watched();
  const { attachments, ...bare } = await clearing(order, { note: '现场水深 2 厘米，液位计读数不动，已报修' });
  const measured = { value: 2, unit: 'cm' };
  expect(await refusal(act('flood.handler', order, { ...bare, measured, attachments: [] }))).toMatchObject({
    code: 'work-order.requirement-missing',
  });
  const cleared = await act('flood.handler', order, { ...bare, measured, attachments });
  expect(cleared.measurement).toMatchObject({ ...measured, by: '处置人员甲', confirmedAt: null });
  expect(cleared.entries.at(-1)?.text).toBe('销警（真实），传感器故障，现场实测 2 cm');
  const { rows: told } = await sql<{ payload: Event['payload'] }>`
    select payload from outbox where type = 'data.poor' and payload->>'subjectId' = ${`hj212/${point}`}`.execute(
    room.db.storage.system,
  );
  await room.system.transaction((tx) =>
    followData(
      tx,
      told.map(({ payload }) => ({ type: 'data.poor', at: room.now, payload })),
      room.now,
    ),
  );
  const { rows: faults } = await sql<{ summary: string }>`
    select summary from fault where subject = ${`hj212/${point}`} and kind = 'data-poor' and state = 'open'`.execute(
    room.db.storage.system,
  );
  expect(faults[0]?.summary).toContain('处置人员甲现场实测 2 cm，与读数不符（下立交积水深：实测 31 cm');

  const reviewing = await act('flood.head', order, { action: 'review' });
  expect(reviewing.allowedActions.find((one) => one.action === 'close')?.requires).toEqual(['measured']);
  expect(await refusal(act('flood.head', order, { action: 'close' }))).toMatchObject({
    details: { requirements: ['measured'] },
  });
  const closed = await act('flood.head', order, { action: 'close', confirmMeasured: true });
  expect(closed).toMatchObject({ state: 'closed', measurement: { confirmedBy: '防汛部门责任人' } });
});

test('what the reviewer does not believe is void: cleared again, it needs its own measurement', async () => {
  const { order } = await watched();
  const note = '现场水深 2 厘米，液位计读数不动，已报修';
  const request = await clearing(order, { note, measured: { value: 2, unit: 'cm' } });
  await act('flood.handler', order, request);
  const back = await act('flood.head', order, { action: 'send-back', reason: '照片看不出水深' });
  expect(back).toMatchObject({ state: 'disposing', measurement: null });
  const { attachments: _, measured: __, ...again } = request;
  expect(await refusal(act('flood.handler', order, again))).toMatchObject({
    details: { requirements: ['normal'] },
  });
});

test('it rises again before anybody has closed: the rule sends the order back with the reason, once', async () => {
  const { order, warning, returns } = await watched();
  await returns();
  await act('flood.handler', order, await clearing(order));
  await act('flood.head', order, { action: 'review' });
  const { rows } = await sql<{ id: number }>`
    insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, simulated)
    select object_id, item_code, place, scenario, 'open', 2, 2, 'x', now(), now(), false from warning where id = ${warning}
    returning id`.execute(room.db.storage.system);
  const again = rows[0]?.id ?? 0;
  const event = {
    type: 'warning.raised',
    at: room.now,
    payload: { id: again, text: '下立交积水深：实测 30 cm ≥ 27 cm（黄色）' },
  };
  const tell = () =>
    room.system.transaction((tx) => sendBackRisen(tx, [event as unknown as Event], room.now));
  await tell();
  await tell();
  const seen = await getWorkOrder(room.as('flood.handler'), order);
  expect(seen).toMatchObject({ state: 'disposing', clearedAt: null, handler: { name: '处置人员甲' } });
  const entries = seen.entries.filter((one) => one.kind === 'send-back');
  expect(entries).toMatchObject([
    {
      by: null,
      text: `系统退回：结案前体征又越限（预警 #${again}）：下立交积水深：实测 30 cm ≥ 27 cm（黄色）`,
    },
  ]);
  const { rows: counted } =
    await sql`select sent_back, closed_by_id from work_order where id = ${order}`.execute(
      room.db.storage.system,
    );
  expect(counted).toEqual([{ sent_back: 1, closed_by_id: null }]);
});

test('an empty note is refused with its kind and how to mend it; nothing is kept', async () => {
  const { order, returns } = await watched();
  await returns();
  const refused = await refusal(
    act('flood.handler', order, await clearing(order, { note: '好好好好好好好好好好好好' })),
  );
  expect(refused).toMatchObject({
    code: 'work-order.record-poor',
    status: 422,
    details: { checks: ['note-empty'] },
  });
  expect(refused.details['findings']).toContain('【内容不规范】');
  expect(await getWorkOrder(room.as('flood.handler'), order)).toMatchObject({ state: 'disposing' });
});

test('the reviewer sees a photo far away, one older than the order, and a note that repeats another order’s; the order is closed all the same', async () => {
  const first = await watched();
  await first.returns();
  const words = '派出泵车两台抽排一小时，清理进水口三处，两端解除封闭';
  await act('flood.handler', first.order, await clearing(first.order, { note: words }));
  const { order, returns } = await watched();
  await returns();
  const handler = room.as('flood.handler');
  const far = await attachPhoto(handler, order, {
    name: '远.jpg',
    content: await testPhoto([200, 1, n]),
    takenAt: fromBeijing(2026, 11, 19, 0),
    lat: 31.22,
    lon: 121.5,
    accuracy: 15,
  });
  const request = await clearing(order, { note: `${words}。` });
  const cleared = await act('flood.handler', order, {
    ...request,
    attachments: [...(request.attachments ?? []), far.id],
  });
  const { code } = await getWorkOrder(handler, first.order);
  expect(cleared.findings.map((one) => [one.check, one.text])).toEqual([
    ['photo-far', '1 张照片拍摄地点离对象超过 300 米'],
    ['photo-old', '1 张照片拍摄时间早于开单'],
    ['photo-nowhere', '2 张照片没有位置'],
    ['note-like', `处置说明与 ${code} 几乎相同`],
  ]);
  expect(cleared.findings.every((one) => one.mend !== '' && !one.blocks)).toBe(true);
  room.now = NIGHT + MINUTE;
  await act('flood.head', order, { action: 'review' });
  expect(await act('flood.head', order, { action: 'close' })).toMatchObject({ state: 'closed' });
});
