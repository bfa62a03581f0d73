import {
  ARISING_LIMITS,
  DEADLINE_KINDS,
  type DeadlineKind,
  WORK_ORDER_ACTIONS,
  type WorkOrderState,
} from '#model/response';
import type { Capability } from '#model/platform';
import type { SignLevel } from '#model/standard';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { type Advance, advance, allowedActions } from './advance.ts';
import { ladderOf, nextStep, pressAfter, type Rung, stepAt } from './ladder.ts';
import type { OrderActor, OrderFacts, OrderStep } from './order-facts.ts';
import { goesOn, type Pause } from './stop-clock.ts';
import { PLAIN_RECORD } from './testing.ts';
import { TRANSITIONS } from './transitions.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const START = 1_795_406_400_000;
const LIVES = 200;
const STEPS = 500;

function person(id: number, ...capabilities: readonly Capability[]): OrderActor {
  return { kind: 'person', id, capabilities: new Set(capabilities) };
}
const ACTORS: readonly OrderActor[] = [
  { kind: 'rule' },
  person(1, 'work-order.dispose'),
  person(2, 'work-order.dispose'),
  { kind: 'person', id: 3, capabilities: new Set(['work-order.dispose'] as const), actsFor: [1] },
  person(4, 'work-order.dispatch', 'work-order.act-for', 'work-order.review'),
  person(5, 'work-order.review'),
  person(6, 'work-order.dispose', 'work-order.review'),
];

const LENGTH: Readonly<Record<DeadlineKind, number>> = {
  accept: 10 * MINUTE,
  'on-site': 45 * MINUTE,
  feedback: 30 * MINUTE,
  progress: 120 * MINUTE,
  analysis: 240 * MINUTE,
  clear: 12 * 60 * MINUTE,
  verify: 20 * MINUTE,
  close: 2 * DAY,
};
const RULES = {
  ladder: [50, 80, 100, 150, 200].map((percent) => ({
    percent,
    channels: ['push'] as const,
    recipients: [{ kind: 'role', role: 'handler' }] as const,
  })),
  unacceptedRed: { afterSeconds: 300, channels: ['voice'], recipients: [] },
  unacknowledged: { afterSeconds: 600, levels: ['red', 'orange'] },
} as unknown as Parameters<typeof ladderOf>[0];

const FULL: Omit<OrderStep, 'action' | 'at' | 'until'> = {
  reason: '不属本单位',
  note: '积水已抽排，路面恢复通行',
  verdict: 'true',
  falseAlarm: 'sensor-fault',
  unit: '区水务署',
  into: 9,
};

/** A limit as it is kept, and beside it what a stop-watch says that is simply held and let go. */
interface Limit {
  startedAt: number;
  dueAt: number;
  end: 'met' | 'stopped' | null;
  endedAt: number;
  pausedAt: number | null;
  pauses: Pause[];
  step: number;
  pressAt: number | null;
  redAt: number | null;
  climbed: string[];
  ran: number;
}

interface Life {
  order: OrderFacts;
  level: SignLevel;
  limits: Map<DeadlineKind, Limit>;
  now: number;
}

function fresh(startedAt: number, kind: DeadlineKind): Limit {
  const dueAt = startedAt + LENGTH[kind];
  const stands = { step: 0, pressAt: null, redAt: null, climbed: [] };
  return { startedAt, dueAt, end: null, endedAt: 0, pausedAt: null, pauses: [], ...stands, ran: 0 };
}

const OPENING = DEADLINE_KINDS.filter((kind) => !ARISING_LIMITS.some((one) => one === kind));

function born(now: number): Life {
  return {
    order: {
      state: 'raised',
      red: false,
      stoodAt: null,
      handlerId: null,
      clearedById: null,
      suspensionAskedById: null,
      closedAt: null,
      steps: [],
      results: [],
      analysisOwed: true,
      arrived: false,
      photos: 0,
      parentClosed: null,
      openParts: 0,
      standing: [],
      unconfirmed: false,
      record: PLAIN_RECORD,
    },
    level: 'yellow',
    limits: new Map(OPENING.map((kind) => [kind, fresh(now, kind)])),
    now,
  };
}

const runs = ({ end, pausedAt }: Limit): boolean => end === null && pausedAt === null;

/** Time passes: a stop-watch runs for whatever is not over and does not stand still. */
function pass(life: Life, ms: number): void {
  for (const limit of life.limits.values()) if (runs(limit)) limit.ran += ms;
  life.now += ms;
}

