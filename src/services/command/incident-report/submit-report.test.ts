// One night from the red warning to the last report: by phone, on paper, asked back, set right; who was late is read off the clock.
import { inflateRawSync } from 'node:zlib';

import type { ReportMatterDetail } from '#contract/command';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  amendReport,
  answerReportQuestion,
  askAboutReport,
  draftReport,
  getReportDocument,
  getReportMatter,
  listReportDuties,
  reportDutiesWaiting,
  listReportFlags,
  listReportMatters,
  listReports,
  oweReports,
  runReportDuties,
  signReport,
  submitReport,
} from '../index.ts';
import { MINUTE, november, openReportHouse, type ReportHouse } from './testing.ts';

const NIGHT = november(20, 2, 14);

let house: ReportHouse;
let flood: RequestContext;
let district: RequestContext;
let town: RequestContext;
let gas: RequestContext;
let order = 0;
let matter = 0;
beforeAll(async () => {
  house = await openReportHouse();
  flood = await house.as('flood.admin');
  district = await house.as('district');
  town = await house.as('town.zhangjiang');
  gas = await house.as('gas.admin');
  house.now = NIGHT;
  order = await house.order({ level: 'red', at: NIGHT });
  await house.system.transaction((tx) => oweReports(tx, [house.raised(order, 'red', NIGHT)], NIGHT));
  const page = await listReportMatters(flood, { query: { limit: 10, workOrder: order } });
  matter = page.items[0]?.id ?? 0;
});
afterAll(() => house.db.drop());

let key = 0;
const NOBODY = { deaths: null, injuries: null, unaccounted: null };
type Body = Parameters<typeof submitReport>[1]['body'];

/** What the draft says, with what a person puts in. */
async function report(
  context: RequestContext,
  way: Pick<Body, 'platform' | 'recipient' | 'channel'> & Partial<Body>,
  fields: Partial<Body['fields']> = {},
): Promise<ReportMatterDetail> {
  const { platform, recipient, channel } = way;
  const draft = await draftReport(context, {
    params: { id: matter },
    query: { platform, recipient, channel, final: way.final },
  });
  key += 1;
  const body = {
    final: false,
    eventAt: draft.eventAt,
    casualties: NOBODY,
    idempotencyKey: `report-${key}`,
    ...way,
    fields: { ...draft.fields, ...fields },
  };
  return submitReport(context, { params: { id: matter }, body });
}
const toDistrict = { platform: 'FLOOD', recipient: 'district' } as const;
const standing = ({ duties }: ReportMatterDetail) =>
  duties.map(({ rule, kind, n, standing: stands }) => [rule.code, kind, n, stands]);

test('the draft says what the records know and names what is missing', async () => {
  const draft = await draftReport(flood, {
    params: { id: matter },
    query: { ...toDistrict, channel: 'written' },
  });
  expect(draft).toMatchObject({ stageText: '初报', missing: [], knownAt: NIGHT });
  expect(draft.fields).toMatchObject({
    source: '平台监测预警：积水深度 0.42 m，达到限值',
    received: '11月20日 02:14',
    where: '张江镇 下立交',
    nature: '下立交积水红色预警',
    trend: '预警仍在持续，红色',
    reach: '',
  });
  expect(draft.fields.measures).toContain('张江镇排水抢险队');
});

test('what was put right of a closed record stands in the draft beside what was noted', async () => {
  const words = '更正处置说明：原为“水深 2 厘米”，更正为“水深 3 厘米”。原因：笔误';
  const { system } = house.db.storage;
  await sql`insert into work_order_entry (work_order_id, place, scenario, at, by, kind, text, note)
    select id, place, scenario, now(), '处置人员甲', k.kind, k.text, k.note from work_order,
      (values ('clear', '销警', '水深 2 厘米'), ('amended', ${words}, null)) k(kind, text, note) where id = ${order}`.execute(
    system,
  );
  const { fields } = await draftReport(flood, {
    params: { id: matter },
    query: { ...toDistrict, channel: 'written' },
  });
  expect(fields.measures).toContain(`水深 2 厘米；${words}`);
  await sql`delete from work_order_entry where work_order_id = ${order} and kind in ('clear','amended')`.execute(
    system,
  );
});

