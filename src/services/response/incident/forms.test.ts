import { AppError } from '#base';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { formDue, formResult } from '../../../contract/response/incident-shapes.ts';
import { MINUTE, NIGHT } from '../testing.ts';
import { advanceIncident } from './advance-incident.ts';
import { askForm, endForm } from './ask-form.ts';
import { answerForm, getForm, listFormsDue } from './form-answers.ts';
import { runForms } from './form-round.ts';
import { getIncident } from './get-incident.ts';
import { openIncident } from './open-incident.ts';
import { type IncidentRoom, incidentRoom } from './testing.ts';

let room: IncidentRoom;
beforeAll(async () => {
  room = await incidentRoom();
});
beforeEach(async () => {
  room.now = NIGHT;
  await sql`delete from incident_form_due`.execute(room.db.storage.system);
});
afterAll(() => room.db.drop());

const FIELDS = [
  { key: 'moved', text: '已转移人数', kind: 'number', unit: '人' },
  { key: 'open', text: '安置点已开放', kind: 'yes-no' },
  { key: 'note', text: '其他情况', kind: 'text' },
] as const;

async function asked(more: object = {}): Promise<{ readonly incident: number; readonly form: number }> {
  const { id: incident } = await openIncident(room.as('coordinator'), {
    title: '台风“测试”',
    loop: 'large',
    reason: '全区防御',
    orders: [await room.order()],
  });
  const { id: form } = await askForm(room.as('coordinator'), incident, {
    title: '转移人数',
    fields: [...FIELDS],
    everyMinutes: 60,
    limitMinutes: 30,
    until: NIGHT + 180 * MINUTE,
    ...more,
  });
  return { incident, form };
}
async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (found: unknown) => found,
  );
  return error instanceof AppError ? error.code : String(error);
}
async function announced(): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from outbox where type = 'incident-form.due'`.execute(room.db.storage.system);
  return rows[0]?.n ?? 0;
}

test('every town is asked at once, answers in one card, and the answers add up', async () => {
  const before = await announced();
  const { form } = await asked();
  expect((await announced()) - before).toBe(2);
  const { items } = await listFormsDue(room.as('zhangjiang'));
  expect(items.map((item) => formDue.parse(item))).toEqual(items);
  expect(items).toMatchObject([{ platform: '张江镇', title: '转移人数', round: 1, late: false }]);
  const mine = items[0]?.id ?? 0;
  const theirs = (await listFormsDue(room.as('chuansha'))).items[0]?.id ?? 0;
  expect(await refusal(answerForm(room.as('zhangjiang'), theirs, { answers: {} }))).toBe('record.not-found');
  expect(await refusal(answerForm(room.as('zhangjiang'), mine, { answers: { moved: '很多' } }))).toBe(
    'input.invalid',
  );
  await answerForm(room.as('zhangjiang'), mine, { answers: { moved: 120, open: true, note: '' } });
  await answerForm(room.as('chuansha'), theirs, { answers: { moved: 30, open: false, note: '一户劝返' } });
  // Told again in the same round, the answer is replaced, not added.
  await answerForm(room.as('chuansha'), theirs, {
    answers: { moved: 45, open: true, note: '' },
    note: '南片两户在做工作',
  });
  expect((await listFormsDue(room.as('zhangjiang'))).items).toEqual([]);
  const result = await getForm(room.as('coordinator'), form, undefined);
  expect(formResult.parse(result)).toEqual(result);
  expect(result.rounds).toMatchObject([
    { round: 1, asked: 2, answered: 2, late: 0, sums: { moved: 165, open: 2 } },
  ]);
  expect(result.rows.map(({ platform, note }) => [platform, note])).toEqual([
    ['张江镇', null],
    ['川沙新镇', '南片两户在做工作'],
  ]);
});

test('who does not answer in time is late, is listed first and told again, once', async () => {
  const { incident, form } = await asked();
  const { items } = await listFormsDue(room.as('zhangjiang'));
  await answerForm(room.as('zhangjiang'), items[0]?.id ?? 0, { answers: { moved: 1, open: true, note: '' } });
  room.now += 30 * MINUTE;
  expect(await runForms(room.system)).toEqual({ asked: 0, late: 1 });
  expect(await runForms(room.system)).toEqual({ asked: 0, late: 0 });
  const result = await getForm(room.as('coordinator'), form, 1);
  expect(result.rows.map(({ platform, late }) => [platform, late])).toEqual([
    ['川沙新镇', true],
    ['张江镇', false],
  ]);
  expect((await getIncident(room.as('coordinator'), incident)).forms).toMatchObject([
    { asked: 2, answered: 1, late: 1 },
  ]);
  expect((await listFormsDue(room.as('chuansha'))).items).toMatchObject([{ late: true }]);
});

test('it is asked every hour until its end; after a stop the round that is due now is asked once', async () => {
  const { form } = await asked({ until: NIGHT + 230 * MINUTE });
  room.now += 60 * MINUTE;
  expect(await runForms(room.system)).toMatchObject({ asked: 2 });
  const first = await listFormsDue(room.as('zhangjiang'));
  expect(first.items).toMatchObject([{ round: 2, askedAt: room.now }]);
  // Two rounds were missed: one is asked, and the next would lie behind the end.
  room.now += 125 * MINUTE;
  expect(await runForms(room.system)).toMatchObject({ asked: 2 });
  expect(await runForms(room.system)).toMatchObject({ asked: 0 });
  const { rounds } = await getForm(room.as('coordinator'), form, undefined);
  expect(rounds.map(({ round }) => round)).toEqual([3, 2, 1]);
});

test('a form that was ended, and one of a closed incident, ask nobody any more', async () => {
  const { incident, form } = await asked();
  expect(await refusal(endForm(room.as('zhangjiang'), form))).toBe('access.denied');
  await endForm(room.as('coordinator'), form);
  expect((await listFormsDue(room.as('zhangjiang'))).items).toEqual([]);
  room.now += 60 * MINUTE;
  expect(await runForms(room.system)).toMatchObject({ asked: 0 });
  const other = await asked({ until: room.now + 180 * MINUTE });
  const { system } = room.db.storage;
  await sql`update work_order set state = 'closed' where incident_id = ${other.incident}`.execute(system);
  await sql`update incident_part set state = 'waived', ended_at = now() where incident_id = ${other.incident}`.execute(
    system,
  );
  await advanceIncident(room.as('coordinator'), other.incident, { action: 'close', reason: '台风过境' });
  expect((await listFormsDue(room.as('zhangjiang'))).items).toEqual([]);
  expect(incident).toBeGreaterThan(0);
});

test('a form is put by who coordinates alone, with a limit within its interval and an end ahead', async () => {
  const { incident } = await asked();
  const body = { title: '转移人数', fields: [...FIELDS], limitMinutes: 30, until: room.now + MINUTE };
  expect(await refusal(askForm(room.as('flood.admin'), incident, body))).toBe('access.denied');
  const wrong = [{ until: room.now }, { everyMinutes: 10 }, { fields: [FIELDS[0], FIELDS[0]] }];
  for (const more of wrong)
    expect(await refusal(askForm(room.as('coordinator'), incident, { ...body, ...more }))).toBe(
      'input.invalid',
    );
});

test('a village that is asked by name answers in its own card; its town may answer for it, another village may not', async () => {
  await sql`insert into platform (id, code, name, kind, parent_id, place, place_to) values
    (8, '310115125001', '川和路居委会', 'village', 3, 110, 110), (9, '310115125002', '第二居委会', 'village', 3, 111, 111)`.execute(
    room.db.storage.system,
  );
  await sql`insert into role_assignment (account_id, role, platform_id, granted_by) values
    (24, 'village-handler', 8, 'test'), (25, 'village-handler', 9, 'test')`.execute(room.db.storage.system);
  await asked({ platforms: ['310115125001'] });
  const [mine] = (await listFormsDue(room.as('village'))).items;
  expect(mine).toMatchObject({ platform: '川和路居委会', title: '转移人数' });
  expect((await listFormsDue(room.as('village2'))).items).toEqual([]);
  const answer = (who: 'village' | 'village2' | 'zhangjiang') =>
    answerForm(room.as(who), mine?.id ?? 0, { answers: { moved: 12, open: true, note: '' } });
  expect(await refusal(answer('village2'))).toBe('record.not-found');
  expect(await answer('village')).toMatchObject({ answers: { moved: 12 } });
  expect(await answer('zhangjiang')).toMatchObject({ answers: { moved: 12 } });
});
