import { AppError } from '#base';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { activation, activationDetail } from '../../../contract/response/activation-routes.ts';
import { type IncidentRoom, incidentRoom } from '../incident/testing.ts';
import { openIncident } from '../incident/open-incident.ts';
import { changeActivation } from './change-activation.ts';
import { putMeasures } from './put-measures.ts';
import { getActivation, listActivations } from './list-activations.ts';
import { startActivation } from './start-activation.ts';

let room: IncidentRoom;
beforeAll(async () => {
  room = await incidentRoom();
  await sql`insert into platform (id, code, name, kind, scenario, place, place_to) values (9, 'FLOOD', '防汛防台', 'scenario', 1, 1010, 1019)`.execute(
    room.db.storage.system,
  );
});
afterAll(() => room.db.drop());

const WANTED: Parameters<typeof startActivation>[1] = {
  plan: 'flood',
  grade: 'III',
  platform: 'FLOOD',
  towns: [],
  ground: '台风蓝色预警信号',
};

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (found: unknown) => found,
  );
  return error instanceof AppError ? error.code : String(error);
}

test('a response is started by who decides there, obliges what its grade and those below say, and stands for everybody', async () => {
  expect(await refusal(startActivation(room.as('flood.admin'), WANTED))).toBe('access.denied');
  const started = await startActivation(room.as('flood.head'), WANTED);
  expect(activationDetail.parse(started)).toEqual(started);
  expect(started).toMatchObject({
    gradeText: 'Ⅲ级',
    platform: '防汛防台',
    startedBy: '防汛部门责任人',
    mayDecide: true,
  });
  expect(started.measures).toHaveLength(6);
  expect(await refusal(startActivation(room.as('flood.head'), WANTED))).toBe('activation.in-force');
  for (const who of ['chuansha', 'gas.handler'] as const) {
    const { items } = await listActivations(room.as(who), { limit: 50, inForce: true });
    expect(items.map((item) => activation.parse(item))).toEqual(items);
    expect(items).toMatchObject([{ plan: 'flood', mayDecide: false }]);
  }
  expect(await refusal(startActivation(room.as('flood.head'), { ...WANTED, platform: 'PD' }))).toBe(
    'access.denied',
  );
});

test('raised, it keeps what is done; ended with a reason, it stands no more', async () => {
  const [row] = (await listActivations(room.as('coordinator'), { limit: 1, inForce: true })).items;
  const id = row?.id ?? 0;
  const done = (row?.measures ?? []).map(({ text, unit }, i) => ({ text, unit, done: i === 0 }));
  await putMeasures(room.as('flood.head'), id, { measures: done });
  expect(await refusal(putMeasures(room.as('flood.head'), id, { measures: done, version: 1 }))).toBe(
    'record.changed',
  );
  expect(await refusal(changeActivation(room.as('flood.head'), id, { grade: 'III', reason: '不变' }))).toBe(
    'activation.in-force',
  );
  const raised = await changeActivation(room.as('coordinator'), id, { grade: 'II', reason: '台风路径北抬' });
  expect(raised.measures).toHaveLength(9);
  expect(raised.measures.filter(({ doneAt }) => doneAt !== null)).toHaveLength(1);
  const ended = await changeActivation(room.as('coordinator'), id, { reason: '台风过境' });
  expect(ended).toMatchObject({ endedBy: '大闭环统筹', endedReason: '台风过境' });
  expect(ended.entries.map(({ text }) => text)).toEqual([
    '防汛防台防汛防台Ⅱ级应急响应终止',
    '防汛防台防汛防台应急响应由Ⅲ级升为Ⅱ级',
    '规定动作 6 项，完成 1 项',
    '防汛防台启动防汛防台Ⅲ级应急响应',
  ]);
  expect(await refusal(changeActivation(room.as('coordinator'), id, { reason: '再终止' }))).toBe(
    'activation.over',
  );
  expect((await listActivations(room.as('coordinator'), { limit: 50, inForce: true })).items).toEqual([]);
});

test('what it obliges is changed with a reason, before and while it stands, and its course says what, by whom and why', async () => {
  const first = { text: '关闭 3 处下立交', unit: '浦东公安分局' };
  const { id, measures } = await startActivation(room.as('flood.head'), { ...WANTED, measures: [first] });
  expect(measures).toEqual([{ ...first, doneAt: null, doneBy: null }]);
  const listed = (...more: readonly { text: string; unit: string; done: boolean }[]) => ({
    measures: [...more],
  });
  const second = { text: '泵车到龙阳路待命', unit: '区建交委', done: false };
  const grown = listed({ ...first, done: true }, second);
  const head = room.as('flood.head');
  expect(await refusal(putMeasures(head, id, grown))).toBe('input.invalid');
  expect(await refusal(putMeasures(head, id, { ...listed(second, second), reason: '重复' }))).toBe(
    'input.invalid',
  );
  await putMeasures(head, id, { ...grown, reason: '龙阳路积水' });
  // What is done is written down without a reason.
  const done = await putMeasures(head, id, listed({ ...first, done: true }, { ...second, done: true }));
  expect(done.measures.map(({ doneBy }) => doneBy)).toEqual(['防汛部门责任人', '防汛部门责任人']);
  const less = listed({ ...second, unit: '张江镇', done: true });
  const last = await putMeasures(head, id, { ...less, reason: '已封交，移交街镇' });
  expect(last.entries.map(({ text, by, reason }) => [text, by, reason])).toEqual([
    [
      '规定动作 1 项，完成 1 项；“泵车到龙阳路待命”由区建交委改由张江镇负责；删去“关闭 3 处下立交”',
      '防汛部门责任人',
      '已封交，移交街镇',
    ],
    ['规定动作 2 项，完成 2 项', '防汛部门责任人', null],
    ['规定动作 2 项，完成 1 项；增加“泵车到龙阳路待命”（区建交委）', '防汛部门责任人', '龙阳路积水'],
    ['防汛防台启动防汛防台Ⅲ级应急响应', '防汛部门责任人', WANTED.ground],
  ]);
  await changeActivation(room.as('flood.head'), id, { reason: '雨停' });
});

test('it names its incident only to whoever sees that, and every screen is told', async () => {
  const incident = await openIncident(room.as('coordinator'), {
    title: '台风“测试”',
    reason: '全区防御',
    loop: 'large',
    orders: [await room.order()],
  });
  const { id } = await startActivation(room.as('coordinator'), {
    ...WANTED,
    platform: 'PD',
    incident: incident.id,
  });
  expect((await getActivation(room.as('flood.admin'), id)).incident).toMatchObject({ code: incident.code });
  expect((await getActivation(room.as('chuansha'), id)).incident).toBeNull();
  const { rows } = await sql`select place, scenario, payload->>'ofScenario' as of from outbox
    where type = 'activation.changed' order by id desc limit 1`.execute(room.db.storage.system);
  expect(rows).toEqual([{ place: null, scenario: null, of: '1' }]);
});
