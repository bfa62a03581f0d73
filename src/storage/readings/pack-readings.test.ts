import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { type KyselyPlugin, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { ensureReadingPartitions, forgetReplayedReadings } from '../monitoring/partitions.ts';
import { type TestDatabase, testDatabase } from '../testing.ts';
import { packReadings } from './pack-readings.ts';
import { packInThread } from './pack-thread.ts';
import { type ChunkSpan, joinReadings, placeReadings } from './place-readings.ts';
import { readHistory } from './read-history.ts';
import { emptyColumns, type ReadingColumns } from './reading-columns.ts';

const NOON = Date.UTC(2026, 8, 23, 4);
const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAY = 86_400_000;
const SECOND = 1000;

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  const { rows } = await sql<{ name: string }>`select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'reading'::regclass`.execute(db.storage.system);
  if (rows.length > 0)
    await sql`drop table ${sql.join(rows.map(({ name }) => sql.table(name)))}`.execute(db.storage.system);
  await sql`truncate reading_chunk`.execute(db.storage.system);
  await ensureReadingPartitions(db.storage.system, NOON);
  await markAt(NOON + DAY);
});
afterAll(() => db.drop());

async function markAt(at: number): Promise<void> {
  await sql`update ingest_mark set flushed_to = ${new Date(at)}`.execute(db.storage.system);
}

/** Rows of points 1 … `points`, one each `everyMs` from `from` on, received a second later. */
async function store(
  points: number,
  [from, to]: readonly [number, number],
  everyMs: number,
  source = 0,
): Promise<void> {
  await sql`insert into reading (observed_at, received_at, value, point_id, quality, source)
    select t, t + interval '1 second', p + (extract(epoch from t)::bigint / ${everyMs / SECOND}::int % 100)::float8 / 10, p, 0, ${source}::int2
    from generate_series(1, ${points}::int) p,
      generate_series(${new Date(from)}::timestamptz, ${new Date(to - 1)}::timestamptz, make_interval(secs => ${everyMs / SECOND}::float8)) t`.execute(
    db.storage.system,
  );
}

async function late(point: number, observedAt: number, receivedAt: number, value: number): Promise<void> {
  await sql`insert into reading (observed_at, received_at, value, point_id, quality, source)
    values (${new Date(observedAt)}, ${new Date(receivedAt)}, ${value}, ${point}, 16, 0)`.execute(
    db.storage.system,
  );
}

/** Everything there is of the points, as a hash: what is the same before and after is not lost, doubled or changed. */
async function everything(rows: 'live' | 'all' = 'live'): Promise<string> {
  const history = await readHistory(db.storage.system, {
    points: [1, 2, 3, 4, 5],
    from: Number.NEGATIVE_INFINITY,
    to: Number.POSITIVE_INFINITY,
    rows,
  });
  const text = JSON.stringify(
    [...history].map(([point, { observedAt, value, quality }]) => [
      point,
      [...observedAt],
      [...value],
      [...quality],
    ]),
  );
  return createHash('sha256').update(text).digest('hex');
}

interface Stock {
  readonly hot: number;
  readonly packed: number;
  readonly chunks: number;
  readonly partitions: number;
}

async function stock(): Promise<Stock> {
  const { rows } = await sql<Stock>`select (select count(*) from reading) as hot,
    (select coalesce(sum(n), 0)::int from reading_chunk) as packed, (select count(*) from reading_chunk) as chunks,
    (select count(*) from pg_inherits where inhparent = 'reading'::regclass) as partitions`.execute(
    db.storage.system,
  );
  return rows[0] ?? { hot: 0, packed: 0, chunks: 0, partitions: 0 };
}

test('a day later the readings of a quarter are in chunks, the partition is gone and nothing has changed', async () => {
  await store(3, [NOON, NOON + QUARTER - MINUTE], SECOND);
  await store(2, [NOON + QUARTER, NOON + QUARTER + 5 * MINUTE], SECOND);
  const before = await everything();
  expect(await packReadings(db.storage.system, NOON + QUARTER)).toEqual({ partitions: 1, readings: 3 * 840 });
  expect(await everything()).toBe(before);
  expect(await stock()).toEqual({ hot: 600, packed: 2520, chunks: 3, partitions: 4 });
  // Not before it has closed.
  expect(await packReadings(db.storage.system, NOON + 2 * QUARTER - 1)).toBeUndefined();
  expect(await packReadings(db.storage.system, NOON + 2 * QUARTER)).toEqual({ partitions: 1, readings: 600 });
  expect(await everything()).toBe(before);
  // Point 1 and 2: 840 and 300 more in one chunk.
  expect(await stock()).toEqual({ hot: 0, packed: 3120, chunks: 3, partitions: 3 });
});

