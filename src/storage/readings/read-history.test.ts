import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { ensureReadingPartitions } from '../monitoring/partitions.ts';
import { type TestDatabase, testDatabase } from '../testing.ts';
import { encodeChunk } from './chunk-codec.ts';
import type { HistoryAsk } from './hot-rows.ts';
import { type History, readHistory, readLast, walkHistory } from './read-history.ts';
import { emptyColumns } from './reading-columns.ts';

const NOON = Date.UTC(2026, 8, 23, 4);
const MINUTE = 60_000;
const DAY = 86_400_000;

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await ensureReadingPartitions(db.storage.system, NOON);
});
beforeEach(async () => {
  await sql`truncate reading, reading_chunk`.execute(db.storage.system);
});
afterAll(() => db.drop());

type Hot = readonly [
  at: number,
  value: number,
  extra?: { received?: number; quality?: number; source?: number },
];

async function hot(point: number, rows: readonly Hot[]): Promise<void> {
  for (const [at, value, { received = NOON, quality = 0, source = 0 } = {}] of rows) {
    await sql`insert into reading (observed_at, received_at, value, point_id, quality, source)
      values (${new Date(at)}, ${new Date(received)}, ${value}, ${point}, ${quality}, ${source})`.execute(
      db.storage.system,
    );
  }
}

async function packed(point: number, rows: readonly (readonly [number, number, number?])[]): Promise<void> {
  const columns = emptyColumns(rows.length);
  for (const [i, [at, value, quality = 0]] of rows.entries()) {
    columns.observedAt[i] = at;
    columns.receivedAt[i] = at + 1000;
    columns.value[i] = value;
    columns.quality[i] = quality;
  }
  await db.storage.system
    .insertInto('reading_chunk')
    .values({
      point_id: point,
      from_at: new Date(rows[0]?.[0] ?? 0),
      to_at: new Date(rows.at(-1)?.[0] ?? 0),
      n: rows.length,
      bytes: Buffer.from(encodeChunk(columns)),
    })
    .execute();
}

const shown = (history: History) =>
  Object.fromEntries(
    Array.from(history, ([point, { observedAt, value }]) => [
      point,
      Array.from(observedAt, (at, i) => [(at - NOON) / MINUTE, value[i]]),
    ]),
  );
const read = async (ask: Partial<HistoryAsk> = {}) =>
  shown(await readHistory(db.storage.system, { points: [1, 2, 3], from: 0, to: NOON + DAY, ...ask }));

test('chunks and hot rows are one history in the order of time, each moment once', async () => {
  await packed(1, [
    [NOON - 60 * MINUTE, 1],
    [NOON - 50 * MINUTE, 2],
  ]);
  await packed(1, [[NOON - 40 * MINUTE, 3]]);
  await packed(2, [[NOON - 55 * MINUTE, 7]]);
  await hot(1, [
    [NOON - 45 * MINUTE, 2.5],
    [NOON, 4],
    // The same moment again: of a back-fill that was packed meanwhile.
    [NOON - 40 * MINUTE, 3],
  ]);
  await hot(3, [[NOON, 9]]);
  expect(await read()).toEqual({
    1: [
      [-60, 1],
      [-50, 2],
      [-45, 2.5],
      [-40, 3],
      [0, 4],
    ],
    2: [[-55, 7]],
    3: [[0, 9]],
  });
  expect(await read({ points: [1], from: NOON - 50 * MINUTE, to: NOON - 40 * MINUTE })).toEqual({
    1: [
      [-50, 2],
      [-45, 2.5],
    ],
  });
});

