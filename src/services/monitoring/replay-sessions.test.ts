import { afterEach, beforeEach, expect, test } from 'vitest';

import { endReplaySession, listReplaySessions, openReplaySession } from './replay-sessions.ts';
import { HOUR, MINUTE, SECOND, START, Station } from './testing.ts';

/** 19 September 2024, noon: the recording's day. */
const THEN = Date.UTC(2024, 8, 19, 4);

let station: Station;
let point: number;
beforeEach(async () => {
  station = await Station.open();
  point = await station.point('U', 'FLOOD.UNDERPASS');
  await station.device('gauge', ['U']);
});
afterEach(() => station.close());

const ground = () => ({ desk: station.desk, storage: station.db.storage, poke: () => undefined });
async function open(devices: readonly string[] = ['gauge']): Promise<number> {
  await station.moveTo(station.now + SECOND);
  const body = { name: '贝碧嘉', devices: [...devices] };
  return (await openReplaySession(station.request(), ground(), body)).id;
}
async function end(id: number): Promise<void> {
  await station.moveTo(station.now + SECOND);
  await endReplaySession(station.request(), ground(), id);
}
async function clockOf(id: number): Promise<number | null | undefined> {
  const page = await listReplaySessions(station.request(), { query: { limit: 50 } });
  return page.items.find((session) => session.id === id)?.clock;
}

test('a session begins anew: what live readings knew and raised is forgotten, and the live alarm returns to normal', async () => {
  await station.send(point, [[START, 45]]);
  const session = await open();
  expect(await station.alarms(point, START)).toEqual([[0, 0, SECOND]]);
  const { book } = station.desk.ingest;
  expect([book.session[point], book.newestAt[point]]).toEqual([session, Number.NEGATIVE_INFINITY]);
  expect(station.desk.devices.find('http', 'gauge')?.session).toBe(session);
});

test('rows of a session carry 回放, are judged by the recording’s clock, and the session’s clock moves with them', async () => {
  const session = await open();
  await station.send(
    point,
    [
      [THEN, 6],
      [THEN + MINUTE, 7],
      [THEN + 2 * MINUTE, 8],
    ],
    session,
  );
  expect((await station.stored(point)).map((row) => [row.source, row.quality])).toEqual([
    [16, 0],
    [16, 0],
    [16, 0],
  ]);
  expect((await station.readings('U')).items.map((row) => [row.replay, row.source])).toEqual([
    [true, 'iot'],
    [true, 'iot'],
    [true, 'iot'],
  ]);
  expect(await station.alarms(point, THEN)).toEqual([[2 * MINUTE, 1, null]]);
  expect(await clockOf(session)).toBe(THEN + 2 * MINUTE);
});

test('the session’s clock does not go back when a slower device of the recording is heard', async () => {
  const other = await station.point('V', 'FLOOD.UNDERPASS');
  await station.device('slow', ['V']);
  const session = await open(['gauge', 'slow']);
  await station.send(point, [[THEN + HOUR, 1]], session);
  await station.send(other, [[THEN, 1]], session);
  expect(await clockOf(session)).toBe(THEN + HOUR);
});

test('ending returns what is still raised to normal with the reason 回放结束; a second replay is judged again', async () => {
  const first = await open();
  const rows = [[THEN, 45] as const, [THEN + MINUTE, 46] as const];
  await station.send(point, rows, first);
  await end(first);
  expect(await station.alarms(point, THEN)).toEqual([[0, 0, MINUTE]]);
  const events = await station.db.storage.system
    .selectFrom('outbox' as never)
    .select(['type', 'payload'] as never[])
    .execute();
  const normal = (events as { type: string; payload: { why?: string; session?: number } }[]).filter(
    (event) => event.type === 'alarm.normal',
  );
  expect(normal.map((event) => [event.payload.why, event.payload.session])).toEqual([['回放结束', first]]);

  const second = await open();
  await station.send(point, rows, second);
  await station.send(point, rows, second);
  expect(await station.alarms(point, THEN)).toEqual([
    [0, 0, MINUTE],
    [0, 4, null],
  ]);
  expect((await station.stored(point)).map((row) => row.value)).toEqual([45, 45, 46, 46]);
  // Whoever reads the recording sees each moment once.
  expect((await station.readings('U')).items.map((row) => row.value)).toEqual([45, 46]);
});

