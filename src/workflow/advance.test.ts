import type { Capability } from '#model/platform';
import { DEADLINE_KINDS, WORK_ORDER_ACTIONS, WORK_ORDER_STATES, type WorkOrderAction } from '#model/response';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { type Advance, advance, allowedActions } from './advance.ts';
import type { OrderActor, OrderFacts, OrderStep } from './order-facts.ts';
import { PLAIN_RECORD } from './testing.ts';
import { TRANSITIONS } from './transitions.ts';

const NOON = 1_795_406_400_000;
const DAY = 86_400_000;

function person(id: number, ...capabilities: readonly Capability[]): OrderActor {
  return { kind: 'person', id, capabilities: new Set(capabilities) };
}
const rule: OrderActor = { kind: 'rule' };
const handler = person(1, 'work-order.dispose');
const colleague = person(2, 'work-order.dispose');
const admin = person(3, 'work-order.dispatch', 'work-order.act-for', 'work-order.review');
const head = person(4, 'work-order.review');
const watcher = person(5, 'work-order.read');

const raised: OrderFacts = {
  state: 'raised',
  red: false,
  stoodAt: null,
  handlerId: null,
  clearedById: null,
  suspensionAskedById: null,
  closedAt: null,
  steps: [
    { code: 'P1', required: true, done: false },
    { code: 'P2', required: false, done: false },
  ],
  results: [],
  analysisOwed: true,
  arrived: false,
  photos: 0,
  parentClosed: null,
  openParts: 0,
  standing: [],
  unconfirmed: false,
  record: PLAIN_RECORD,
};

const NOTE = '积水已抽排，路面恢复通行';
const FULL: Omit<OrderStep, 'action' | 'at'> = {
  reason: '不属本单位',
  note: NOTE,
  verdict: 'true',
  steps: ['P1'],
  falseAlarm: 'sensor-fault',
  unit: '区水务署',
  until: NOON + DAY,
  into: 9,
};

/** The order after a step, as the service would save it. */
function after(order: OrderFacts, step: OrderStep, decided: Advance): OrderFacts {
  if (decided.kind === 'refused') return order;
  return {
    ...order,
    state: decided.state,
    analysisOwed: order.analysisOwed && step.action !== 'analyse',
    stoodAt: decided.stoodAt,
    handlerId: decided.handlerId,
    clearedById: decided.clearedById,
    suspensionAskedById: decided.suspensionAskedById,
    closedAt: decided.state === 'closed' ? step.at : order.closedAt,
    steps: order.steps.map((one) => ({ ...one, done: one.done || step.steps?.includes(one.code) === true })),
  };
}

function play(...acts: readonly (readonly [WorkOrderAction, OrderActor])[]): OrderFacts {
  return acts.reduce((order, [action, actor]) => {
    const step = { action, at: NOON, ...FULL };
    const decided = advance(order, step, actor);
    expect(decided, `${action} from ${order.state}`).toMatchObject({ kind: 'advanced' });
    return after(order, step, decided);
  }, raised);
}

test('a life without trouble runs from raised to closed', () => {
  const order = play(
    ['dispatch', rule],
    ['accept', handler],
    ['feed-back', handler],
    ['arrive', handler],
    ['dispose', handler],
    ['feed-back', handler],
    ['clear', handler],
    ['review', head],
    ['close', head],
  );
  expect(order).toMatchObject({ state: 'closed', handlerId: 1, clearedById: 1 });
});

test('accepting keeps the accept limit, arriving the on-site limit, clearing the clear and feedback limits', () => {
  const dispatched = play(['dispatch', rule]);
  expect(advance(dispatched, { action: 'accept', at: NOON }, handler)).toMatchObject({
    handlerId: 1,
    meets: ['accept'],
  });
  const accepted = play(['dispatch', rule], ['accept', handler]);
  expect(advance(accepted, { action: 'arrive', at: NOON }, handler)).toMatchObject({ meets: ['on-site'] });
  expect(advance(accepted, { action: 'dispose', at: NOON }, handler)).toMatchObject({
    meets: [],
    stops: ['on-site'],
  });
  const disposing = play(['dispatch', rule], ['accept', handler], ['dispose', handler]);
  expect(advance(disposing, { action: 'clear', at: NOON, ...FULL }, handler)).toMatchObject({
    meets: ['feedback', 'clear'],
  });
});

test('an order that somebody accepted is his; a colleague is told so', () => {
  const accepted = play(['dispatch', rule], ['accept', handler]);
  expect(advance(accepted, { action: 'arrive', at: NOON }, colleague)).toEqual({
    kind: 'refused',
    code: 'not-yours',
    waitsFor: 'holder',
    holderId: 1,
  });
});

