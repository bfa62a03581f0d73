// Whether what a point tells fits its own past, as a check of its data: doubted while its neighbours are as ever, and not when they are not.
import { QUALITY, ReadingBatchBuilder } from '#model/monitoring';
import { SystemContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { seededRandom } from '../../../../test/seeded-random.ts';
import { getConfidence } from '../quality/get-confidence.ts';
import { QualityWatch } from '../quality/quality-watch.ts';
import { endReplaySession, openReplaySession } from '../replay-sessions.ts';
import { MINUTE, START, Station } from '../testing.ts';
import { getRarity } from './get-rarity.ts';

const ELEMENT = 'WATER.WPRESS';
const LEARNT = 330;
const RARE = 3;

let station: Station;
let stories = 0;
beforeAll(async () => {
  station = await Station.open();
  // A standard must give a detector a day at least; a test has only hours.
  const improbable = { rarity: RARE, learnSeconds: 3600 };
  await sql`update element set body = body || ${JSON.stringify({ improbable })}::jsonb where code = ${ELEMENT}`.execute(
    station.db.storage.system,
  );
  await station.restart();
});
afterAll(() => station.close());

interface Gauge {
  readonly id: number;
  readonly code: string;
}

/** So many pressure gauges of one neighbourhood, a story's own, after hours in which they hummed about 0.30 MPa. */
async function gauges(count: number) {
  stories += 1;
  const from = START + stories * 12 * 60 * MINUTE;
  await station.moveTo(from);
  const all: Gauge[] = [];
  for (let n = 0; n < count; n += 1) {
    const code = `P${stories}-${n}`;
    all.push({ id: await station.point(code, ELEMENT, 9), code });
  }
  await sql`update monitored_object set lat = ${30.5 + stories * 0.1} where code like ${`P${stories}-%`}`.execute(
    station.db.storage.system,
  );
  const watch = new QualityWatch();
  const system = new SystemContext(station.ground);
  /** A reading a minute of each from a minute on, told together; older ones come late. */
  const hear = async (
    first: number,
    next: number,
    value = (gauge: Gauge, minute: number) => hum(gauge, minute),
  ) => {
    await station.moveTo(from + (next - 1) * MINUTE);
    const batch = new ReadingBatchBuilder(0);
    for (let minute = first; minute < next; minute += 1)
      for (const gauge of all)
        batch.add(
          gauge.id,
          from + minute * MINUTE,
          value(gauge, minute),
          minute < next - 5 ? QUALITY.late : 0,
        );
    await station.desk.ingest.accept(batch.finish());
  };
  /** A quarter of an hour, minute by minute, with the round of each. */
  const watched = async (first: number, value: (gauge: Gauge, minute: number) => number) => {
    for (let minute = first; minute < first + 15; minute += 1) {
      await hear(minute, minute + 1, value);
      await watch.round(system, station.desk);
    }
  };
  await hear(0, LEARNT);
  return { all, hear, watched };
}

/** The same whenever it is asked. */
function hum({ id }: Gauge, minute: number): number {
  return 0.3 + 0.004 * (seededRandom(id * 10_000 + minute)() - 0.5);
}

const standing = (all: readonly Gauge[]): readonly number[] =>
  all.map(({ id }) => station.desk.ingest.book.ownPast.of(id)?.standing ?? 0);

async function findings() {
  const { rows } = await sql<{ subject: string; reason: string; open: boolean }>`
    select subject_id as subject, reason, ended_at is null as open from quality_finding
    where subject_id like ${`P${stories}-%`} order by id`.execute(station.db.storage.system);
  return rows.map(({ subject, reason, open }) => `${subject} ${reason}${open ? '' : ' 已恢复'}`);
}

const sure = (code: string) => getConfidence(station.request(), station.desk, { query: { point: code } });

/** A sensor that slowly lets go: lower and lower, never so low before. */
const sinking = (minute: number): number => 0.25 - (minute - LEARNT) * 0.004;

test('a gauge that sinks as it never did while its neighbours are as ever is doubted, its confidence falls; well again it is believed', async () => {
  const { all, hear, watched } = await gauges(3);
  const [first] = all;
  await watched(LEARNT, (gauge, minute) => (gauge === first ? sinking(minute) : hum(gauge, minute)));
  expect(await findings()).toEqual([`${first?.code} improbable`]);
  const query = { point: first?.code ?? '', from: START, to: station.now };
  const { spans } = await getRarity(station.request(), station.desk, { query });
  expect(spans).toMatchObject([{ until: null, text: '与自身历史不符' }]);
  expect(
    await getRarity(station.request(), station.desk, { query: { ...query, to: START + 1 } }),
  ).toMatchObject({ spans: [] });
  const doubted = await sure(first?.code ?? '');
  expect(doubted.reasons).toContain('与自身历史不符');
  expect(doubted.value).toBeLessThan(0.7);
  // Not at once: for a while it is still unusual where it has come back to.
  await hear(LEARNT + 15, LEARNT + 240);
  await watched(LEARNT + 240, hum);
  expect(await findings()).toEqual([`${first?.code} improbable 已恢复`]);
  expect((await sure(first?.code ?? '')).reasons).not.toContain('与自身历史不符');
});

test('all of them sink: that is a burst main, and nobody is doubted', async () => {
  const { all, watched } = await gauges(3);
  await watched(LEARNT, (_, minute) => sinking(minute));
  expect(Math.min(...standing(all))).toBeGreaterThanOrEqual(RARE);
  expect(await findings()).toEqual([]);
});

test('where nobody near by could say the same, nobody is contradicted', async () => {
  const { all, watched } = await gauges(1);
  await watched(LEARNT, (_, minute) => sinking(minute));
  expect(Math.min(...standing(all))).toBeGreaterThanOrEqual(RARE);
  expect(await findings()).toEqual([]);
});

test('what it has learnt outlives a crash to the bit, is told on its page, and no replay teaches it', async () => {
  const { all, hear } = await gauges(1);
  const { id = 0, code = '' } = all[0] ?? {};
  await station.device('OWN-D', [code]);
  const past = () => station.desk.ingest.book.ownPast.of(id)?.past;
  const before = past();
  expect(before).toMatchObject({ readings: LEARNT });
  await station.crash();
  expect(past()).toEqual(before);
  const { learnt } = await getRarity(station.request(), station.desk, { query: { point: code } });
  expect(learnt).toMatchObject({ readings: LEARNT, learning: false });
  const ground = { desk: station.desk, storage: station.db.storage, poke: () => undefined };
  const session = await openReplaySession(station.request(), ground, { name: '演练', devices: ['OWN-D'] });
  await station.send(id, [[START - 1000 * MINUTE, 0.4]], session.id);
  expect(past()).toBeUndefined();
  await endReplaySession(station.request(), ground, session.id);
  expect(past()?.since).toBe(before?.since);
  await hear(LEARNT, LEARNT + 5);
  expect(past()?.readings).toBeGreaterThan(5);
});

test('a point of an element that asks nothing has no detector', async () => {
  const point = await station.point('Q', 'FLOOD.UNDERPASS');
  expect(station.desk.ingest.book.ownPast.of(point)).toBeUndefined();
});
