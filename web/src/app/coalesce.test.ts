import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Coalescer } from './coalesce.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what arrives within the gap is handed over together, in order', async () => {
  const seen: (readonly number[])[] = [];
  const coalescer = new Coalescer<number>(100, (items) => {
    seen.push(items);
    return Promise.resolve();
  });
  coalescer.add(1);
  await vi.advanceTimersByTimeAsync(50);
  coalescer.add(2);
  await vi.advanceTimersByTimeAsync(50);
  coalescer.add(3);
  await vi.advanceTimersByTimeAsync(100);
  expect(seen).toEqual([[1, 2], [3]]);
});

test('while a hand-over is worked on the next one waits for it', async () => {
  const seen: (readonly number[])[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const coalescer = new Coalescer<number>(100, (items) => {
    seen.push(items);
    return promise;
  });
  coalescer.add(1);
  await vi.advanceTimersByTimeAsync(100);
  coalescer.add(2);
  coalescer.add(3);
  await vi.advanceTimersByTimeAsync(1000);
  expect(seen).toEqual([[1]]);
  resolve();
  await vi.advanceTimersByTimeAsync(100);
  expect(seen).toEqual([[1], [2, 3]]);
});
