// What people see of quality, what they mend of it, and what stays as it came.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { dayStart } from '../day-figures.ts';
import { START, Station } from '../testing.ts';
import { getConfidence } from './get-confidence.ts';
import { getPipeline } from './get-pipeline.ts';
import { listGaps } from './list-gaps.ts';
import { listQuality } from './list-quality.ts';
import { recountCorrected } from './recount-corrected.ts';
import { createCorrection, listCorrections, withdrawCorrection } from './write-correction.ts';
import {
  createServiceWindow,
  endServiceWindow,
  listServiceWindows,
  reviewServiceWindow,
} from './write-service-window.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
// The morning of the next day: time goes forward only, and no midnight comes in between.
const BEGIN = dayStart(START) + 34 * 60 * MINUTE;
const END = BEGIN + 60 * MINUTE;

let station: Station;
let river: number;
beforeAll(async () => {
  station = await Station.open();
  river = await station.point('R1', 'FLOOD.RIVER');
  await sql`update point set created_at = ${new Date(BEGIN)}`.execute(station.db.storage.system);
  await station.device('RTU1', ['R1']);
  // An hour at five minutes, of which a quarter is lost and one value is out of range.
  const sent = Array.from({ length: 12 }, (_, i) => i).filter((i) => i < 4 || i > 6);
  for (const i of sent) {
    const at = BEGIN + i * 5 * MINUTE;
    await station.moveTo(at);
    await station.send(river, [[at, i === 9 ? 99 : 2.6 + i / 1000]]);
  }
  await station.moveTo(END);
  await station.restart();
});
afterAll(() => station.close());

const quality = async (by: 'point' | 'device' | 'line' | 'scenario' | 'town' | 'source') =>
  (await listQuality(station.request(), { query: { by, days: 7, limit: 50 } })).items;

test('nine of twelve came, one of them out of range: the same figures by point, device, line, scenario and source', async () => {
  const [point] = await quality('point');
  expect(point).toMatchObject({ key: 'R1', points: 1, expected: 12, received: 9, suspect: 1, inTime: 9 });
  expect(point?.figures).toMatchObject({ completeness: 0.75, accuracy: 8 / 9, timeliness: 1 });
  expect(point?.marks).toEqual([{ mark: 'range', count: 1 }]);
  expect(point?.days.at(-1)).toMatchObject({ grade: 'good' });
  for (const by of ['device', 'line', 'scenario', 'source'] as const)
    expect((await quality(by)).map(({ received, figures }) => [received, figures])).toEqual([
      [9, point?.figures],
    ]);
  expect((await quality('device'))[0]?.key).toBe('http/RTU1');
  expect((await quality('source'))[0]?.name).toBe('物联感知');
});

test('the stretch that is missing is told for back-fill', async () => {
  const query = { point: 'R1', from: BEGIN, to: END };
  expect((await listGaps(station.request(), { query })).items).toEqual([
    { from: BEGIN + 15 * MINUTE, to: BEGIN + 35 * MINUTE, missing: 3 },
  ]);
});

test('readings in metres above another datum are corrected; what was sent stands beside them, and holds again once it is taken back', async () => {
  const body = {
    point: 'R1',
    from: BEGIN,
    to: BEGIN + 10 * MINUTE,
    kind: 'correct' as const,
    scale: 1,
    shift: 0.5,
    reason: '吴淞基面改正',
  };
  const made = await createCorrection(station.request(), { body });
  const values = async () =>
    (await station.readings('R1')).items.slice(0, 4).map(({ value, raw }) => [value, raw]);
  expect(await values()).toEqual([
    [3.1, 2.6],
    [3.101, expect.closeTo(2.601)],
    [3.102, expect.closeTo(2.602)],
    [2.603, null],
  ]);
  expect((await station.stored(river)).slice(0, 2).map(({ value }) => value)).toEqual([2.6, 2.601]);
  await withdrawCorrection(station.request(), { params: { id: made.id }, query: { version: made.version } });
  expect((await values())[0]).toEqual([2.6, null]);
  await expect(
    withdrawCorrection(station.request(), { params: { id: made.id }, query: { version: made.version } }),
  ).rejects.toMatchObject({ code: 'record.changed' });
  expect((await listCorrections(station.request(), { query: { limit: 5 } })).items).toMatchObject([
    { reason: '吴淞基面改正', withdrawnBy: expect.any(String) },
  ]);
});

test('what a person declares bad counts against accuracy, once, and no longer when it is taken back', async () => {
  const body = {
    point: 'R1',
    from: BEGIN,
    to: BEGIN + 5 * MINUTE,
    kind: 'bad' as const,
    scale: 1,
    shift: 0,
    reason: '检修泥沙',
  };
  const made = await createCorrection(station.request(), { body });
  const recount = () =>
    station.db.storage.system.transaction().execute((tx) => recountCorrected(tx, [made.id]));
  await recount();
  await recount();
  expect((await quality('point'))[0]).toMatchObject({ suspect: 3 });
  expect((await station.readings('R1')).items[0]).toMatchObject({ quality: 'suspect', marks: ['bad'] });
  await withdrawCorrection(station.request(), { params: { id: made.id }, query: { version: made.version } });
  await recount();
  expect((await quality('point'))[0]).toMatchObject({ suspect: 1 });
});

