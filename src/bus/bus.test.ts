import { setTimeout as sleep } from 'node:timers/promises';

import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { clientConfig } from '#storage';
import { type TestDatabase, testDatabase } from '../storage/testing.ts';
import {
  announce,
  announcement,
  Dispatcher,
  type Event,
  eventsAfter,
  newestSeq,
  Subscriber,
  Turns,
} from './index.ts';

let db: TestDatabase;
const ending: (() => Promise<void>)[] = [];
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
  await db.drop();
});

const events = (): Kysely<never> => db.storage.system as unknown as Kysely<never>;
const news = (id: number, type = 'alarm.raised') => ({
  type,
  at: 1_700_000_000_000 + id,
  place: 1,
  scenario: 1,
  payload: { id },
});
const tell = (...ids: readonly number[]): Promise<void> =>
  db.storage.system.transaction().execute((tx) =>
    announce(
      tx,
      ids.map((id) => news(id)),
    ),
  );
const published = async (): Promise<readonly Event[]> => eventsAfter(events(), 0, 100_000);

function dispatcher(errors: unknown[] = []): Dispatcher {
  const made = new Dispatcher(events(), (error) => errors.push(error));
  ending.push(() => made.stop());
  return made;
}

function subscriber(
  handle: (ids: readonly number[], tx: Parameters<typeof announce>[0]) => Promise<void>,
  errors: unknown[] = [],
  types: readonly string[] = ['alarm.raised'],
): Subscriber<never> {
  const made = new Subscriber<never>(
    events(),
    {
      name: 'test',
      types,
      handle: (tx, batch) =>
        handle(
          batch.map((event) => event.payload.id),
          tx,
        ),
    },
    { turns: new Turns(), afterCommit: () => undefined, onError: (_name, error) => errors.push(error) },
  );
  ending.push(() => made.stop());
  return made;
}

test('a change that is undone announces nothing', async () => {
  const undone = db.storage.system.transaction().execute(async (tx) => {
    await announce(tx, [news(1)]);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await tell(2);
  dispatcher().start(20);
  await expect.poll(async () => (await published()).map((event) => event.payload.id)).toEqual([2]);
});

test('rows that commit out of order are published in the order of publishing, none lost', async () => {
  // The first writer takes the lower numbers and commits last.
  const slow = new pg.Client(clientConfig(db.location));
  await slow.connect();
  ending.push(() => slow.end());
  await slow.query('begin');
  const { text, values } = announcement([news(1), news(2)]);
  await slow.query(text, [...values]);
  await tell(3, 4);

  const heard: number[] = [];
  const one = dispatcher();
  one.listen((batch) => heard.push(...batch.map((event) => event.payload.id)));
  one.start(20);
  await expect.poll(() => heard).toEqual([3, 4]);
  const mark = await newestSeq(events());
  await slow.query('commit');
  await expect.poll(() => heard).toEqual([3, 4, 1, 2]);
  // Who read up to the mark finds the late ones after it.
  expect((await eventsAfter(events(), mark, 100)).map((event) => event.payload.id)).toEqual([1, 2]);
  expect((await published()).map((event) => event.at - 1_700_000_000_000)).toEqual([3, 4, 1, 2]);
});

test('20,000 rows from eight writers are published once each and heard in the order of their numbers', async () => {
  const heard: number[] = [];
  const seqs: number[] = [];
  const one = dispatcher();
  one.listen((batch) => {
    heard.push(...batch.map((event) => event.payload.id));
    seqs.push(...batch.map((event) => event.seq));
  });
  one.start(20);
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < 25; n += 1) {
        await tell(...Array.from({ length: 100 }, (_, i) => writer * 100_000 + n * 100 + i));
        one.poke();
      }
    }),
  );
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(20_000);
  expect(new Set(heard).size).toBe(20_000);
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  expect((await published()).map((event) => event.payload.id)).toEqual(heard);
});

test('a hundred pokes at once do not publish anything twice', async () => {
  await tell(...Array.from({ length: 300 }, (_, i) => i));
  const heard: number[] = [];
  let overlapping = 0;
  const one = dispatcher();
  one.listen((batch) => {
    overlapping += 1;
    heard.push(...batch.map((event) => event.payload.id));
    expect(overlapping).toBe(1);
    overlapping -= 1;
  });
  for (let n = 0; n < 100; n += 1) one.poke();
  await expect.poll(() => heard.length).toBe(300);
  await one.stop();
  const { rows } = await sql<{ n: number }>`select count(*) as n from event`.execute(events());
  expect([rows[0]?.n, heard.length]).toEqual([300, 300]);
});

test('a listener that throws keeps neither the others nor the next batch from hearing', async () => {
  const errors: unknown[] = [];
  const heard: number[] = [];
  const one = dispatcher(errors);
  one.listen(() => {
    throw new Error('deaf');
  });
  one.listen((batch) => heard.push(...batch.map((event) => event.payload.id)));
  await tell(1);
  one.poke();
  await expect.poll(() => heard).toEqual([1]);
  await tell(2);
  one.poke();
  await expect.poll(() => heard).toEqual([1, 2]);
  expect(errors.map(String)).toContain('Error: deaf');
});

test('after it has stopped the dispatcher touches the database no more, though it was poked until the end', async () => {
  const errors: unknown[] = [];
  const one = dispatcher(errors);
  await tell(1);
  one.poke();
  one.poke();
  await one.stop();
  await tell(2);
  one.poke();
  await sleep(100);
  expect((await published()).map((event) => event.payload.id)).toEqual([1]);
  expect(errors).toEqual([]);
});