test('at 02:17 by the platform: in time; the district signs for it', async () => {
  expect((await reportDutiesWaiting(flood)).dueAt).toBe(NIGHT + 5 * MINUTE);
  expect((await reportDutiesWaiting(gas)).count).toBe(0);
  house.now = NIGHT + 3 * MINUTE;
  const detail = await report(flood, { ...toDistrict, channel: 'platform' });
  expect(standing(detail)[0]).toEqual(['BS.R01', 'first', 1, 'in-time']);
  expect((await reportDutiesWaiting(flood)).dueAt).toBeGreaterThan(NIGHT + 5 * MINUTE);
  const id = detail.reports[0]?.id ?? 0;
  const waiting = { limit: 10, received: true, unsigned: true };
  expect((await listReports(district, { query: waiting })).items.map((one) => one.id)).toEqual([id]);
  await expect(signReport(flood, { params: { id } })).rejects.toMatchObject({ code: 'access.denied' });
  house.now += MINUTE;
  const signed = await signReport(district, { params: { id } });
  expect(signed.reports[0]).toMatchObject({ signedAt: NIGHT + 4 * MINUTE, signedBy: '区总平台 业务管理员' });
  house.now += MINUTE;
  const again = await signReport(district, { params: { id } });
  expect(again.reports[0]?.signedAt).toBe(NIGHT + 4 * MINUTE);
  expect((await listReports(district, { query: waiting })).items).toEqual([]);
});

test('a call that nobody takes is in the log and is no report; the next one is, late by three minutes', async () => {
  house.now = NIGHT + 14 * MINUTE;
  const leader = { platform: 'PD', recipient: 'leader', channel: 'phone' } as const;
  const missed = await report(district, {
    ...leader,
    call: { outcome: 'no-answer', takenBy: '', at: house.now },
  });
  expect(missed.reports).toHaveLength(1);
  expect(standing(missed)[1]).toEqual(['BS.R02', 'first', 1, 'waiting']);
  house.now = NIGHT + 20 * MINUTE;
  const reached = await report(district, {
    ...leader,
    // Noted two minutes after it was made: what counts is when it was made.
    call: { outcome: 'reached', takenBy: '区领导值班秘书', at: NIGHT + 18 * MINUTE },
  });
  expect(standing(reached)[1]).toEqual(['BS.R02', 'first', 1, 'late']);
  expect(reached.reports[0]).toMatchObject({
    takenBy: '区领导值班秘书',
    reportedAt: NIGHT + 18 * MINUTE,
    recordedAt: NIGHT + 20 * MINUTE,
    flags: ['late'],
  });
  const { rows } = await sql<{ text: string; outcome: string }>`
    select text, outcome from duty_log where kind = 'call' order by id`.execute(house.db.storage.system);
  expect(rows).toEqual([
    { text: '电话报区领导：下立交 下立交积水红色预警，无人接听', outcome: 'no-answer' },
    {
      text: '电话报区领导：下立交 下立交积水红色预警，初报，接报人 区领导值班秘书',
      outcome: 'reached',
    },
  ]);
});

test('who may not speak to whom, and what cannot have been, is refused with the reason', async () => {
  const refused = async (context: RequestContext, way: Parameters<typeof report>[1], reason: RegExp) =>
    expect(report(context, way)).rejects.toMatchObject({
      code: 'incident-report.refused',
      details: { reason: expect.stringMatching(reason) },
    });
  await refused(flood, { platform: 'FLOOD', recipient: 'city', channel: 'written' }, /由区总平台报/u);
  await refused(district, { platform: 'PD', recipient: 'city', channel: 'platform' }, /不在平台上/u);
  await refused(flood, { ...toDistrict, channel: 'phone' }, /记下通话/u);
  const early = { outcome: 'reached', takenBy: '值班员', at: NIGHT - MINUTE } as const;
  await refused(flood, { ...toDistrict, channel: 'phone', call: early }, /通话时间/u);
  await refused(flood, { ...toDistrict, channel: 'written', final: true }, /还没有结案/u);
  await refused(flood, { ...toDistrict, channel: 'written', eventAt: NIGHT + MINUTE }, /晚于得知/u);
  await expect(
    report(gas, { platform: 'GAS', recipient: 'district', channel: 'written' }),
  ).rejects.toMatchObject({ code: 'record.not-found' });
  await expect(report(town, { ...toDistrict, channel: 'written' })).rejects.toMatchObject({
    code: 'access.denied',
  });
});

