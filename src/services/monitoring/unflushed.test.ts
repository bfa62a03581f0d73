// What is written down beside the readings: never ahead of what is committed, and no commit held up by all of it.
import { ReadingBatchBuilder } from '#model/monitoring';
import { expect, test } from 'vitest';

import { PointBook } from './point-book.ts';
import { prepareGroup, type PreparedGroup } from './prepare-group.ts';
import { Unflushed } from './unflushed.ts';

const NOON = Date.UTC(2026, 10, 30, 4);

function bookOf(points: number): PointBook {
  const book = new PointBook(() => []);
  for (let id = 1; id <= points; id += 1) {
    book.add({
      id,
      code: `P${id}`,
      objectId: id,
      element: 'FLOOD.RIVER',
      place: 1,
      scenario: 1,
      deviceId: null,
      simulated: false,
      periodMs: 300_000,
      parameters: {},
      ownLimits: {},
      maxChange: undefined,
      range: null,
    });
  }
  return book;
}

/** One reading of each of some points. */
function groupOf(book: PointBook, points: readonly number[], at: number): PreparedGroup {
  const builder = new ReadingBatchBuilder(0, points.length);
  for (const point of points) builder.add(point, at, at % 1000, 0);
  return prepareGroup(
    book,
    [{ kind: 'batch', batch: builder.finish() }],
    { receivedAt: at, now: at },
    new Set(),
  );
}

test('the newest value that is written down is that of its group, though the next one is prepared already', () => {
  const book = bookOf(1);
  const unflushed = new Unflushed();
  const first = groupOf(book, [1], NOON + 1);
  const finish = unflushed.take(first, { book, most: 10, now: NOON + 1 });
  // Not committed: the server may die before it is.
  groupOf(book, [1], NOON + 2);
  expect(finish([])).toMatchObject({ points: [1], observedAt: [NOON + 1], values: [1], countedTo: NOON + 1 });
});

test('of many points the ones that wait longest go first, and the mark stays behind the oldest that is left', () => {
  const many = Array.from({ length: 6000 }, (_, i) => i + 1);
  const book = bookOf(many.length);
  const unflushed = new Unflushed();
  unflushed.add(groupOf(book, many.slice(0, 100), NOON), [], book);
  unflushed.add(groupOf(book, many.slice(100), NOON + 5), [], book);
  const again = groupOf(book, many.slice(0, 200), NOON + 9);
  const finish = unflushed.take(again, { book, most: 150, now: NOON + 9 });
  const flush = finish([]);
  expect(flush.points).toEqual(many.slice(0, 150));
  expect(flush.flushedTo).toBe(NOON + 4);
  expect(flush.countedTo).toBe(NOON + 9);
  expect(flush.days.map(({ received }) => received.reduce((a, b) => a + b))).toEqual([300]);
  expect(flush.counts).toMatchObject([{ received: 6200 }]);

  const more = groupOf(book, many.slice(0, 10), NOON + 10);
  expect(unflushed.due(more, NOON + 109)).toBe(0);
  expect(unflushed.due(more, NOON + 309)).toBe(59);
  const rest = unflushed.take(groupOf(book, [], NOON + 11), { book, most: 10_000, now: NOON + 11 })([]);
  expect(rest.points).toEqual(many.slice(150));
  expect(rest.flushedTo).toBe(NOON + 11);
  expect(rest.days.map(({ received }) => received.reduce((a, b) => a + b))).toEqual([5900]);
});
