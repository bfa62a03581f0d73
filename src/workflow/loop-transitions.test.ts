import { LOOP_ACTIONS, type LoopAction } from '#model/response';
import { type Loop, LOOPS } from '#model/standard';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  accountableLoop,
  allowedMoves,
  type LoopActor,
  type LoopFacts,
  moveLoop,
} from './loop-transitions.ts';

const DAY = 86_400_000;
const FRESH: LoopFacts = {
  state: 'open',
  loop: 'small',
  taken: false,
  second: null,
  asked: null,
  closedAt: null,
  openOrders: 0,
  openParts: 0,
};
function person(
  owns: readonly Loop[],
  more: Partial<Extract<LoopActor, { kind: 'person' }>> = {},
): LoopActor {
  return { kind: 'person', owns, closes: owns, holds: false, ...more };
}
const HANDLER = person([], { holds: true });
const reason = '两处同时积水，一个单位不够';

test('who raises stands by until the receiving owner has signed', () => {
  const raised = moveLoop(FRESH, { action: 'raise', to: 'medium', reason, at: 0 }, person(['small']));
  expect(raised).toMatchObject({ kind: 'moved', loop: 'medium', taken: false, second: 'small' });
  const facts = { ...FRESH, loop: 'medium', second: 'small' } as const;
  expect(moveLoop(facts, { action: 'take', at: 0 }, person(['small']))).toMatchObject({ code: 'not-yours' });
  expect(moveLoop(facts, { action: 'take', at: 0 }, person(['medium']))).toMatchObject({
    taken: true,
    second: null,
  });
});

test('whoever pulls an incident up into his own hands has signed by that', () => {
  expect(moveLoop(FRESH, { action: 'raise', to: 'large', reason, at: 0 }, person(['large']))).toMatchObject({
    loop: 'large',
    taken: true,
    second: null,
  });
});

test('a handler may ask for more and never do it, nor lower or close', () => {
  expect(allowedMoves(FRESH, HANDLER, 0)).toEqual(['ask']);
  expect(moveLoop(FRESH, { action: 'ask', to: 'medium', reason, at: 0 }, HANDLER)).toMatchObject({
    asked: 'medium',
    loop: 'small',
  });
  expect(moveLoop(FRESH, { action: 'raise', to: 'medium', reason, at: 0 }, HANDLER)).toMatchObject({
    code: 'not-yours',
  });
});

test('a loop is lowered by the closing role of its level with a reason, and only downwards', () => {
  const large = { ...FRESH, loop: 'large', taken: true } as const;
  const closer = person(['large']);
  expect(moveLoop(large, { action: 'lower', to: 'medium', at: 0 }, closer)).toMatchObject({
    missing: ['reason'],
  });
  expect(moveLoop(large, { action: 'lower', to: 'large', reason, at: 0 }, closer)).toMatchObject({
    missing: ['to'],
  });
  expect(moveLoop(large, { action: 'lower', to: 'medium', reason, at: 0 }, person(['medium']))).toMatchObject(
    { code: 'not-yours' },
  );
  expect(moveLoop(large, { action: 'lower', to: 'medium', reason, at: 0 }, closer)).toMatchObject({
    loop: 'medium',
    second: 'large',
  });
});

test('a large loop closes when every order and every part is over, and is reopened for 30 days', () => {
  const large = { ...FRESH, loop: 'large', taken: true } as const;
  const step = { action: 'close', reason, at: 0 } as const;
  const closer = person(['large']);
  expect(moveLoop({ ...large, openParts: 1, openOrders: 2 }, step, closer)).toMatchObject({
    missing: ['orders', 'parts'],
  });
  expect(moveLoop(large, step, closer)).toMatchObject({ kind: 'moved', state: 'closed' });
  const closed = { ...large, state: 'closed', closedAt: 0 } as const;
  expect(moveLoop(closed, { action: 'reopen', reason, at: 30 * DAY }, closer)).toMatchObject({
    state: 'open',
    taken: false,
  });
  expect(moveLoop(closed, { action: 'reopen', reason, at: 30 * DAY + 1 }, closer)).toMatchObject({
    code: 'illegal-action',
  });
});

