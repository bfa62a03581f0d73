import { afterEach, beforeEach, expect, test } from 'vitest';

import { HOUR, MINUTE, SECOND, START, Station } from './testing.ts';

let station: Station;
beforeEach(async () => {
  station = await Station.open();
});
afterEach(() => station.close());

// The default standard: 下立交积水 blue from 5 cm and red from 40 cm; all but red hold for 2 minutes first.
test.each(['restart', 'crash'] as const)(
  'a depth that was high since 10:02 is raised two minutes later to the second, over a %s',
  async (way) => {
    const point = await station.point('U', 'FLOOD.UNDERPASS');
    await station.send(point, [[START, 6]]);
    await station.moveTo(START + MINUTE);
    await station.send(point, [[START + MINUTE, 7]]);
    await station[way]();
    expect(await station.alarms(point, START)).toEqual([]);
    await station.moveTo(START + 150 * SECOND);
    await station.send(point, [[START + 150 * SECOND, 7]]);
    expect(await station.alarms(point, START)).toEqual([[120 * SECOND, 1, null]]);
  },
);

test('an on-delay that ran out while the process was away is raised without waiting for a reading', async () => {
  const point = await station.point('U', 'FLOOD.UNDERPASS');
  await station.send(point, [[START, 6]]);
  station.now = START + 125 * SECOND;
  await station.crash();
  await expect
    .poll(() => station.alarms(point, START), { timeout: 10_000 })
    .toEqual([[120 * SECOND, 1, null]]);
});

test('an open alarm is neither closed nor raised again by restarts', async () => {
  const point = await station.point('U', 'FLOOD.UNDERPASS');
  await station.send(point, [[START, 45]]);
  for (const way of ['crash', 'restart', 'crash'] as const) {
    await station[way]();
    await station.moveTo(station.now + MINUTE);
    await station.send(point, [[station.now, 46]]);
  }
  expect(await station.alarms(point, START)).toEqual([[0, 4, null]]);
  const { rows } = await station.db.storage.system
    .selectFrom('sign_state')
    .select(['level', 'alarm_id'])
    .execute()
    .then((found) => ({ rows: found }));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ level: 4 });
});

test('a recovery that began before a restart ends at its moment after it', async () => {
  const point = await station.point('U', 'FLOOD.UNDERPASS');
  await station.send(point, [[START, 45]]);
  // Below every limit from 10:01 on; each level is left after its 15 minutes.
  for (let minute = 1; minute <= 70; minute += 1) {
    await station.moveTo(START + minute * MINUTE);
    await station.send(point, [[station.now, 1]]);
    if (minute === 10 || minute === 40) await station.crash();
  }
  expect(await station.alarms(point, START)).toEqual([[0, 0, 61 * MINUTE]]);
});

test('the sums of one and of six hours go on after a restart', async () => {
  const point = await station.point('R', 'FLOOD.RAIN_5M');
  const feed = async (minutes: number, mm: number): Promise<void> => {
    await station.moveTo(START + minutes * MINUTE);
    await station.send(point, [[station.now, mm]]);
  };
  // 3 mm every five minutes: 36 mm an hour is blue (35) once twelve have fallen; 50 mm in six hours after seventeen.
  for (let n = 0; n < 11; n += 1) await feed(n * 5, 3);
  await station.crash();
  expect(await station.alarms(point, START)).toEqual([]);
  await feed(55, 3);
  expect(await station.alarms(point, START)).toEqual([[55 * MINUTE, 1, null]]);
  for (let n = 12; n < 16; n += 1) await feed(n * 5, 3);
  await station.restart();
  await feed(80, 3);
  expect(await station.alarms(point, START)).toEqual([
    [55 * MINUTE, 1, null],
    [80 * MINUTE, 1, null],
  ]);
});

test('a value that arrived late does not count as the present after a restart', async () => {
  const point = await station.point('U', 'FLOOD.UNDERPASS');
  await station.moveTo(START + HOUR);
  const t = station.now;
  await station.send(point, [[t - 30 * SECOND, 1]]);
  await station.send(point, [[t, 6]]);
  await station.moveTo(t + 12 * MINUTE);
  // In order but eleven minutes old: it fills the record and judges nothing, also after a restart.
  await station.send(point, [[t + MINUTE, 7]]);
  await station.crash();
  const bindings = station.desk.ingest.book.bindingsOf(point);
  expect(bindings.map((b) => station.desk.ingest.book.states.at[b])).toEqual([t]);
});

test('newest values and marks are the same after a crash as they were before', async () => {
  const a = await station.point('A', 'FLOOD.UNDERPASS');
  const b = await station.point('B', 'FLOOD.UNDERPASS');
  await station.send(a, [[START, 3]]);
  await station.send(b, [
    [START - 1000, 4],
    [START, 100_000],
  ]);
  const seen = () =>
    [a, b].map((point) => {
      const { newestAt, newestValue, newestQuality } = station.desk.ingest.book;
      return [newestAt[point], newestValue[point], newestQuality[point]];
    });
  const before = seen();
  await station.crash();
  expect(seen()).toEqual(before);
  await station.restart();
  expect(seen()).toEqual(before);
});