test('the business administrator acts for a handler, and it is logged as such', () => {
  const accepted = play(['dispatch', rule], ['accept', handler]);
  expect(advance(accepted, { action: 'arrive', at: NOON }, admin)).toMatchObject({
    onBehalfOf: 1,
    handlerId: 1,
  });
  expect(advance(accepted, { action: 'arrive', at: NOON }, handler)).toMatchObject({ onBehalfOf: null });
});

test('nobody reviews what he handled or cleared himself', () => {
  const both = person(1, 'work-order.dispose', 'work-order.review');
  const own = play(['dispatch', rule], ['accept', both], ['dispose', both], ['clear', both]);
  expect(advance(own, { action: 'review', at: NOON }, both)).toMatchObject({
    code: 'not-yours',
    waitsFor: 'reviewer',
  });
  const onBehalf = play(['dispatch', rule], ['accept', handler], ['dispose', handler], ['clear', admin]);
  expect(advance(onBehalf, { action: 'review', at: NOON }, admin)).toMatchObject({ code: 'not-yours' });
  expect(advance(onBehalf, { action: 'review', at: NOON }, head)).toMatchObject({ state: 'reviewing' });
});

test('clearing asks for what the disposal types of the handbook must produce, and for values that say it', () => {
  const asked = [
    { type: 'EVACUATION', field: 'people', text: '转移人数', kind: 'number', done: false },
    { type: 'EVACUATION', field: 'shelter', text: '安置点', kind: 'text', done: true },
    { type: 'ON_SITE_DISPOSAL', field: 'photos', text: '照片', kind: 'photos', done: false },
  ] as const;
  const disposing = {
    ...play(['dispatch', rule], ['accept', handler], ['dispose', handler]),
    results: asked,
    photos: 1,
  };
  const clear = { ...FULL, action: 'clear', at: NOON } as const;
  expect(advance(disposing, clear, handler)).toMatchObject({
    missing: [{ requirement: 'results', results: ['转移人数', '照片'] }],
  });
  const told = (value: string) => [{ type: 'EVACUATION', field: 'people', value } as const];
  expect(advance(disposing, { ...clear, attachments: [7], results: told('很多') }, handler)).toMatchObject({
    missing: [{ requirement: 'results', results: ['转移人数'] }],
  });
  expect(advance(disposing, { ...clear, attachments: [7], results: told('12') }, handler)).toMatchObject({
    state: 'cleared',
  });
  const foreign = [{ type: 'WATCH', field: 'interval', value: '30' }] as const;
  expect(advance(disposing, { ...clear, results: foreign }, handler)).toMatchObject({
    code: 'unknown-step',
    steps: ['WATCH.interval'],
  });
  expect(advance(disposing, { ...clear, verdict: 'false-alarm' }, handler)).toMatchObject({
    state: 'cleared',
  });
});

test('clearing asks for the required steps, a verdict and a note that says something', () => {
  const disposing = play(['dispatch', rule], ['accept', handler], ['dispose', handler]);
  const fresh = { ...disposing, steps: raised.steps };
  expect(advance(fresh, { action: 'clear', at: NOON, note: '好了' }, handler)).toEqual({
    kind: 'refused',
    code: 'requirement-missing',
    missing: [{ requirement: 'steps', steps: ['P1'] }, { requirement: 'verdict' }, { requirement: 'note' }],
  });
  const done = { action: 'clear', at: NOON, note: NOTE, verdict: 'true', steps: ['P1'] } as const;
  expect(advance(fresh, done, handler)).toMatchObject({ state: 'cleared', verdict: 'true' });
});

test('a false alarm is cleared without ticking measures that were never taken', () => {
  const disposing = {
    ...play(['dispatch', rule], ['accept', handler], ['dispose', handler]),
    steps: raised.steps,
  };
  const step = {
    action: 'clear',
    at: NOON,
    note: '现场无积水，探头被杂物遮挡',
    verdict: 'false-alarm',
  } as const;
  expect(advance(disposing, step, handler)).toMatchObject({ missing: [{ requirement: 'false-alarm' }] });
  expect(advance(disposing, { ...step, falseAlarm: 'weather' }, handler)).toMatchObject({
    state: 'cleared',
    verdict: 'false-alarm',
    falseAlarm: 'weather',
  });
});