interface Move {
  readonly action: LoopAction;
  readonly to: Loop | undefined;
  readonly reason: string | undefined;
  readonly who: number;
  readonly after: number;
  readonly orders: number;
  readonly parts: number;
}
const PEOPLE: readonly LoopActor[] = [
  { kind: 'rule' },
  HANDLER,
  person(['small']),
  person(['medium']),
  person(['large']),
  person(['small', 'medium'], { closes: [] }),
  person([], { closes: ['medium', 'large'] }),
];
const move: fc.Arbitrary<Move> = fc.record({
  action: fc.constantFrom(...LOOP_ACTIONS),
  to: fc.option(fc.constantFrom(...LOOPS), { nil: undefined }),
  reason: fc.option(fc.constant(reason), { nil: undefined }),
  who: fc.nat(PEOPLE.length - 1),
  after: fc.oneof(fc.nat(DAY), fc.nat(40 * DAY)),
  orders: fc.nat(2),
  parts: fc.nat(2),
});

/** What must hold of one move, as the sentences that do not. */
function faultsOf(before: LoopFacts, after: LoopFacts, done: Done): readonly string[] {
  const rules = { ...ownerRules(before, after), ...closerRules(before, after, done) };
  return Object.keys(rules).filter((rule) => rules[rule] === false);
}

type Rules = Readonly<Record<string, boolean>>;

function ownerRules(before: LoopFacts, after: LoopFacts): Rules {
  const handedOn = before.loop !== after.loop && !after.taken;
  return {
    'an open incident has one accountable owner, a closed one none':
      (accountableLoop(after) === null) === (after.state === 'closed'),
    'who stands by is another than the owner, who has not signed':
      after.second === null || (!after.taken && after.second !== after.loop),
    'nothing is handed on without somebody standing by': !handedOn || after.second === before.loop,
  };
}

function closerRules(before: LoopFacts, after: LoopFacts, { actor, step, now }: Done): Rules {
  const lower = LOOPS.indexOf(after.loop) < LOOPS.indexOf(before.loop);
  const closes = actor.kind === 'person' && actor.closes.includes(before.loop);
  const closed = before.state === 'open' && after.state === 'closed';
  return {
    'only the closing role lowers, with a reason': !lower || (closes && step.reason !== undefined),
    'only the closing role closes, and nothing that is open stays behind':
      !closed || (closes && before.openOrders === 0 && (before.loop !== 'large' || before.openParts === 0)),
    'reopened within thirty days': before.state === 'open' || now - (before.closedAt ?? 0) <= 30 * DAY,
  };
}

interface Done {
  readonly actor: LoopActor;
  readonly step: Move;
  readonly now: number;
}

test('whatever people and rules do: one accountable owner while it is open, no gap, nothing closed over open parts', () => {
  let moves = 0;
  fc.assert(
    fc.property(fc.array(move, { minLength: 60, maxLength: 80 }), (steps) => {
      let facts = FRESH;
      let now = 0;
      const faults: string[] = [];
      for (const step of steps) {
        now += step.after;
        const before = { ...facts, openOrders: step.orders, openParts: step.parts };
        const actor = PEOPLE[step.who] ?? HANDLER;
        const moved = moveLoop(before, { ...step, at: now }, actor);
        if (moved.kind === 'refused') continue;
        moves += 1;
        const { state, loop, taken, second, asked } = moved;
        facts = { ...before, state, loop, taken, second, asked, closedAt: state === 'closed' ? now : null };
        faults.push(...faultsOf(before, facts, { actor, step, now }));
      }
      expect(faults).toEqual([]);
    }),
    { numRuns: 1500, seed: 7 },
  );
  expect(moves).toBeGreaterThan(5000);
});