test('the newest value of a gauge that is well is leant on; of one that fell silent, is serviced or never spoke it is not', async () => {
  const confidence = (point: string) => getConfidence(station.request(), station.desk, { query: { point } });
  expect(await confidence('R1')).toMatchObject({ value: expect.closeTo(1, 0) });
  await station.point('N1', 'FLOOD.RIVER');
  expect(await confidence('N1')).toEqual({ value: 0, reasons: ['从未收到数据'] });
  await station.moveTo(END + 60 * MINUTE);
  expect((await confidence('R1')).reasons).toContain('超时未更新');
});

test('a window of service is announced for a device, and ended before its time', async () => {
  const from = station.now;
  const body = {
    kind: 'calibration' as const,
    device: 'http/RTU1',
    from,
    to: from + 30 * MINUTE,
    reason: '季度标定',
  };
  const made = await createServiceWindow(station.request(), { body });
  expect(made).toMatchObject({ subjectKind: 'device', subject: 'http/RTU1' });
  await station.moveTo(from + MINUTE);
  const ended = await endServiceWindow(station.request(), {
    params: { id: made.id },
    body: { version: made.version },
  });
  expect([ended.to, ended.endedBy !== null]).toEqual([from + MINUTE, true]);
  expect((await listServiceWindows(station.request(), { query: { limit: 5 } })).items).toHaveLength(1);
  const long = { ...body, from: station.now, to: station.now + 8 * 24 * 60 * MINUTE };
  await expect(createServiceWindow(station.request(), { body: long })).rejects.toMatchObject({
    code: 'input.invalid',
  });
});

test('the five stages tell what goes through and what is lost where', async () => {
  const shared = () => Promise.resolve({ events: 3, lag: 0 });
  const { stages } = await getPipeline(station.request(), station.desk, shared);
  expect(stages.map(({ key, done }) => [key, done])).toMatchObject([
    ['produce', expect.any(Number)],
    ['gather', 9],
    ['govern', 8],
    ['apply', 0],
    ['share', 3],
  ]);
  expect(stages[2]?.losses).toEqual([{ text: '超出量程', count: 1 }]);
});

interface Asked {
  readonly kind: 'maintenance' | 'calibration' | 'out-of-service';
  readonly point?: string;
  readonly device?: string;
  readonly sign?: string;
  readonly owner?: string;
  readonly until?: number;
}

test.each([
  [
    'until further notice',
    { kind: 'maintenance' as const, point: 'R1' },
    '检修和标定要写明结束时间，最长 7 天；更长的请登记停用',
  ],
  [
    'of one sign',
    { kind: 'calibration' as const, point: 'R1', sign: 'FLOOD.S01', until: 1 },
    '只有停用可以单独针对一个体征',
  ],
  [
    'of one sign of a device',
    { kind: 'out-of-service' as const, device: 'http/RTU1', sign: 'FLOOD.S01', owner: '王工' },
    '停用一个体征时，须写在哪个监测点或监测对象',
  ],
  [
    'that is over before it begins',
    { kind: 'out-of-service' as const, point: 'R1', owner: '王工', until: -1 },
    '时段要从早到晚、还没有结束',
  ],
])('a window %s is refused in a sentence', async (_, { until, ...body }: Asked, issues) => {
  const to = until === undefined ? {} : { to: station.now + until * MINUTE };
  const asked = { ...body, from: station.now, ...to, reason: '探头更换' };
  await expect(createServiceWindow(station.request(), { body: asked })).rejects.toMatchObject({
    code: 'input.invalid',
    details: { issues },
  });
});

test('an object is taken out of service until further notice by somebody who answers for it, reviewed, and put back', async () => {
  const from = station.now;
  const { rows } = await sql<{ code: string; name: string }>`
    select o.code, o.name from monitored_object o join point p on p.object_id = o.id where p.code = 'R1'`.execute(
    station.db.storage.system,
  );
  const [object] = rows;
  const body = { kind: 'out-of-service' as const, object: object?.code, from, reason: '河道整治' };
  await expect(createServiceWindow(station.request(), { body })).rejects.toMatchObject({
    code: 'input.invalid',
    details: { issues: '停用须写明由谁负责' },
  });
  const made = await createServiceWindow(station.request(), { body: { ...body, owner: '水务所王工' } });
  expect(made).toMatchObject({
    subjectKind: 'object',
    objectName: object?.name,
    to: null,
    owner: '水务所王工',
    standing: 0,
    reviewDue: from + 7 * DAY,
  });
  const inForce = await listServiceWindows(station.request(), {
    query: { limit: 5, kind: 'out-of-service', running: true },
  });
  expect(inForce.items.map(({ id }) => id)).toEqual([made.id]);
  await station.moveTo(from + 6 * DAY);
  const { params } = { params: { id: made.id } };
  const reviewed = await reviewServiceWindow(station.request(), {
    params,
    body: { version: 1, reason: '整治延期' },
  });
  expect(reviewed).toMatchObject({ reviewDue: from + 13 * DAY, reason: '整治延期', version: 2 });
  await expect(endServiceWindow(station.request(), { params, body: { version: 1 } })).rejects.toMatchObject({
    code: 'record.changed',
  });
  const ended = await endServiceWindow(station.request(), {
    params,
    body: { version: 2, reason: '整治完成' },
  });
  expect(ended).toMatchObject({ to: station.now, endedWhy: '整治完成', reviewDue: null });
  const again = { query: { limit: 5, running: true } };
  expect((await listServiceWindows(station.request(), again)).items).toEqual([]);
});