test('初报 on paper, 续报 within the hour; one sent twice is one', async () => {
  house.now = NIGHT + 50 * MINUTE;
  const first = await report(flood, { ...toDistrict, channel: 'written', idempotencyKey: 'same-key-1' });
  const twice = await report(flood, { ...toDistrict, channel: 'written', idempotencyKey: 'same-key-1' });
  expect(twice.reports).toHaveLength(first.reports.length);
  house.now = NIGHT + 110 * MINUTE;
  await runReportDuties(house.system);
  await expect(report(flood, { ...toDistrict, channel: 'written' })).rejects.toMatchObject({
    code: 'incident-report.incomplete',
    details: { stage: '续报1', missing: '影响范围、伤亡和损失' },
  });
  const told = { reach: '世纪大道断交', losses: '两车被淹' };
  const casualties = { deaths: 0, injuries: 2, unaccounted: null };
  const second = await report(flood, { ...toDistrict, channel: 'written', casualties }, told);
  expect(second.reports[0]).toMatchObject({ stageText: '续报1', flags: [] });
  expect(second.reports[0]?.text).toContain('伤亡和损失：死亡 0 人、受伤 2 人；两车被淹');
  expect(standing(second).filter(([rule]) => rule === 'BS.R03')).toEqual([
    ['BS.R03', 'first', 1, 'in-time'],
    ['BS.R03', 'update', 1, 'in-time'],
  ]);
  // People were harmed: the district owes the city a report of its own.
  expect(second.duties.at(-1)).toMatchObject({
    rule: { code: 'BS.R13' },
    platform: { code: 'PD' },
    recipient: 'city',
    dueAt: NIGHT + 170 * MINUTE,
  });
});

test('asked back and answered by whoever sent it', async () => {
  const [last] = (await listReports(district, { query: { limit: 1, received: true } })).items;
  const id = last?.id ?? 0;
  const question = { question: '两车里有没有人？' };
  await expect(askAboutReport(flood, { params: { id }, body: question })).rejects.toMatchObject({
    code: 'access.denied',
  });
  const asked = await askAboutReport(district, { params: { id }, body: question });
  const questionId = asked.questions[0]?.id ?? 0;
  const answer = { params: { id: questionId }, body: { answer: '没有，司机已自行撤离' } };
  const answered = await answerReportQuestion(flood, answer);
  expect(answered.questions[0]).toMatchObject({ answer: '没有，司机已自行撤离', mayAnswer: false });
  await expect(answerReportQuestion(flood, answer)).rejects.toMatchObject({
    code: 'incident-report.illegal-action',
  });
});

test('what was sent stays as it was sent; the moment of the event and the numbers are marked when they are changed', async () => {
  const before = await getReportMatter(flood, { params: { id: matter } });
  const [report_] = before.reports;
  const amended = await amendReport(flood, {
    params: { id: report_?.id ?? 0 },
    body: {
      eventAt: NIGHT - 10 * MINUTE,
      casualties: { injuries: 5 },
      fields: { losses: '三车被淹' },
      reason: '现场复核',
    },
  });
  expect(amended.reports.find(({ id }) => id === report_?.id)).toMatchObject({
    text: report_?.text,
    eventAt: report_?.eventAt,
    flags: ['changed'],
  });
  expect(
    amended.changes.map(({ fieldText, before: was, after, flagged }) => [fieldText, was, after, flagged]),
  ).toEqual([
    ['发生时间', '2026年11月20日 02:14', '2026年11月20日 02:04', true],
    ['受伤', '2', '5', true],
    ['伤亡和损失', '两车被淹', '三车被淹', false],
  ]);
  expect(amended).toMatchObject({ eventAt: NIGHT - 10 * MINUTE, casualties: { injuries: 5 } });
  expect(amended.duties.filter(({ rule }) => rule.code === 'BS.R13').map(({ n }) => n)).toEqual([1, 2]);
  // A later report that moves the event says why.
  await expect(
    report(flood, { ...toDistrict, channel: 'written', eventAt: NIGHT - 20 * MINUTE }),
  ).rejects.toMatchObject({ details: { reason: expect.stringMatching(/说明原因/u) } });
});