test('replayed rows are no part of the history unless asked for; then the newest arrival counts', async () => {
  await packed(1, [[NOON - 60 * MINUTE, 1]]);
  await hot(1, [
    [NOON, 5],
    [NOON, 6, { source: 16, received: NOON + 1 }],
    [NOON - 60 * MINUTE, 8, { source: 16 }],
    [NOON - 60 * MINUTE, 9, { source: 16, received: NOON + MINUTE }],
  ]);
  expect(await read()).toEqual({
    1: [
      [-60, 1],
      [0, 5],
    ],
  });
  expect(await read({ rows: 'all' })).toEqual({
    1: [
      [-60, 9],
      [0, 6],
    ],
  });
  expect(await read({ rows: 'replayed', receivedFrom: NOON + 1 })).toEqual({
    1: [
      [-60, 9],
      [0, 6],
    ],
  });
  expect(await read({ rows: 'replayed', receivedTo: NOON + 1 })).toEqual({
    1: [
      [-60, 8],
      [0, 6],
    ],
  });
});

test('what signs are fed with leaves out what is suspect, packed or not', async () => {
  await packed(1, [
    [NOON - 60 * MINUTE, 1],
    [NOON - 59 * MINUTE, 1000, 1],
    [NOON - 58 * MINUTE, 2, 16],
  ]);
  await hot(1, [
    [NOON, 3],
    [NOON + MINUTE, 1000, { quality: 1 }],
  ]);
  expect(await read({ believed: true })).toEqual({
    1: [
      [-60, 1],
      [-58, 2],
      [0, 3],
    ],
  });
});

test('a long history is walked window by window and is the same in sum', async () => {
  for (let day = 40; day > 0; day -= 1) {
    await packed(1, [
      [NOON - day * DAY, day],
      [NOON - day * DAY + 30 * MINUTE, day + 0.5],
    ]);
    if (day % 7 === 0) await packed(2, [[NOON - day * DAY, -day]]);
  }
  await hot(2, [
    [NOON, 0],
    [NOON - 20 * DAY - MINUTE, -20],
  ]);
  const ask = { points: [1, 2], from: NOON - 3650 * DAY, to: NOON + 1 };
  const walked: History[] = [];
  const windows: number[] = [];
  for await (const { from, to, readings } of walkHistory(db.storage.system, { ...ask, windowMs: 3 * DAY })) {
    walked.push(readings);
    windows.push(from);
    expect(to - from).toBeLessThanOrEqual(3 * DAY);
  }
  expect(windows).toEqual(windows.toSorted((a, b) => a - b));
  const whole = await readHistory(db.storage.system, ask);
  for (const point of ask.points) {
    const joined = walked.flatMap((one) => Array.from(one.get(point)?.observedAt ?? []));
    expect(joined).toEqual(Array.from(whole.get(point)?.observedAt ?? []));
  }
  expect(whole.get(1)?.length).toBe(80);
});

test('nobody and nowhen have no history', async () => {
  await packed(1, [[NOON, 1]]);
  expect(await read({ points: [] })).toEqual({});
  expect(await read({ from: NOON, to: NOON })).toEqual({});
  expect(await read({ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY })).toEqual({
    1: [[0, 1]],
  });
  const windows = [];
  for await (const window of walkHistory(db.storage.system, {
    points: [2],
    from: 0,
    to: NOON,
    windowMs: DAY,
  }))
    windows.push(window);
  expect(windows).toEqual([]);
});

test('the last readings are those of the whole, of whatever they are made up', async () => {
  const minutes = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => [NOON + (from + i) * MINUTE, from + i] as const);
  await packed(1, minutes(0, 10));
  await packed(1, minutes(10, 20));
  await hot(1, [
    [NOON + 25 * MINUTE, 25],
    [NOON + 5 * MINUTE, 500],
  ]);
  const ask = { points: [1] as const, from: NOON, to: NOON + DAY };
  const whole = [...((await readHistory(db.storage.system, ask)).get(1)?.value ?? [])];
  expect(whole).toHaveLength(21);
  for (const most of [1, 2, 5, 11, 12, 20, 21, 50]) {
    const { value } = await readLast(db.storage.system, ask, most);
    expect([...value]).toEqual(whole.slice(-most));
  }
  const before = await readLast(db.storage.system, { ...ask, to: NOON + 15 * MINUTE }, 3);
  expect([...before.value]).toEqual([12, 13, 14]);
});