test('after the end live readings are judged by the wall clock again', async () => {
  const session = await open();
  await station.send(point, [[THEN, 1]], session);
  await end(session);
  await station.send(point, [[station.now, 45]]);
  expect(await station.alarms(point, station.now)).toEqual([[0, 4, null]]);
  await station.send(point, [[THEN + MINUTE, 45]]);
  expect((await station.stored(point)).find((row) => row.at === THEN + MINUTE)?.quality).toBe(8);
});

test('killed right after the opening, the recording is still judged from its beginning', async () => {
  // The second of them is committed but not yet written down as the newest.
  await station.send(point, [[START - SECOND, 1]]);
  await station.send(point, [[START, 1]]);
  const session = await open();
  await station.crash();
  await station.send(point, [[THEN, 45]], session);
  expect(await station.alarms(point, THEN)).toEqual([[0, 4, null]]);
});

test('killed in the middle of a second replay, nothing is judged twice and the on-delay goes on', async () => {
  const first = await open();
  await station.send(point, [[THEN + HOUR, 6]], first);
  await end(first);
  const second = await open();
  await station.send(point, [[THEN, 6]], second);
  await station.crash();
  await station.send(
    point,
    [
      [THEN, 6],
      [THEN + 2 * MINUTE, 6],
    ],
    second,
  );
  expect(await station.alarms(point, THEN)).toEqual([[2 * MINUTE, 1, null]]);
});

test('rain sums of a replay hold neither live rain nor the rain of an earlier replay, also after a restart', async () => {
  const rain = await station.point('R', 'FLOOD.RAIN_5M');
  await station.device('rain', ['R']);
  const fall = (session: number, from: number, n: number, mm = 3) =>
    station.send(
      rain,
      Array.from({ length: n }, (_, i) => [THEN + (from + i) * 5 * MINUTE, mm] as const),
      session,
    );
  await station.send(rain, [[START, 20]]);
  const first = await open(['rain']);
  // Between the moments of the second: added to its rain it would be blue one reading early.
  await fall(first, 0.5, 10, 0.3);
  await end(first);
  const second = await open(['rain']);
  await fall(second, 0, 10);
  await station.crash();
  // Eleven times 3 mm is not yet 35; the twelfth makes it 36.
  await fall(second, 10, 1);
  expect(await station.alarms(rain, THEN)).toEqual([]);
  await fall(second, 11, 1);
  expect(await station.alarms(rain, THEN)).toEqual([[55 * MINUTE, 1, null]]);
});

test('a live batch that was under way when the session opened is stored and does not disturb the recording', async () => {
  const session = await open();
  await station.send(point, [[station.now, 45]]);
  await station.send(point, [[THEN, 45]], session);
  expect(await station.alarms(point, THEN)).toEqual([[0, 4, null]]);
  expect((await station.stored(point)).map((row) => row.source)).toEqual([16, 0]);
});

test('a batch of a session that has ended is stored and judges nothing live', async () => {
  const session = await open();
  await end(session);
  await station.send(point, [[THEN, 45]], session);
  await station.send(point, [[station.now, 1]]);
  expect((await station.stored(point)).map((row) => row.source)).toEqual([16, 0]);
  expect(await station.alarms(point, THEN)).toEqual([]);
});

test('a device plays in one session at a time, and an ended session is not ended again', async () => {
  const session = await open();
  await expect(open()).rejects.toMatchObject({ code: 'replay.conflict' });
  await expect(open(['nobody'])).rejects.toMatchObject({ code: 'record.not-found' });
  await end(session);
  await expect(end(session)).rejects.toMatchObject({ code: 'replay.ended' });
  await expect(end(2_147_483_648)).rejects.toMatchObject({ code: 'record.not-found' });
  expect(station.desk.ingest.down).toBe(false);
});

test('counts keep replayed rows apart from live ones', async () => {
  await station.send(point, [[START, 1]]);
  const session = await open();
  await station.send(
    point,
    [
      [THEN, 1],
      [THEN + 1000, 2],
    ],
    session,
  );
  await station.crash();
  expect(await station.counts()).toEqual({
    kept: [
      { scenario: 1, replay: false, script: false, received: 1, suspect: 0 },
      { scenario: 1, replay: true, script: false, received: 2, suspect: 0 },
    ],
    rows: [
      { scenario: 1, replay: false, script: false, received: 1, suspect: 0 },
      { scenario: 1, replay: true, script: false, received: 2, suspect: 0 },
    ],
  });
});
