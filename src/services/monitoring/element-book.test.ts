// What points have from their element: shared where it is the same, each its own where the element has become another.
import { expect, test } from 'vitest';

import type { BookedPoint } from './booked-point.ts';
import { PointBook } from './point-book.ts';

const MINUTE = 60_000;
const point = (id: number, more: Partial<BookedPoint> = {}): BookedPoint => ({
  id,
  code: `P${id}`,
  objectId: id,
  element: 'FLOOD.UNDERPASS',
  place: 1,
  scenario: 1,
  deviceId: null,
  simulated: false,
  periodMs: 5 * MINUTE,
  parameters: {},
  ownLimits: {},
  range: [0, 6],
  ...more,
});

test('points of one element share its facts; one added after the element became another has the new ones, the others keep theirs', () => {
  const book = new PointBook();
  book.add(point(1));
  book.add(point(2));
  book.add(point(3, { periodMs: 60 * MINUTE, range: [0, 9], maxChange: { value: 2, perMs: MINUTE } }));
  const { elements } = book;
  expect(elements.of[2]).toBe(elements.of[1]);
  expect([1, 2, 3].map((id) => elements.rangeMax[elements.of[id] ?? 0])).toEqual([6, 6, 9]);
  expect([1, 3].map((id) => book.lateAfter(id))).toEqual([10 * MINUTE, 120 * MINUTE]);
  expect([1, 3].map((id) => book.freshFor(id))).toEqual([15 * MINUTE, 180 * MINUTE]);
  expect([1, 3].map((id) => elements.inTimeMsOf(id))).toEqual([5 * MINUTE, 60 * MINUTE]);
  expect([1, 3].map((id) => elements.maxChangeOf(id))).toEqual([Number.POSITIVE_INFINITY, 2]);
});

test('a book that was made as large as its points goes on growing with each that is added, and forgets nothing', () => {
  const book = new PointBook();
  book.reserve(5000);
  for (const id of [1, 5000]) book.add(point(id));
  book.advance(5000, 7);
  for (let id = 5001; id <= 9000; id += 1) book.add(point(id));
  book.advance(9000, 8);
  expect([1, 5000, 9000].map((id) => book.newestAt[id])).toEqual([Number.NEGATIVE_INFINITY, 7, 8]);
  expect([5000, 9000].map((id) => book.freshFor(id))).toEqual([15 * MINUTE, 15 * MINUTE]);
  expect(book.newestAt.length).toBeLessThan(9000 * 1.125 + 1);
});
