import { expect, test } from 'vitest';

import { mostUrgentFirst } from './urgency.ts';

const order = (name: string, part: object) => ({
  name,
  overdue: false,
  level: 'blue' as const,
  openedAt: 0,
  deadlines: [],
  replaySession: null,
  ...part,
});
const accept = (dueAt: number, metAt: number | null = null) => ({
  kind: 'accept' as const,
  dueAt,
  metAt,
  overdue: false,
});

test('late comes before red, red before what is due sooner, and a limit already met does not press', () => {
  const orders = [
    order('blue, due soon', { deadlines: [accept(10)] }),
    order('red, due later', { level: 'red', deadlines: [accept(900)] }),
    order('blue, late', { overdue: true }),
    order('blue, accepted', { deadlines: [accept(5, 4), accept(50)] }),
  ];
  expect(orders.toSorted(mostUrgentFirst(() => 0)).map(({ name }) => name)).toEqual([
    'blue, late',
    'red, due later',
    'blue, due soon',
    'blue, accepted',
  ]);
});

test('an order of a recording is measured by the clock of the recording', () => {
  const recordNow = (replaySession: number | null): number => (replaySession === null ? 1_000_000 : 1000);
  const orders = [
    order('recording, an hour left', { deadlines: [accept(1000 + 3600)], replaySession: 1 }),
    order('today, a minute left', { deadlines: [accept(1_000_000 + 60)] }),
  ];
  expect(orders.toSorted(mostUrgentFirst(recordNow)).map(({ name }) => name)).toEqual([
    'today, a minute left',
    'recording, an hour left',
  ]);
});
