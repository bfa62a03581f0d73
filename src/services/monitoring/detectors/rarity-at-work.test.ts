// A sign that knows no limit, only the point's own past: through the hot path, into the tables, over a restart and a replay.
import { QUALITY, ReadingBatchBuilder } from '#model/monitoring';
import { type RawBuilder, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { seededRandom } from '../../../../test/seeded-random.ts';
import { endReplaySession, openReplaySession } from '../replay-sessions.ts';
import { MINUTE, START, Station } from '../testing.ts';
import { detectorsOf } from './detectors-of.ts';
import { getRarity } from './get-rarity.ts';

const SIGN = 'WATER.S02A';
const LEARN_SECONDS = 3600;

let station: Station;
let main: number;
beforeEach(async () => {
  station = await Station.open();
  await rewrite(
    sql`body || ${JSON.stringify({
      name: '管网压力罕见',
      measure: { kind: 'rarity', learnSeconds: LEARN_SECONDS },
      direction: 'high',
      unit: '1',
      levels: { yellow: { limit: 5, onDelaySeconds: 0 }, blue: { limit: 3, onDelaySeconds: 0 } },
      deadband: 0,
      offDelaySeconds: 600,
    })}::jsonb`,
  );
  await station.restart();
  main = await station.point('MAIN', 'WATER.WPRESS', 9);
  await station.device('MAIN-D', ['MAIN']);
});
afterEach(() => station.close());

/** A standard must give a detector a day at least; a test has only hours, and changes the sign where it stands. */
async function rewrite(body: RawBuilder<unknown>): Promise<void> {
  const { system } = station.db.storage;
  await sql`alter table sign disable trigger user`.execute(system);
  const { rows } = await sql`update sign set body = ${body} where code = ${SIGN} returning id`.execute(
    system,
  );
  expect(rows).toHaveLength(1);
}

/** The pressure hums about 0.30 MPa; the same whenever it is asked. */
const hum = (minute: number): number => 0.3 + 0.004 * (seededRandom(minute + 1)() - 0.5);

/** One reading a minute, told together: older ones come late, are learnt and raise nothing. */
async function listen(from: number, to: number, value: (minute: number) => number = hum): Promise<void> {
  await station.moveTo(START + (to - 1) * MINUTE);
  const batch = new ReadingBatchBuilder(0);
  for (let minute = from; minute < to; minute += 1) {
    const quality = minute < to - 5 ? QUALITY.late : 0;
    batch.add(main, START + minute * MINUTE, value(minute), quality);
  }
  await station.desk.ingest.accept(batch.finish());
}

async function alarms() {
  const { rows } = await sql<{ minute: number; level: number; normal: number | null; reason: string | null }>`
    select (extract(epoch from a.raised_at) * 1000 - ${START})::float8 / 60000 as minute, a.peak_level as level,
      (extract(epoch from a.normal_at) * 1000 - ${START})::float8 / 60000 as normal, a.reason
    from alarm a join sign s on s.id = a.sign_id where s.code = ${SIGN} and a.point_id = ${main} order by a.id`.execute(
    station.db.storage.system,
  );
  return rows;
}

const learnt = async () =>
  (await getRarity(station.request(), station.desk, { query: { point: 'MAIN' } })).learnt;

const memory = () => detectorsOf(station.desk.ingest.book, main).map(({ past }) => past);

test.each(['steadily', 'through a crash and a restart'] as const)(
  'a pressure that was never so low is told with what was seen, once the detector has learnt, %s',
  async (how) => {
    // While it learns, the same drop is not a word.
    await listen(0, 100);
    await listen(100, 101, () => 0.1);
    // A reading a minute: the hour is over, 300 readings are not there.
    expect(await learnt()).toMatchObject({ readings: 101, learning: true, readyAt: START + 299 * MINUTE });
    await listen(101, 320);
    const before = memory();
    expect(before).toMatchObject([{ since: START, at: START + 319 * MINUTE, readings: 320 }]);
    if (how !== 'steadily') await station.crash();
    // Neither forgotten nor learnt twice: the very same numbers.
    expect(memory()).toEqual(before);
    await listen(320, 330);
    expect(await alarms()).toEqual([]);
    expect(await learnt()).toMatchObject({
      readings: 330,
      learning: false,
      readyAt: null,
      rarity: 0,
      seen: null,
    });
    await listen(330, 331, () => 0.1);
    expect(await alarms()).toMatchObject([
      {
        minute: 330,
        level: expect.any(Number) as number,
        normal: null,
        reason: expect.stringMatching(/^管网压力罕见：.+，这样的情形约 .+条读数里才有一次（[黄蓝]色）$/),
      },
    ]);
    const query = { point: 'MAIN', from: START, to: station.now + 1 };
    expect((await getRarity(station.request(), station.desk, { query })).spans).toEqual([
      { from: START + 330 * MINUTE, until: null, text: expect.stringMatching(/^管网压力罕见：/) as string },
    ]);
    if (how !== 'steadily') await station.restart();
    for (let minute = 331; minute < 370; minute += 3) await listen(minute, minute + 3);
    expect(await alarms()).toMatchObject([{ minute: 330, normal: expect.any(Number) as number }]);
  },
);

test('what a replay teaches stays in the replay; afterwards the point goes on from what it had learnt of itself', async () => {
  await listen(0, 40);
  await station.restart();
  // Not yet written down for certain: what is lost to a replay is less than an hour.
  await listen(40, 50);
  const ground = { desk: station.desk, storage: station.db.storage, poke: () => undefined };
  const session = await openReplaySession(station.request(), ground, { name: '演练', devices: ['MAIN-D'] });
  expect(memory()).toEqual([undefined]);
  await station.send(main, [[START - 1000 * MINUTE, 0.4]], session.id);
  expect(memory()).toMatchObject([{ readings: 1 }]);
  await endReplaySession(station.request(), ground, session.id);
  expect(memory()).toMatchObject([{ since: START }]);
  expect(memory()[0]?.readings).toBeGreaterThanOrEqual(40);
});

test('a sign that is to learn longer than before goes on from what is known', async () => {
  await listen(0, 20);
  const before = memory();
  await rewrite(sql`jsonb_set(body, '{measure,learnSeconds}', '7200')`);
  await station.crash();
  expect(memory()).toEqual(before);
});