test('a step that the handbook does not know is refused by name', () => {
  const accepted = play(['dispatch', rule], ['accept', handler]);
  expect(advance(accepted, { action: 'arrive', at: NOON, steps: ['P9'] }, handler)).toMatchObject({
    code: 'unknown-step',
    steps: ['P9'],
  });
});

test('giving back needs a reason; the order then waits for the dispatcher and has no holder', () => {
  const accepted = play(['dispatch', rule], ['accept', handler]);
  expect(advance(accepted, { action: 'reject', at: NOON, reason: ' ' }, handler)).toMatchObject({
    missing: [{ requirement: 'reason' }],
  });
  const rejected = play(['dispatch', rule], ['accept', handler], ['reject', handler]);
  expect(rejected).toMatchObject({ state: 'rejected', handlerId: null });
  expect(advance(rejected, { action: 'dispatch', at: NOON }, admin)).toMatchObject({ restarts: ['accept'] });
  expect(allowedActions(rejected, handler, NOON)).toEqual([]);
});

test('a closed order may be reopened for 30 days, with limits that begin anew', () => {
  const closed = { ...raised, state: 'closed', handlerId: 1, clearedById: 1, closedAt: NOON } as const;
  const step = { action: 'reopen', reason: '同点再次积水' } as const;
  expect(advance(closed, { ...step, at: NOON + 30 * DAY }, head)).toMatchObject({
    state: 'reopened',
    handlerId: null,
    restarts: ['accept', 'clear', 'close'],
  });
  expect(advance(closed, { ...step, at: NOON + 30 * DAY + 1 }, head)).toEqual({
    kind: 'refused',
    code: 'illegal-action',
    allowed: [],
  });
});

test('one who only watches may do nothing at any stage', () => {
  for (const state of WORK_ORDER_STATES) {
    expect(allowedActions({ ...raised, state, closedAt: NOON }, watcher, NOON)).toEqual([]);
  }
});

test('who hands an order on stays accountable until somebody else takes over', () => {
  const disposing = play(['dispatch', rule], ['accept', handler], ['dispose', handler]);
  expect(advance(disposing, { action: 'transfer', at: NOON, reason: '需排水专业队' }, handler)).toMatchObject(
    {
      missing: [{ requirement: 'unit' }],
    },
  );
  const handed = play(['dispatch', rule], ['accept', handler], ['dispose', handler], ['transfer', handler]);
  expect(handed).toMatchObject({ state: 'transferred', stoodAt: 'disposing', handlerId: 1 });
  expect(TRANSITIONS.transferred).toMatchObject({ waitsFor: 'holder', asks: 'taker' });
  expect(advance(handed, { action: 'accept', at: NOON }, handler)).toMatchObject({ code: 'not-yours' });
  expect(advance(handed, { action: 'accept', at: NOON }, colleague)).toMatchObject({
    state: 'accepted',
    stoodAt: null,
    handlerId: 2,
    onBehalfOf: null,
    meets: [],
    restarts: [],
  });
});

test('a transfer that is refused or taken back leaves the order where and with whom it was', () => {
  const handed = play(['dispatch', rule], ['accept', handler], ['arrive', handler], ['transfer', handler]);
  const refused = advance(handed, { action: 'reject', at: NOON, reason: '不属本单位' }, colleague);
  const back = advance(handed, { action: 'take-back', at: NOON }, handler);
  for (const one of [refused, back])
    expect(one).toMatchObject({ state: 'on-site', stoodAt: null, handlerId: 1 });
});

test('a suspension is asked for by the holder and agreed to by somebody else, with an end', () => {
  const disposing = play(['dispatch', rule], ['accept', handler], ['dispose', handler]);
  const until = NOON + DAY;
  expect(advance(disposing, { action: 'suspend', at: NOON, until }, head)).toMatchObject({
    code: 'illegal-action',
  });
  const asked = play(
    ['dispatch', rule],
    ['accept', handler],
    ['dispose', handler],
    ['ask-suspension', handler],
  );
  expect(asked).toMatchObject({ state: 'disposing', suspensionAskedById: 1 });
  expect(advance(asked, { action: 'suspend', at: NOON, until }, handler)).toMatchObject({
    code: 'not-yours',
  });
  for (const wrong of [undefined, NOON, NOON + 30 * DAY + 1])
    expect(advance(asked, { action: 'suspend', at: NOON, until: wrong }, head)).toMatchObject({
      missing: [{ requirement: 'until' }],
    });
  expect(advance(asked, { action: 'suspend', at: NOON, until }, head)).toMatchObject({
    state: 'suspended',
    stoodAt: 'disposing',
    handlerId: 1,
    clock: 'stops',
  });
  // The administrator who asked on the handler's behalf does not agree to it himself.
  const forHim = play(['dispatch', rule], ['accept', handler], ['ask-suspension', admin]);
  expect(advance(forHim, { action: 'suspend', at: NOON, until }, admin)).toMatchObject({ code: 'not-yours' });
});

