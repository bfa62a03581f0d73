import { expect, test } from 'vitest';

import { Turns, type Urgency } from './turns.ts';

/** Works that end when they are told to, and the order in which they began. */
function workshop(most: number) {
  const turns = new Turns(most);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, urgency: Urgency): Promise<void> =>
    turns.take(urgency, () => {
      begun.push(name);
      return new Promise<void>((end) => ends.set(name, end));
    });
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { turns, begun, ask, end };
}

test('no more than so many work at once; who is urgent goes before who came earlier, and the same urgency in their order', async () => {
  const { begun, ask, end } = workshop(2);
  const all = [
    ask('log 1', 'record'),
    ask('log 2', 'record'),
    ask('log 3', 'record'),
    ask('message', 'tell'),
    ask('warning 1', 'chain'),
    ask('warning 2', 'chain'),
  ];
  expect(begun).toEqual(['log 1', 'log 2']);
  for (const name of ['log 1', 'log 2', 'warning 1', 'warning 2', 'message', 'log 3']) await end(name);
  await Promise.all(all);
  expect(begun).toEqual(['log 1', 'log 2', 'warning 1', 'warning 2', 'message', 'log 3']);
});

test('a chain that never rests does not keep the log from being written', async () => {
  const turns = new Turns(1);
  const log = { written: false, steps: 0 };
  const chain = async (): Promise<void> => {
    while (!log.written) await turns.take('chain', () => Promise.resolve(void (log.steps += 1)));
  };
  const first = chain();
  const second = chain();
  await turns.take('record', () => Promise.resolve(void (log.written = true)));
  await Promise.all([first, second]);
  expect(log.steps).toBeLessThan(20);
});

test('work that fails passes its turn on', async () => {
  const turns = new Turns(1);
  const failing = turns.take('chain', () => Promise.reject(new Error('not now')));
  const after = turns.take('record', () => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('not now');
  expect(await after).toBe('done');
});
