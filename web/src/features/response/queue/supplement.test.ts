import { expect, test } from 'vitest';

import { EMPTY_DRAFT } from '../draft.ts';
import { conflictOf, nextActs, supplementOf } from './supplement.ts';
import type { KeptAct } from './kept-work.ts';

let ids = 0;
function act(order: number, part: Partial<KeptAct> = {}): KeptAct {
  ids += 1;
  return {
    id: ids,
    account: 'flood.handler',
    order,
    code: `GD-${order}`,
    object: '下立交',
    action: 'arrive',
    content: {},
    draft: EMPTY_DRAFT,
    photos: [],
    idempotencyKey: `k${ids}`,
    at: Date.UTC(2026, 10, 20, 8, 2),
    state: 'waiting',
    problem: null,
    endedAt: null,
    ...part,
  };
}

test('of each order the oldest that waits is next; what was sent or given up does not hold it', () => {
  const acts = [act(1, { state: 'sent' }), act(1), act(1), act(2, { state: 'dropped' }), act(2)];
  expect(nextActs(acts)).toEqual([acts[1], acts[4]]);
});

test('nothing goes on behind a refusal until somebody has decided; other orders do', () => {
  const acts = [act(1, { state: 'conflict' }), act(1), act(2)];
  expect(nextActs(acts)).toEqual([acts[2]]);
  expect(conflictOf(acts.filter(({ order }) => order === 1))).toEqual(acts.slice(0, 2));
  expect(conflictOf([act(3)])).toEqual([]);
});

test('what the order no longer takes becomes one note in the order in which it was done, with all pictures', () => {
  const location = { lat: 31.2, lon: 121.5, accuracy: 8 };
  const acts = [
    act(1, { state: 'conflict', draft: { ...EMPTY_DRAFT, location } }),
    act(1, {
      action: 'dispose',
      at: Date.UTC(2026, 10, 20, 8, 10),
      content: { note: '已设围挡' },
      draft: { ...EMPTY_DRAFT, steps: ['1', '2'] },
      photos: ['a', 'b'],
    }),
  ];
  expect(supplementOf(acts, 'key-new')).toMatchObject({
    action: 'supplement',
    order: 1,
    idempotencyKey: 'key-new',
    photos: ['a', 'b'],
    at: acts[0]?.at,
    content: {
      note: '2026-11-20 16:02 到场\n2026-11-20 16:10 开始处置，步骤：1、2，已设围挡，照片 2 张',
      location,
    },
  });
  expect(supplementOf([], 'k')).toBeUndefined();
});