test('a suspended order goes on where it stood, by the holder, the approver or the rule', () => {
  const suspended = play(
    ['dispatch', rule],
    ['accept', handler],
    ['arrive', handler],
    ['ask-suspension', handler],
    ['suspend', head],
  );
  for (const actor of [handler, head, rule])
    expect(advance(suspended, { action: 'resume', at: NOON }, actor)).toMatchObject({
      state: 'on-site',
      stoodAt: null,
      suspensionAskedById: null,
      onBehalfOf: null,
      clock: 'goes-on',
    });
  expect(advance(suspended, { action: 'resume', at: NOON }, colleague)).toMatchObject({ code: 'not-yours' });
});

test('a red order is never suspended, and says so', () => {
  const asked = play(['dispatch', rule], ['accept', handler], ['ask-suspension', handler]);
  const red = { ...asked, red: true };
  const suspend = { action: 'suspend', at: NOON, until: NOON + DAY } as const;
  expect(advance(red, suspend, head)).toEqual({ kind: 'refused', code: 'never-suspended' });
  const unasked = { ...red, suspensionAskedById: null };
  expect(advance(unasked, { action: 'ask-suspension', at: NOON, reason: '等料' }, handler)).toMatchObject({
    code: 'never-suspended',
  });
  const offered = allowedActions(red, head, NOON).map((one) => one.action);
  expect(offered).toContain('refuse-suspension');
  expect(offered).not.toContain('suspend');
});

test('merging names the order that goes on; every limit of this one ends', () => {
  const accepted = play(['dispatch', rule], ['accept', handler]);
  const step = { action: 'merge', at: NOON, reason: '同一处积水' } as const;
  expect(advance(accepted, step, admin)).toMatchObject({ missing: [{ requirement: 'into' }] });
  expect(advance(accepted, { ...step, into: 9 }, handler)).toMatchObject({ code: 'not-yours' });
  expect(advance(accepted, { ...step, into: 9 }, admin)).toMatchObject({
    state: 'closed',
    verdict: 'duplicate',
    stops: [...DEADLINE_KINDS],
  });
});

test('the reviewer closes as false what was none, with the reason', () => {
  const reviewing = play(
    ['dispatch', rule],
    ['accept', handler],
    ['dispose', handler],
    ['clear', handler],
    ['review', head],
  );
  const step = { action: 'close-false-alarm', at: NOON } as const;
  expect(advance(reviewing, step, head)).toMatchObject({ missing: [{ requirement: 'false-alarm' }] });
  expect(advance(reviewing, { ...step, falseAlarm: 'sensor-fault' }, head)).toMatchObject({
    state: 'closed',
    verdict: 'false-alarm',
    falseAlarm: 'sensor-fault',
    meets: ['close', 'verify'],
  });
});

test('an arrival may be told after disposal began from afar, and once', () => {
  const disposing = play(['dispatch', rule], ['accept', handler], ['dispose', handler]);
  expect(advance(disposing, { action: 'arrive', at: NOON }, handler)).toMatchObject({ state: 'disposing' });
  expect(advance({ ...disposing, arrived: true }, { action: 'arrive', at: NOON }, handler)).toMatchObject({
    code: 'illegal-action',
  });
});

test('an order closes only when every part of it is closed or waived', () => {
  const reviewing = play(
    ['dispatch', rule],
    ['accept', handler],
    ['dispose', handler],
    ['clear', handler],
    ['review', head],
  );
  for (const action of ['close', 'close-false-alarm'] as const) {
    const step = { action, at: NOON, falseAlarm: 'weather' } as const;
    expect(advance({ ...reviewing, openParts: 1 }, step, head)).toMatchObject({
      missing: [{ requirement: 'parts' }],
    });
    expect(advance(reviewing, step, head)).toMatchObject({ state: 'closed' });
  }
});