function ladderFor(
  life: Life,
  kind: DeadlineKind,
  { startedAt, dueAt, pauses, redAt }: Limit,
): readonly Rung[] {
  return ladderOf(RULES, { kind, level: life.level, startedAt, dueAt, pauses, redAt });
}

const HELD: readonly WorkOrderState[] = ['accepted', 'on-site', 'disposing', 'transferred', 'suspended'];

/** The round of the reminders. Gives what was climbed a second time or after it was accepted, which may never be. */
function remind(life: Life): readonly string[] {
  return [...life.limits].flatMap(([kind, limit]) => {
    if (!runs(limit)) return [];
    const ladder = ladderFor(life, kind, limit);
    const next = nextStep(ladder, limit, life.now, RULES.unacknowledged);
    if (next.kind !== 'remind') return [];
    if (kind === 'accept' && HELD.includes(life.order.state)) return ['called though it was accepted'];
    limit.step = next.step;
    limit.pressAt = pressAfter(RULES, { ladder, level: life.level }, next, life.now);
    const rungs = next.rungs.map(({ why }) =>
      JSON.stringify(why.kind === 'unacknowledged' ? [why, next.step] : why),
    );
    const twice = rungs.filter((rung) => limit.climbed.includes(rung));
    limit.climbed.push(...rungs);
    return twice.map((rung) => `${kind} told twice: ${rung}`);
  });
}

function goOn(life: Life, at: number): void {
  for (const limit of life.limits.values()) {
    if (limit.end !== null || limit.pausedAt === null) continue;
    const pause = { from: limit.pausedAt, to: at };
    limit.dueAt = goesOn(undefined, limit.dueAt, pause);
    limit.pauses.push(pause);
    limit.pausedAt = null;
  }
}

function follow(life: Life, decided: Extract<Advance, { kind: 'advanced' }>): void {
  const { limits, now } = life;
  const end = (kinds: readonly DeadlineKind[], how: 'met' | 'stopped'): void => {
    for (const kind of kinds) {
      const limit = limits.get(kind);
      if (limit?.end === null)
        Object.assign(limit, { end: how, endedAt: now, pausedAt: null, pressAt: null });
    }
  };
  end(decided.meets, 'met');
  end(decided.stops, 'stopped');
  // What was kept and is undone stood still since.
  for (const kind of decided.givesBack) {
    const limit = limits.get(kind);
    if (limit?.end === 'met') Object.assign(limit, { end: null, pausedAt: limit.endedAt });
  }
  if (decided.givesBack.length > 0) goOn(life, now);
  for (const kind of decided.restarts) limits.set(kind, fresh(now, kind));
  if (decided.clock === 'stops') {
    for (const limit of limits.values())
      if (runs(limit)) Object.assign(limit, { pausedAt: now, pressAt: null });
  }
  if (decided.clock === 'goes-on') goOn(life, now);
  const { state, stoodAt, handlerId, clearedById, suspensionAskedById } = decided;
  const closedAt = state === 'closed' ? now : null;
  life.order = { ...life.order, state, stoodAt, handlerId, clearedById, suspensionAskedById, closedAt };
}

/** The warning rises: what was agreed at the lower level is over. */
function rise(life: Life): void {
  if (life.order.state === 'closed') return;
  const before = life.level;
  life.level = before === 'yellow' ? 'orange' : 'red';
  if (life.order.state === 'suspended') {
    goOn(life, life.now);
    life.order = { ...life.order, state: life.order.stoodAt ?? 'accepted', stoodAt: null };
  }
  life.order = { ...life.order, red: life.level === 'red', suspensionAskedById: null };
  // What was climbed stays climbed on the new level's ladder.
  for (const [kind, limit] of life.limits) {
    const climbed = ladderFor({ ...life, level: before }, kind, limit)[limit.step - 1];
    if (life.level === 'red' && before !== 'red') limit.redAt = life.now;
    limit.step = climbed ? stepAt(ladderFor(life, kind, limit), climbed.at) : 0;
  }
}

const TO_JUDGE: readonly WorkOrderState[] = ['cleared', 'reviewing'];
const AFTER_CLEARING: readonly WorkOrderState[] = [...TO_JUDGE, 'closed'];

/** What may never be of limits that an act begins. */
function arisenWrong(state: WorkOrderState, limits: Life['limits']): readonly (readonly [boolean, string])[] {
  const isOpen = (kind: DeadlineKind): boolean => limits.get(kind)?.end === null;
  return [
    [isOpen('progress') && AFTER_CLEARING.includes(state), 'asked for news of what is cleared'],
    [isOpen('verify') && !TO_JUDGE.includes(state), 'asked to judge what was not told'],
    [state === 'cleared' && limits.get('clear')?.end !== 'met', 'cleared without keeping that promise'],
    [state === 'disposing' && !isOpen('clear'), 'worked on without the promise to clear'],
  ];
}

