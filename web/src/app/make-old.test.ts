import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';

import { makeOld } from './make-old.ts';

/** A page that shows one record, and a server that answers when it is told to, with what it knew when it was asked. */
function pageOf() {
  const client = new QueryClient();
  let now = 'without an order';
  const answers: (() => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey: ['warning', 'detail', 3],
    queryFn: () => {
      const known = now;
      return new Promise<string>((resolve) => answers.push(() => resolve(known)));
    },
    staleTime: 15_000,
  });
  const leave = observer.subscribe(() => undefined);
  return {
    client,
    leave,
    shown: () => observer.getCurrentResult().data,
    change: (to: string) => void (now = to),
    answer: async () => {
      await expect.poll(() => answers.length).toBeGreaterThan(0);
      answers.shift()?.();
    },
  };
}

test('what is asked for the first time while it becomes old is asked for again once its answer has come', async () => {
  const page = pageOf();
  page.change('with its order');
  const old = makeOld(page.client, ['warning', 'detail']);
  await page.answer();
  await page.answer();
  await old;
  expect(page.shown()).toBe('with its order');
  page.leave();
});

test('what is shown is asked for again once', async () => {
  const page = pageOf();
  await page.answer();
  await expect.poll(page.shown).toBe('without an order');
  page.change('with its order');
  const old = makeOld(page.client, ['warning', 'detail', 3]);
  await page.answer();
  await old;
  expect(page.shown()).toBe('with its order');
  page.leave();
});