test('a subscriber that throws is brought the batch again, and its effects are there once', async () => {
  await sql`create table effect (id int)`.execute(events());
  const errors: unknown[] = [];
  let tries = 0;
  const one = dispatcher();
  const follows = subscriber(async (ids, tx) => {
    await sql`insert into effect select unnest(${[...ids]}::int[])`.execute(tx as Kysely<never>);
    tries += 1;
    if (tries < 3) throw new Error('not now');
  }, errors);
  follows.start(one);
  one.start(20);
  await tell(1, 2, 3);
  const effects = async (): Promise<readonly number[]> =>
    (await sql<{ id: number }>`select id from effect order by id`.execute(events())).rows.map(
      (row) => row.id,
    );
  await expect.poll(effects, { timeout: 10_000 }).toEqual([1, 2, 3]);
  await tell(4);
  await expect.poll(effects).toEqual([1, 2, 3, 4]);
  expect(errors.map(String)).toEqual(['Error: not now', 'Error: not now']);
});

test('a subscriber that begins later, or comes back, goes on after what it has handled', async () => {
  const one = dispatcher();
  one.start(20);
  await tell(1, 2);
  await expect.poll(async () => (await published()).length).toBe(2);
  const first: number[] = [];
  const before = subscriber(async (ids) => void first.push(...ids));
  before.start(one);
  await expect.poll(() => first).toEqual([1, 2]);
  await before.stop();
  await tell(3);
  await sleep(100);
  const second: number[] = [];
  subscriber(async (ids) => void second.push(...ids)).start(one);
  await expect.poll(() => second).toEqual([3]);
  expect(first).toEqual([1, 2]);
});

test('whoever is far behind is brought each of its events once, and never more at a time than a turn holds', async () => {
  const writer = dispatcher();
  writer.start(20);
  const all = Array.from({ length: 3000 }, (_, i) => i + 1);
  await db.storage.system.transaction().execute((tx) =>
    announce(
      tx,
      all.map((id) => news(id, id % 3 === 0 ? 'warning.raised' : 'alarm.raised')),
    ),
  );
  await expect.poll(async () => (await published()).length).toBe(all.length);
  await writer.stop();
  // A process that begins: nothing of it is in memory.
  const fresh = dispatcher();
  fresh.start(20);
  const turns: (readonly number[])[] = [];
  subscriber(async (ids) => void turns.push(ids)).start(fresh);
  const wanted = all.filter((id) => id % 3 !== 0);
  await expect.poll(() => turns.flat().length).toBe(wanted.length);
  expect(turns.flat()).toEqual(wanted);
  expect(Math.max(...turns.map((ids) => ids.length))).toBe(500);
});

test('events whose publication was answered by a broken connection reach their followers all the same', async () => {
  const errors: unknown[] = [];
  let lost = 0;
  const losing = events().withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      const [first] = result.rows;
      if (lost === 0 && (first?.['payload'] as { id?: number } | undefined)?.id === 2) {
        lost += 1;
        throw new Error('connection lost');
      }
      return Promise.resolve(result);
    },
  });
  const one = new Dispatcher(losing, (error) => errors.push(error));
  ending.push(() => one.stop());
  const heard: number[] = [];
  subscriber(async (ids) => void heard.push(...ids)).start(one);
  one.start(20);
  await tell(1);
  await expect.poll(() => heard).toEqual([1]);
  await tell(2);
  await expect.poll(() => lost).toBe(1);
  await tell(3);
  await expect.poll(() => heard).toEqual([1, 2, 3]);
  expect(errors.map(String)).toEqual(['Error: connection lost']);
});

test('two processes that follow under one name: each event takes effect once', async () => {
  await sql`create table effect (id int)`.execute(events());
  const one = dispatcher();
  const errors: unknown[] = [];
  const effect = async (ids: readonly number[], tx: Parameters<typeof announce>[0]): Promise<void> => {
    await sql`insert into effect select unnest(${[...ids]}::int[])`.execute(tx as Kysely<never>);
    await sleep(50);
  };
  for (const follows of [subscriber(effect, errors), subscriber(effect, errors)]) follows.start(one);
  one.start(20);
  for (let n = 0; n < 5; n += 1) {
    await tell(n);
    await sleep(30);
  }
  const effects = async (): Promise<readonly number[]> =>
    (await sql<{ id: number }>`select id from effect order by id`.execute(events())).rows.map(
      (row) => row.id,
    );
  await expect.poll(effects, { timeout: 20_000 }).toEqual([0, 1, 2, 3, 4]);
  await sleep(1500);
  expect(await effects()).toEqual([0, 1, 2, 3, 4]);
  expect(errors.length).toBeGreaterThan(0);
});

test('a subscriber hears its own kinds of events only', async () => {
  const heard: number[] = [];
  const one = dispatcher();
  subscriber(async (ids) => void heard.push(...ids), [], ['warning.normal']).start(one);
  one.start(20);
  await tell(1);
  await db.storage.system.transaction().execute((tx) => announce(tx, [news(2, 'warning.normal'), news(3)]));
  await expect.poll(() => heard).toEqual([2]);
});

test('a follower that is stopped while it waits for its turn does nothing more', async () => {
  const one = dispatcher();
  one.start(20);
  const turns = new Turns();
  const gate = Promise.withResolvers<void>();
  const busy = turns.take('record', () => gate.promise);
  const heard: number[] = [];
  const late = new Subscriber<never>(
    events(),
    {
      name: 'late',
      types: ['alarm.raised'],
      handle: (_tx, batch) => Promise.resolve(void heard.push(...batch.map((event) => event.payload.id))),
    },
    { turns, afterCommit: () => undefined, onError: () => undefined },
  );
  await tell(1);
  await expect.poll(async () => (await published()).length).toBe(1);
  late.start(one);
  const stopped = late.stop();
  gate.resolve();
  await Promise.all([busy, stopped]);
  expect(heard).toEqual([]);
});
