import { expect, test } from 'vitest';

import type { Input } from './prepare-group.ts';
import { batchOf } from './testing.ts';
import { type Waiting, WaitingLine } from './waiting-line.ts';

const batch = (rows: number): Input => ({
  kind: 'batch',
  batch: batchOf(
    1,
    Array.from({ length: rows }, (_, i) => [i, i] as const),
  ),
});
const waiting = (input: Input, refused: unknown[] = []): Waiting => ({
  input,
  resolve: () => undefined,
  reject: (error) => refused.push(error),
});

test('while the database hangs readings wait up to a limit and are then turned away; what is taken makes room again', () => {
  const line = new WaitingLine(100);
  line.push(waiting(batch(60)));
  expect(line.isFullFor(batch(40))).toBe(false);
  line.push(waiting(batch(40)));
  expect(line.isFullFor(batch(1))).toBe(true);
  // The clock's tick and changed limits carry no readings.
  expect(line.isFullFor({ kind: 'tick' })).toBe(false);
  expect(line.take()).toHaveLength(2);
  expect(line.isFullFor(batch(100))).toBe(false);
});

test('one batch that is larger than the limit by itself is taken when nothing else waits', () => {
  const line = new WaitingLine(100);
  expect(line.isFullFor(batch(101))).toBe(false);
});

test('a group holds 60,000 readings at the most, and one that is larger goes alone', () => {
  const line = new WaitingLine();
  for (const rows of [70_000, 40_000, 20_000, 1]) line.push(waiting(batch(rows)));
  const sizes = [line.take(), line.take(), line.take()].map((group) => group.length);
  expect({ sizes, left: line.length }).toEqual({ sizes: [1, 2, 1], left: 0 });
});

test('after a failed commit everything that waits is refused, and there is room again', () => {
  const line = new WaitingLine(100);
  const refused: unknown[] = [];
  line.push(waiting(batch(100), refused));
  line.refuseAll();
  expect(refused).toEqual([expect.objectContaining({ code: 'service.unavailable' })]);
  expect({ length: line.length, full: line.isFullFor(batch(100)) }).toEqual({ length: 0, full: false });
});