test('a part may be waived, not merged; it is reopened only while the whole is open', () => {
  const part = { ...play(['dispatch', rule]), parentClosed: false };
  const reason = '主单已处置';
  expect(advance(part, { action: 'waive', at: NOON, reason }, admin)).toMatchObject({ state: 'closed' });
  expect(advance(part, { action: 'merge', at: NOON, reason, into: 9 }, admin)).toMatchObject({
    code: 'illegal-action',
  });
  const whole = { ...part, parentClosed: null };
  expect(advance(whole, { action: 'waive', at: NOON, reason }, admin)).toMatchObject({
    code: 'illegal-action',
  });
  const closed = { ...part, state: 'closed', closedAt: NOON } as const;
  const reopen = { action: 'reopen', at: NOON, reason } as const;
  expect(advance({ ...closed, parentClosed: true }, reopen, head)).toMatchObject({ code: 'illegal-action' });
  expect(advance(closed, reopen, head)).toMatchObject({ state: 'reopened' });
});

const anyActor = fc.constantFrom(rule, handler, colleague, admin, head, watcher);
const anyStep = fc.record({
  action: fc.constantFrom(...WORK_ORDER_ACTIONS),
  reason: fc.constantFrom(undefined, '不属本单位'),
  note: fc.constantFrom(undefined, '短', NOTE),
  verdict: fc.constantFrom(undefined, 'true' as const, 'false-alarm' as const),
  falseAlarm: fc.constantFrom(undefined, 'weather' as const),
  unit: fc.constantFrom(undefined, '区水务署'),
  until: fc.constantFrom(undefined, NOON + DAY),
  into: fc.constantFrom(undefined, 9),
  steps: fc.constantFrom(undefined, ['P1'], ['P9']),
});
const anyLife = fc.array(fc.tuple(anyStep, anyActor), { maxLength: 60 });

function walk(
  life: readonly (readonly [Omit<OrderStep, 'at'>, OrderActor])[],
  see: (order: OrderFacts, step: OrderStep, actor: OrderActor, decided: Advance) => void,
): void {
  let order = raised;
  for (const [i, [act, actor]] of life.entries()) {
    const step = { ...act, at: NOON + i };
    const decided = advance(order, step, actor);
    see(order, step, actor, decided);
    order = after(order, step, decided);
  }
}

test('property: whatever people try, no order is closed that was not cleared and then reviewed by another person', () => {
  const closings: { readonly before: readonly string[]; readonly own: boolean }[] = [];
  // At each turn an act that is allowed, by somebody who may, so that long lives really happen.
  const choice = fc.noBias(fc.nat(99));
  const choices = fc.array(fc.tuple(choice, choice), { minLength: 40, maxLength: 80 });
  const actors = [rule, handler, colleague, admin, head];
  const live = (life: readonly (readonly [number, number])[]) => {
    const states: string[] = ['raised'];
    let order = raised;
    for (const [i, [who, what]] of life.entries()) {
      const actor = actors[who % actors.length] ?? rule;
      const options = allowedActions(order, actor, NOON + i);
      const option = options[what % Math.max(options.length, 1)];
      if (!option) continue;
      const step = { action: option.action, at: NOON + i, ...FULL };
      const decided = advance(order, step, actor);
      if (option.action.startsWith('close')) {
        const own = actor.kind === 'rule' || actor.id === order.handlerId || actor.id === order.clearedById;
        closings.push({ before: states.slice(-2), own });
      }
      order = after(order, step, decided);
      // 反馈、研判报告 and the like leave it where it stands.
      if (order.state !== states.at(-1)) states.push(order.state);
    }
  };
  fc.assert(fc.property(choices, live), { numRuns: 500 });
  expect(closings.length).toBeGreaterThan(0);
  expect(closings.filter((one) => one.own || one.before.join() !== 'cleared,reviewing')).toEqual([]);
});

test('property: at every moment of every life exactly one party is accountable, and holds the order if it is the holder', () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      walk(life, (order) => {
        const { waitsFor, actions } = TRANSITIONS[order.state];
        expect(waitsFor === null).toBe(order.state === 'closed');
        const leaving = Object.values(actions).filter((one) => one.to !== order.state);
        const canLeave = leaving.some((one) => waitsFor !== null && one.by.includes(waitsFor));
        expect(canLeave).toBe(order.state !== 'closed');
        // What was merged before anybody took it never had a holder.
        const held = waitsFor === 'holder' || waitsFor === 'reviewer';
        expect(order.handlerId !== null || !held).toBe(true);
        expect(order.handlerId === null || held || waitsFor === null).toBe(true);
      });
    }),
  );
});

test('property: what is offered is exactly what is not refused for its place or person', () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      walk(life, (order, step, actor, decided) => {
        const offered = allowedActions(order, actor, step.at).some((one) => one.action === step.action);
        const barred =
          decided.kind === 'refused' &&
          ['illegal-action', 'not-yours', 'never-suspended'].includes(decided.code);
        expect(offered).toBe(!barred);
      });
    }),
  );
});
