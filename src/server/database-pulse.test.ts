import { expect, test, vi } from 'vitest';

import { DatabasePulse } from './database-pulse.ts';

test('a database that hangs is asked once however many want to know, and found when it answers again', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const questions: (() => void)[] = [];
  const pulse = new DatabasePulse(() => new Promise<void>((resolve) => questions.push(resolve)));
  const asked = Promise.all([pulse.beats(), pulse.beats()]);
  expect(await asked).toEqual([false, false]);
  vi.advanceTimersByTime(11_000);
  expect({ questions: questions.length, gone: pulse.isGone }).toEqual({ questions: 1, gone: true });
  const again = pulse.beats();
  questions[0]?.();
  expect({ beats: await again, gone: pulse.isGone }).toEqual({ beats: true, gone: false });
  vi.useRealTimers();
});

test('a database that refuses has answered nothing', async () => {
  const pulse = new DatabasePulse(() => Promise.reject(new Error('ECONNREFUSED')));
  expect(await pulse.beats()).toBe(false);
});