test('several quarters are packed at one go; chunks are cut at about a thousand', async () => {
  await store(1, [NOON, NOON + 4 * QUARTER - MINUTE], SECOND);
  const before = await everything();
  expect(await packReadings(db.storage.system, NOON + 5 * QUARTER)).toMatchObject({ readings: 3540 });
  expect(await everything()).toBe(before);
  expect(await stock()).toEqual({ hot: 0, packed: 3540, chunks: 4, partitions: 0 });
});

test('a point that speaks once an hour has one chunk for weeks', async () => {
  for (let day = 0; day < 5; day += 1) {
    for (let hour = 0; hour < 24; hour += 6) {
      const at = NOON + day * DAY + hour * 60 * MINUTE;
      await ensureReadingPartitions(db.storage.system, at);
      await store(1, [at, at + MINUTE], MINUTE);
    }
    await markAt(NOON + (day + 2) * DAY);
    while (await packReadings(db.storage.system, NOON + (day + 1) * DAY));
  }
  expect(await stock()).toMatchObject({ hot: 0, packed: 20, chunks: 1 });
});

/** Ends the connection after its statement number `at` in a transaction, as when the database or the process is killed. */
class KillAfter implements KyselyPlugin {
  hasKilled = false;
  #statements = 0;
  readonly #at: number;

  constructor(at: number) {
    this.#at = at;
  }

  transformQuery({ node }: Parameters<KyselyPlugin['transformQuery']>[0]) {
    return node;
  }

