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
import { createServiceWindow, endServiceWindow, listServiceWindows } from './write-service-window.ts';

const MINUTE = 60_000;
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
