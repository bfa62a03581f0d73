// Figures of a day: right for what comes late, after a crash, after midnight, and beside a replay.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { dayStart } from './day-figures.ts';
import { START, Station } from './testing.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
// Of the next day: no midnight comes in between.
const MORNING = dayStart(START) + DAY + 10 * 60 * MINUTE;

let station: Station;
let river: number;
beforeAll(async () => {
  station = await Station.open();
  await station.moveTo(MORNING);
  river = await station.point('R1', 'FLOOD.RIVER');
});
afterAll(() => station.close());

async function days(point = river) {
  const { rows } = await sql<object>`select d.day::text, d.received, d.suspect, d.in_time as "inTime",
      round(extract(epoch from d.last_at) * 1000)::float8 as last,
      coalesce((select json_object_agg(m.mark, m.count) from point_day_mark m where m.day = d.day and m.point_id = d.point_id), '{}') as marks
    from point_day d where point_id = ${point} order by 1`.execute(station.db.storage.system);
  return rows;
}

/** The same figures out of the rows themselves. */
async function counted(point = river) {
  const { rows } =
    await sql<object>`with r as (select *, (observed_at at time zone 'Asia/Shanghai')::date as day from reading
      where point_id = ${point} and source < 16)
    select day::text, count(*)::int as received, (count(*) filter (where quality & ${SUSPECT} <> 0))::int as suspect,
      (count(*) filter (where received_at - observed_at <= interval '5 minutes'))::int as "inTime",
      round(extract(epoch from max(observed_at)) * 1000)::float8 as last,
      coalesce((select json_object_agg(bit, n) from (select 1 << b as bit, count(*) as n from r m, generate_series(0, 14) b
        where m.day = r.day and m.quality >> b & 1 = 1 group by 1) x), '{}') as marks
    from r group by day order by 1`.execute(station.db.storage.system);
  return rows;
}
/** Range, jump, flat, clock, device, reported, service. */
const SUSPECT = 1 + 2 + 4 + 8 + 32 + 128 + 1024;

test('each reading is counted once, on the day it was observed, with its marks', async () => {
  await station.send(river, [
    [MORNING - 2 * MINUTE, 2.6],
    [MORNING - MINUTE, 99],
    [MORNING, 2.61],
  ]);
  await station.send(river, [
    [MORNING - MINUTE, 99],
    [MORNING - DAY, 2.5],
  ]);
  await station.restart();
  const found = await days();
  expect(found).toHaveLength(2);
  expect(found).toMatchObject([
    { received: 1, inTime: 0, marks: { 16: 1 } },
    { received: 3, suspect: 1, inTime: 3, last: MORNING, marks: { 1: 1 } },
  ]);
  expect(found).toEqual(await counted());
});

test('what was not written down before a crash is counted by the next start, once', async () => {
  await station.send(river, [[MORNING + MINUTE, 2.62]]);
  await station.crash();
  await station.send(river, [
    [MORNING + 2 * MINUTE, -5],
    [MORNING - DAY + MINUTE, 2.5],
  ]);
  await station.crash();
  await station.crash();
  await station.restart();
  expect(await days()).toEqual(await counted());
  expect(await days()).toMatchObject([{ received: 2 }, { received: 5, suspect: 2 }]);
});

test('since when a value stands still outlives a restart', async () => {
  const tide = await station.point('T1', 'FLOOD.TIDE');
  const send = async (at: number) => {
    await station.moveTo(at);
    await station.send(tide, [[at, 2.31]]);
  };
  for (let i = 0; i <= 12; i += 1) {
    await send(MORNING + i * 30 * MINUTE);
    if (i === 4) await station.restart();
    if (i === 8) await station.crash();
  }
  const { items } = await station.readings('T1');
  expect(items.slice(-2).map(({ marks }) => marks)).toEqual([[], ['flat']]);
});
