import type { WorkOrderDetail } from '#contract/response';
import { expect, test } from 'vitest';

import { wayCannot, wayDone } from './way.ts';

const HAND = { id: 7, name: '居村处置' };
const order = (state: string, actions: readonly string[], more: object = {}) =>
  ({
    state,
    handler: state === 'dispatched' ? null : HAND,
    deadlines: [],
    steps: [],
    results: [],
    standing: [],
    entries: [],
    object: { town: '张江镇' },
    allowedActions: actions.map((action) => ({ action, text: action, requires: [] })),
    ...more,
  }) as unknown as WorkOrderDetail;

test('one press of 办了 tells what was not told yet: accepted, arrived, cleared', () => {
  const done = wayDone(order('dispatched', ['accept', 'reject']), HAND);
  expect(done?.before).toEqual(['accept', 'arrive']);
  expect(done?.allowed).toMatchObject({ action: 'clear', requires: ['steps', 'results', 'verdict', 'note'] });
  const arrival = { type: 'ON_SITE_DISPOSAL', field: 'arrival', kind: 'arrival', done: false, value: null };
  const fresh = order('dispatched', ['accept'], { results: [arrival] });
  expect(wayDone(fresh, HAND)?.order.results).toMatchObject([{ done: true }]);
  expect(wayDone(order('accepted', ['arrive', 'dispose', 'reject']), HAND)?.before).toEqual(['arrive']);
  expect(wayDone(order('disposing', ['clear', 'transfer']), HAND)?.before).toEqual([]);
  expect(wayDone(order('reopened', ['accept']), HAND)?.before).toEqual(['accept', 'arrive']);
  expect(wayDone(order('transferred', ['accept', 'reject']), HAND)?.before).toEqual(['accept', 'arrive']);
});

test('what is not one’s own to clear has no 办了', () => {
  expect(wayDone(order('cleared', []), HAND)).toBeUndefined();
  expect(wayDone(order('suspended', ['resume']), HAND)).toBeUndefined();
});

test('办不了 gives back what nobody has begun, and hands on to the town what somebody has', () => {
  expect(wayCannot(order('dispatched', ['accept', 'reject']))?.allowed.action).toBe('reject');
  expect(wayCannot(order('disposing', ['clear', 'transfer']))?.allowed.action).toBe('transfer');
  expect(wayCannot(order('disposing', ['clear', 'transfer'], { object: { town: null } }))).toBeUndefined();
  expect(wayCannot(order('cleared', []))).toBeUndefined();
});