/** What may never be, in words; empty where all is well. */
function wrongIn({ order, limits, now }: Life): string[] {
  const { waitsFor } = TRANSITIONS[order.state];
  const held = waitsFor === 'holder' || waitsFor === 'reviewer';
  const aside = order.state === 'transferred' || order.state === 'suspended';
  const open = [...limits.values()].filter((limit) => limit.end === null);
  const faults: readonly (readonly [boolean, string])[] = [
    [waitsFor === null && order.state !== 'closed', 'nobody is accountable'],
    [held && order.handlerId === null, 'without an owner'],
    [!held && waitsFor !== null && order.handlerId !== null, 'two are accountable'],
    [aside !== (order.stoodAt !== null), 'aside without whence'],
    [order.state === 'suspended' && order.red, 'red stands still'],
    [order.state === 'closed' && open.length > 0, 'closed with an open promise'],
    [order.state !== 'closed' && limits.get('close')?.end !== null, 'open without the promise to close'],
    [
      open.some((limit) => (limit.pausedAt !== null) !== (order.state === 'suspended')),
      'clock and state differ',
    ],
    ...arisenWrong(order.state, limits),
    [[...limits].some(([kind, limit]) => isOff(kind, limit, now)), 'a clock ran while stopped'],
  ];
  return faults.filter(([isSo]) => isSo).map(([, words]) => words);
}

/** What is left by the kept moments against what is left by the stop-watch. */
function isOff(kind: DeadlineKind, { dueAt, ran, pausedAt, end }: Limit, now: number): boolean {
  if (end !== null) return false;
  const left = LENGTH[kind] - ran;
  // What was late when it stood still stays as late as it was: its moment does not move.
  return left > 0 && dueAt - (pausedAt ?? now) !== left;
}

interface Turn {
  readonly who: number;
  readonly what: number;
  /** Whether somebody brings nothing of what is demanded. */
  readonly bare: boolean;
  readonly ms: number;
  readonly happens: number;
}

const turn: fc.Arbitrary<Turn> = fc.record({
  who: fc.nat(ACTORS.length - 1),
  what: fc.nat(999),
  bare: fc.nat(9).map((n) => n === 0),
  ms: fc.oneof(fc.nat(5 * MINUTE), fc.nat(DAY), fc.constant(0)),
  happens: fc.nat(29),
});

/** Mostly what is allowed, now and then anything at all. */
function tryOne(life: Life, { who, what, bare }: Turn): void {
  const actor = ACTORS[who] ?? ACTORS[0];
  if (!actor) return;
  const offered = allowedActions(life.order, actor, life.now).map((one) => one.action);
  const actions = bare || offered.length === 0 ? WORK_ORDER_ACTIONS : offered;
  const action = actions[what % actions.length] ?? 'accept';
  const step: OrderStep = bare
    ? { action, at: life.now }
    : {
        ...FULL,
        verdict: what % 2 === 0 ? 'true' : 'false-alarm',
        action,
        at: life.now,
        until: life.now + DAY,
      };
  const decided = advance(life.order, step, actor);
  if (decided.kind === 'advanced') follow(life, decided);
}

test(`model: after ${LIVES * STEPS} random steps of random people there is no order that may not be`, () => {
  const faults = new Set<string>();
  const been = new Set<WorkOrderState>();
  let steps = 0;
  fc.assert(
    fc.property(fc.array(turn, { minLength: STEPS, maxLength: STEPS }), (turns) => {
      let life = born(START);
      for (const one of turns) {
        steps += 1;
        pass(life, one.ms);
        const twice = remind(life);
        tryOne(life, one);
        // A double click: the same comes twice.
        if (one.happens === 0) tryOne(life, one);
        if (one.happens === 1) rise(life);
        // Somebody above acknowledges what was told.
        if (one.happens === 3) for (const limit of life.limits.values()) limit.pressAt = null;
        // A restart: what is kept is all there is.
        if (one.happens === 2) life = structuredClone(life);
        been.add(life.order.state);
        for (const words of [...twice, ...wrongIn(life)]) faults.add(words);
      }
      return faults.size === 0;
    }),
    { numRuns: LIVES },
  );
  expect([...faults]).toEqual([]);
  expect(steps).toBeGreaterThanOrEqual(LIVES * STEPS);
  expect([...been].toSorted()).toEqual(Object.keys(TRANSITIONS).toSorted());
}, 240_000);