test('on paper: a real document that says everything, with what was changed', async () => {
  const detail = await getReportMatter(flood, { params: { id: matter } });
  const id = detail.reports.find(({ flags }) => flags.includes('changed'))?.id ?? 0;
  const { name, content } = await getReportDocument(flood, { params: { id } });
  expect(name).toBe('下立交 下立交积水红色预警续报1.docx');
  const text = documentText(content);
  expect(text).toContain('防汛防台信息专报');
  expect(text).toContain('事件发生于2026年11月20日 02:14');
  expect(text).toContain('受伤由“2”更正为“5”');
  await expect(getReportDocument(gas, { params: { id } })).rejects.toMatchObject({
    code: 'record.not-found',
  });
});

test('closed at five to midnight: 终报 within a day, over midnight; late ones, missing ones and changed ones are listed', async () => {
  house.now = november(20, 23, 55);
  await runReportDuties(house.system);
  await house.system.transaction((tx) =>
    oweReports(
      tx,
      [house.advanced(order, { action: 'close', level: 'red', state: 'closed', at: house.now })],
      house.now,
    ),
  );
  const all = { leaders: '副区长到场', suggestions: '无', reach: '已恢复通行', losses: '三车被淹' };
  house.now = november(21, 23, 56);
  const detail = await report(flood, { ...toDistrict, channel: 'written', final: true }, all);
  expect(detail.reports[0]).toMatchObject({ stageText: '终报', flags: ['late'] });
  expect(detail.duties.filter(({ kind }) => kind === 'final')).toMatchObject([
    { dueAt: november(21, 23, 55), standing: 'late' },
  ]);
  const query = { limit: 100 };
  const flags = (await listReportFlags(district, { query })).items;
  const count = (kind: string): number => flags.filter((one) => one.kind === kind).length;
  // Nineteen hours in which nobody told anything, and the city twice not.
  expect([count('missing'), count('changed')]).toEqual([19 + 2, 2]);
  expect(flags.find(({ duty }) => duty?.kind === 'final')).toMatchObject({
    kind: 'late',
    duty: { lateMinutes: 1, rule: '红色预警书面专报' },
  });
  // Page by page it is the same list.
  const paged = [];
  let after: string | undefined;
  do {
    const page = await listReportFlags(district, { query: { limit: 7, after } });
    paged.push(...page.items.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(paged).toEqual(flags.map(({ id }) => id));
  const november20 = {
    limit: 100,
    kind: 'late',
    platform: 'PD',
    from: november(20, 0),
    to: november(21, 0),
  } as const;
  expect((await listReportFlags(district, { query: november20 })).items).toMatchObject([
    { platform: { code: 'PD' }, duty: { lateMinutes: 3 } },
  ]);
});

test('who sees the order sees what is reported of it, and nobody else', async () => {
  expect((await listReportMatters(town, { query: { limit: 10 } })).items).toHaveLength(1);
  for (const ask of [
    () => listReportMatters(gas, { query: { limit: 10 } }),
    () => listReportDuties(gas, { query: { limit: 10 } }),
    () => listReports(gas, { query: { limit: 10 } }),
    () => listReportFlags(gas, { query: { limit: 10 } }),
  ])
    expect((await ask()).items).toEqual([]);
  await expect(getReportMatter(gas, { params: { id: matter } })).rejects.toMatchObject({
    code: 'record.not-found',
  });
});

/** The text of `word/document.xml` in a docx, without its marks. */
function documentText(docx: Buffer): string {
  for (let at = docx.indexOf('PK\u0003\u0004'); at >= 0; at = docx.indexOf('PK\u0003\u0004', at + 4)) {
    const nameLength = docx.readUInt16LE(at + 26);
    const start = at + 30 + nameLength + docx.readUInt16LE(at + 28);
    if (docx.toString('utf8', at + 30, at + 30 + nameLength) !== 'word/document.xml') continue;
    const size = docx.readUInt32LE(at + 18);
    return inflateRawSync(docx.subarray(start, start + size))
      .toString('utf8')
      .replaceAll(/<[^>]+>/gu, '');
  }
  throw new Error('the file holds no document');
}