  async transformResult({ result }: Parameters<KyselyPlugin['transformResult']>[0]) {
    const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%'`.execute(db.storage.system);
    if (rows.length > 0) this.#statements += 1;
    if (this.#statements === this.#at && !this.hasKilled) {
      await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0}, 5000)`.execute(db.storage.system);
      this.hasKilled = true;
    }
    return result;
  }
}

test('killed after any statement, packing has lost nothing and doubled nothing, and is made good', async () => {
  await store(2, [NOON, NOON + 10 * MINUTE], SECOND);
  await store(1, [NOON + QUARTER + 500, NOON + QUARTER + 10 * MINUTE], 10 * SECOND, 16);
  await store(2, [NOON + QUARTER, NOON + QUARTER + 10 * MINUTE], SECOND);
  await packReadings(db.storage.system, NOON + QUARTER);
  await store(3, [NOON + 2 * QUARTER, NOON + 2 * QUARTER + 10 * MINUTE], 10 * SECOND);
  await late(1, NOON + 500, NOON + 2 * QUARTER + 11 * MINUTE, 77);
  const before = await everything('all');
  const counted = await stock();
  let killed = 0;
  for (let at = 1; ; at += 1) {
    const plugin = new KillAfter(at);
    const outcome = await packReadings(db.storage.system.withPlugin(plugin), NOON + 3 * QUARTER).catch(
      () => 'killed' as const,
    );
    expect(await everything('all')).toBe(before);
    const now = await stock();
    expect(now.hot + now.packed).toBe(counted.hot + counted.packed);
    if (!plugin.hasKilled) break;
    expect(outcome).toBe('killed');
    killed += 1;
    // From here on it is the empty partitions that are dropped.
    if (now.packed !== counted.packed) break;
  }
  expect(killed).toBeGreaterThan(10);
  while (await packReadings(db.storage.system, NOON + 3 * QUARTER));
  expect(await everything('all')).toBe(before);
  expect(await stock()).toMatchObject({ hot: 60, packed: 2581, partitions: 3 });
});

test('who reads while it is packed sees all of it at any moment', async () => {
  await store(4, [NOON, NOON + 4 * QUARTER - MINUTE], SECOND);
  const before = await everything();
  const done = new AbortController();
  const seen = new Set<string>();
  const reader = async (): Promise<void> => {
    while (!done.signal.aborted) seen.add(await everything());
  };
  const packer = async (): Promise<void> => {
    for (let quarter = 1; quarter <= 4; quarter += 1)
      await packReadings(db.storage.system, NOON + quarter * QUARTER);
  };
  await Promise.all([reader(), reader(), packer().finally(() => done.abort())]);
  expect([...seen]).toEqual([before]);
  expect(await stock()).toMatchObject({ hot: 0 });
});

test('replayed rows stay where they are for their two days, and go then', async () => {
  await store(1, [NOON, NOON + 10 * MINUTE], MINUTE, 16);
  await store(1, [NOON + QUARTER, NOON + QUARTER + 10 * MINUTE], MINUTE, 16);
  await store(2, [NOON, NOON + 10 * MINUTE], MINUTE);
  const before = await everything('all');
  await packReadings(db.storage.system, NOON + 2 * QUARTER);
  expect(await everything('all')).toBe(before);
  expect(await stock()).toMatchObject({ hot: 20, packed: 20, partitions: 5 });
  expect(await packReadings(db.storage.system, NOON + 2 * QUARTER)).toBeUndefined();
  while (await forgetReplayedReadings(db.storage.system, NOON + 2 * DAY));
  expect(await stock()).toMatchObject({ hot: 0, packed: 20, partitions: 0 });
});

test('what a restart has yet to absorb stays hot', async () => {
  await store(1, [NOON, NOON + 10 * MINUTE], MINUTE);
  await store(1, [NOON + QUARTER, NOON + QUARTER + 10 * MINUTE], MINUTE);
  await markAt(NOON + QUARTER + 5 * MINUTE);
  await packReadings(db.storage.system, NOON + DAY);
  expect(await stock()).toMatchObject({ hot: 10, packed: 10 });
  expect(await packReadings(db.storage.system, NOON + DAY)).toBeUndefined();
});

test('two packers do not work on the same', async () => {
  await store(3, [NOON, NOON + 10 * MINUTE], SECOND);
  const before = await everything();
  const done = await Promise.all([1, 2, 3].map(() => packReadings(db.storage.system, NOON + QUARTER)));
  expect(done.filter((one) => (one?.readings ?? 0) > 0)).toHaveLength(1);
  expect(await everything()).toBe(before);
});

test('in a thread of its own everything ripe is packed and replays of two days ago are gone; aborted, nothing is half done', async () => {
  await store(3, [NOON, NOON + 10 * MINUTE], SECOND);
  await store(1, [NOON + QUARTER, NOON + QUARTER + 10 * MINUTE], MINUTE, 16);
  await store(1, [NOON + 2 * QUARTER, NOON + 2 * QUARTER + 10 * MINUTE], MINUTE);
  const before = await everything();
  const task = {
    location: db.location,
    before: NOON + 3 * QUARTER,
    ripe: NOON + QUARTER - 1,
    replayedBefore: NOON + QUARTER,
  };
  const { signal } = new AbortController();
  expect(await packInThread(task, signal)).toBe(0);
  const ripe = { ...task, ripe: NOON + QUARTER, replayedBefore: NOON + DAY };
  const ended = new AbortController();
  const cutOff = packInThread(ripe, ended.signal);
  ended.abort();
  await cutOff;
  expect(await everything()).toBe(before);
  expect(await packInThread(ripe, signal)).toBe(1810);
  expect(await everything()).toBe(before);
  expect(await stock()).toMatchObject({ hot: 0, packed: 1810, partitions: 0 });
});

test('late readings go into the chunk of their time', async () => {
  await store(1, [NOON, NOON + QUARTER - MINUTE], SECOND);
  await packReadings(db.storage.system, NOON + QUARTER);
  for (const [i, observedAt] of [NOON + 500, NOON - DAY, NOON + QUARTER - 10 * SECOND].entries())
    await late(1, observedAt, NOON + 2 * QUARTER + i, i);
  const before = await everything();
  await packReadings(db.storage.system, NOON + 3 * QUARTER);
  expect(await everything()).toBe(before);
  expect(await stock()).toMatchObject({ hot: 0, packed: 843, chunks: 1 });
});

function columnsAt(moments: readonly number[], value: number): ReadingColumns {
  const columns = emptyColumns(moments.length);
  columns.observedAt.set(moments);
  columns.value.fill(value);
  columns.receivedAt.fill(value);
  return columns;
}

const moments = fc
  .uniqueArray(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 3000 })
  .map((all) => all.toSorted((a, b) => a - b));

test('whatever comes late, chunks never overlap, hold each moment once and are about a thousand long', () => {
  fc.assert(
    fc.property(fc.array(moments, { minLength: 1, maxLength: 8 }), (rounds) => {
      const expected = new Map<number, number>();
      let chunks: ReadingColumns[] = [];
      for (const [round, at] of rounds.entries()) {
        for (const one of at) expected.set(one, round);
        const spans = new Map(chunks.map((chunk) => [spanOf(chunk), chunk] as const));
        const placed = placeReadings([...spans.keys()], columnsAt(at, round));
        const touched = new Set(placed.flatMap(({ chunk }) => (chunk ? [chunk] : [])));
        expect(touched.size).toBe(placed.filter(({ chunk }) => chunk).length);
        chunks = [
          ...[...spans].flatMap(([span, chunk]) => (touched.has(span) ? [] : [chunk])),
          ...placed.flatMap(({ chunk, rows }) => joinReadings(chunk && spans.get(chunk), rows)),
        ].toSorted((a, b) => (a.observedAt[0] ?? 0) - (b.observedAt[0] ?? 0));
      }
      expect(
        chunks.flatMap(({ observedAt, value }) => Array.from(observedAt, (at, i) => [at, value[i]])),
      ).toEqual([...expected].toSorted(([a], [b]) => a - b));
      for (const { length } of chunks) expect(length).toBeLessThanOrEqual(1250);
    }),
    { numRuns: 60 },
  );
});

function spanOf({ observedAt, length }: ReadingColumns): ChunkSpan {
  return { from: observedAt[0] ?? 0, to: observedAt.at(-1) ?? 0, n: length };
}
