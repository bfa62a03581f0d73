import { expect, test } from 'vitest';

import { Turns, type Urgency } from './turns.ts';

/** Works that end when they are told to, and the order in which they began. */
function workshop() {
  const turns = new Turns();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const asked: Promise<void>[] = [];
  const settled = async (): Promise<void> => {
    for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const work = (name: string) => (): Promise<void> => {
    begun.push(name);
    return new Promise<void>((end) => ends.set(name, end));
  };
  const ask = async (name: string, urgency: Urgency): Promise<void> => {
    asked.push(turns.take(urgency, work(name)));
    await settled();
  };
  const act = async (name: string): Promise<void> => {
    asked.push(turns.atOnce(work(name)));
    await settled();
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await settled();
  };
  return { begun, ask, act, end, all: () => Promise.all(asked) };
}

test('however long the log takes, somebody is told beside it, and beside both the chain goes on', async () => {
  const { begun, ask, end, all } = workshop();
  await ask('borders drawn anew', 'record');
  await ask('log', 'record');
  await ask('message', 'tell');
  await ask('another message', 'tell');
  await ask('warning', 'chain');
  expect(begun).toEqual(['borders drawn anew', 'message', 'warning']);
  await end('warning');
  await ask('order', 'chain');
  expect(begun.at(-1)).toBe('order');
  await end('order');
  await end('message');
  expect(begun.at(-1)).toBe('another message');
  await end('another message');
  await end('borders drawn anew');
  expect(begun.at(-1)).toBe('log');
  await end('log');
  await all();
});

test('who is urgent goes before who came earlier, and the same urgency in their order', async () => {
  const { begun, ask, end, all } = workshop();
  for (const name of ['warning 1', 'warning 2', 'warning 3']) await ask(name, 'chain');
  await ask('log 1', 'record');
  await ask('log 2', 'record');
  await ask('message', 'tell');
  await ask('warning 4', 'chain');
  await end('warning 1');
  await end('warning 2');
  expect(begun.slice(3)).toEqual(['warning 4']);
  for (const name of ['warning 3', 'warning 4', 'message', 'log 1', 'log 2']) await end(name);
  await all();
  expect(begun.slice(4)).toEqual(['message', 'log 1', 'log 2']);
});

test('between two steps of a chain nothing slips in', async () => {
  const turns = new Turns();
  const begun: string[] = [];
  const chain = async (name: string): Promise<void> => {
    for (let step = 1; step <= 3; step += 1)
      await turns.take('chain', async () => {
        begun.push(`${name} ${step}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      });
  };
  const both = [chain('warnings'), chain('orders')];
  const log = turns.take('record', () => Promise.resolve(void begun.push('log')));
  await Promise.all([...both, log]);
  expect(begun.at(-1)).toBe('log');
});

test('a chain that never rests does not keep the log from being written', async () => {
  const turns = new Turns();
  const log = { written: false, steps: 0 };
  const chain = async (): Promise<void> => {
    while (!log.written)
      await turns.take('chain', async () => {
        log.steps += 1;
        await new Promise((resolve) => setImmediate(resolve));
      });
  };
  const both = [chain(), chain()];
  await turns.take('record', () => Promise.resolve(void (log.written = true)));
  await Promise.all(both);
  expect(log.steps).toBeLessThan(30);
});

test('work that fails passes its turn on', async () => {
  const turns = new Turns();
  const failing = turns.take('record', () => Promise.reject(new Error('not now')));
  const after = turns.take('record', () => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('not now');
  expect(await after).toBe('done');
});

test('what a person waits for begins at once; until it is over nothing is written down beside it, and warnings go on', async () => {
  const { begun, ask, act, end, all } = workshop();
  for (const name of ['warning 1', 'warning 2', 'warning 3']) await ask(name, 'chain');
  await act('5,000 at once');
  expect(begun.at(-1)).toBe('5,000 at once');
  await ask('log', 'record');
  for (const name of ['warning 1', 'warning 2', 'warning 3']) await end(name);
  await ask('warning 4', 'chain');
  expect(begun.slice(4)).toEqual(['warning 4']);
  await end('warning 4');
  expect(begun).not.toContain('log');
  await end('5,000 at once');
  expect(begun.at(-1)).toBe('log');
  await end('log');
  await all();
});
