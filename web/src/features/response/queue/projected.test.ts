import type { WorkOrder } from '#contract/response';
import { expect, test } from 'vitest';

import { EMPTY_DRAFT } from '../draft.ts';
import { projected } from './projected.ts';

const HAND = { id: 7, name: '处置人员甲' };
const at = 1000;
const act = (action: 'accept' | 'arrive' | 'dispose' | 'clear' | 'feed-back', draft = EMPTY_DRAFT) => ({
  action,
  at,
  draft,
});
const dispatched = {
  state: 'dispatched',
  stateText: '待接单',
  handler: null,
  deadlines: [
    { kind: 'accept', dueAt: 5000, metAt: null, overdue: false, pausedAt: null },
    { kind: 'on-site', dueAt: 9000, metAt: null, overdue: false, pausedAt: null },
  ],
  allowedActions: [{ action: 'accept', text: '接单', requires: [] }],
} as unknown as WorkOrder;
const names = (order: WorkOrder): readonly string[] => order.allowedActions.map(({ action }) => action);

test('who accepts without a signal holds the order on the phone and goes on by the table of transitions', () => {
  const order = projected(dispatched, [act('accept')], HAND);
  expect(order).toMatchObject({ state: 'accepted', stateText: '已接单', handler: HAND });
  expect(names(order)).toEqual(['arrive', 'dispose', 'feed-back', 'reject', 'transfer']);
  expect(order.deadlines.map(({ kind, metAt }) => [kind, metAt])).toEqual([
    ['accept', 1000],
    ['on-site', null],
  ]);
});

test('the whole way is possible under ground, and what was done is not offered again', () => {
  const there = projected(dispatched, [act('accept'), act('arrive'), act('dispose')], HAND);
  expect(there.state).toBe('disposing');
  const cleared = projected(there, [act('clear')], HAND);
  expect([cleared.state, names(cleared)]).toEqual(['cleared', []]);
});

test('steps and words of a draft show as done; an act that the table does not know there changes nothing', () => {
  const detail = {
    ...dispatched,
    state: 'accepted',
    steps: [
      { code: '1', text: '核对', evidence: 'none', required: true, doneAt: null, doneBy: null },
      { code: '2', text: '封闭', evidence: 'none', required: true, doneAt: null, doneBy: null },
    ],
    results: [],
    standing: [],
    entries: [],
  } as unknown as WorkOrder & {
    steps: { doneAt: number | null }[];
    entries: { text: string; note: string }[];
  };
  const draft = { ...EMPTY_DRAFT, steps: ['1'], note: '已封闭' };
  const after = projected(detail, [act('accept'), act('arrive', draft)], HAND);
  expect(after.state).toBe('on-site');
  expect(after.steps.map(({ doneAt }) => doneAt)).toEqual([1000, null]);
  expect(after.entries).toMatchObject([{ text: '到场（待上传）', note: '已封闭' }]);
  expect(names(after)).toEqual(['dispose', 'clear', 'feed-back', 'transfer']);
  const clear = (standing: readonly object[]) =>
    projected(
      { ...detail, standing } as unknown as WorkOrder,
      [act('accept'), act('arrive')],
      HAND,
    ).allowedActions.find(({ action }) => action === 'clear')?.requires;
  expect(clear([])).not.toContain('normal');
  expect(clear([{ text: '水深 12 厘米' }])).toContain('normal');
});
