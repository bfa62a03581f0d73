// Poor data is said once: by device, by line, with hysteresis, over restarts; and what is being serviced is not poor.
import { sql } from 'kysely';
import { SystemContext } from '#services/context';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { dayStart } from '../day-figures.ts';
import { START, Station } from '../testing.ts';
import { QualityWatch } from './quality-watch.ts';

const MINUTE = 60_000;

let station: Station;
let watch: QualityWatch;
let system: SystemContext;
// The morning of the next day: time goes forward only, and no midnight comes in between.
let at = dayStart(START) + 34 * 60 * MINUTE;
beforeAll(async () => {
  station = await Station.open();
  system = new SystemContext(station.ground);
});
beforeEach(() => {
  watch = new QualityWatch();
});
afterAll(() => station.close());

const round = () => watch.round(system, station.desk);

async function tell(points: readonly number[], value: number, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    at += MINUTE;
    await station.moveTo(at);
    for (const point of points) await station.send(point, [[at, value]]);
  }
}

async function announced() {
  const { rows } = await sql<{
    type: string;
    payload: { subjectKind: string; subjectId: string; reason: string };
  }>`
    delete from outbox where type like 'data.%' returning type, payload`.execute(station.db.storage.system);
  return rows.map(
    ({ type, payload }) => `${type} ${payload.subjectKind} ${payload.subjectId} ${payload.reason}`,
  );
}

test('a gauge out of range is said once, for its device, and again when it is good: not at each swing, nor at a restart', async () => {
  const ids = [await station.point('W1', 'FLOOD.RIVER'), await station.point('W2', 'FLOOD.RIVER')];
  await station.device('RTU1', ['W1', 'W2']);
  await tell(ids, 2.6, 3);
  await round();
  await tell(ids, 99, 6);
  await round();
  expect(await announced()).toEqual([]);
  await tell(ids, 99, 1);
  await round();
  await round();
  expect(await announced()).toEqual(['data.poor device http/RTU1 range']);
  await tell(ids, 2.6, 5);
  await round();
  await station.restart();
  watch = new QualityWatch();
  await round();
  expect(await announced()).toEqual([]);
  await tell(ids, 2.6, 20);
  await round();
  expect(await announced()).toEqual(['data.restored device http/RTU1 range']);
});

test('the third gauge of an underpass that stands apart from the two others is said after ten minutes, not before', async () => {
  const a = await station.point('U1', 'FLOOD.UNDERPASS');
  const b = await station.pointOf('U1', 'U2', 'FLOOD.UNDERPASS');
  const c = await station.pointOf('U1', 'U3', 'FLOOD.UNDERPASS');
  await tell([a, b], 10, 1);
  await tell([c], 240, 1);
  for (let i = 0; i < 9; i += 1) await round();
  expect(await announced()).toEqual([]);
  await round();
  expect(await announced()).toEqual(['data.poor point U3 neighbour']);
  await tell([a, b, c], 12, 1);
  for (let i = 0; i < 10; i += 1) await round();
  expect(await announced()).toEqual(['data.restored point U3 neighbour']);
});

test('while a gauge is being calibrated its readings are marked, feed no sign, and are not required', async () => {
  const point = await station.point('K1', 'FLOOD.PONDING');
  await tell([point], 1, 1);
  await round();
  const window = { from: new Date(at), to: new Date(at + 10 * MINUTE) };
  await sql`insert into service_window (kind, point_id, place, scenario, from_at, to_at, reason, made_by, made_at)
    values ('calibration', ${point}, 100, 1, ${window.from}, ${window.to}, '季度标定', '测试', now())`.execute(
    station.db.storage.system,
  );
  await round();
  const began = at;
  await tell([point], 40, 9);
  await round();
  await tell([point], 1, 1);
  const { items } = await station.readings('K1', { from: began + MINUTE });
  expect(items.map(({ marks }) => marks.join())).toEqual([...Array.from({ length: 9 }, () => 'service'), '']);
  expect(await station.alarms(point, began)).toEqual([]);
  await round();
  const { rows } =
    await sql<object>`select online_minutes as online, required_minutes as required from point_day
    where point_id = ${point}`.execute(station.db.storage.system);
  expect(rows).toEqual([{ online: 2, required: 2 }]);
  expect(await announced()).toEqual([]);
});

test('a day that is over keeps what was expected of it, without the time of service', async () => {
  const point = await station.point('E1', 'FLOOD.RIVER');
  const midnight = Date.UTC(2026, 8, 23, 16) + 3 * 24 * 60 * MINUTE;
  await sql`update point set created_at = ${new Date(midnight - 24 * 60 * MINUTE)} where id = ${point}`.execute(
    station.db.storage.system,
  );
  await sql`delete from point_day_closed`.execute(station.db.storage.system);
  await sql`insert into service_window (kind, point_id, place, scenario, from_at, to_at, reason, made_by, made_at)
    values ('maintenance', ${point}, 100, 1, ${new Date(midnight - 60 * MINUTE)}, ${new Date(midnight + 60 * MINUTE)}, '检修', '测试', now())`.execute(
    station.db.storage.system,
  );
  await station.moveTo(midnight + 5 * MINUTE);
  await round();
  const { rows } =
    await sql<object>`select expected from point_day where point_id = ${point} and expected is not null`.execute(
      station.db.storage.system,
    );
  expect(rows).toEqual([{ expected: 23 * 12 }]);
});
