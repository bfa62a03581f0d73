import { expect, test } from 'vitest';

import { keysOf } from './invalidation.ts';

test('a warning that rises makes the lists, its own page, the map, the report and the desk old', () => {
  expect(keysOf([{ type: 'warning.raised', id: 7 }])).toEqual([
    ['warning', 'list'],
    ['warning', 'detail', 7],
    ['platform', 'map'],
    ['report'],
    ['command', 'desk'],
  ]);
});

test('a thousand events of a flood ask for each list once', () => {
  const flood = Array.from({ length: 1000 }, (_, i) => ({ type: 'work-order.raised' as const, id: i }));
  const lists = keysOf(flood).filter((key) => key[1] === 'list');
  expect(lists).toEqual([
    ['response', 'list'],
    ['warning', 'list'],
  ]);
});

test('one page of a room is not asked for beside the whole room', () => {
  const keys = keysOf([
    { type: 'device.quarantined', id: 1 },
    { type: 'replay-session.opened', id: 2 },
  ]);
  expect(keys).toContainEqual(['monitoring']);
  expect(keys).not.toContainEqual(['monitoring', 'quarantine']);
});

test('no event, nothing is asked for', () => {
  expect(keysOf([])).toEqual([]);
});
