import type { IncidentState, LoopAction } from '#model/response';
import { type Loop, LOOPS } from '#model/standard';

/**
 * Who moves the loop of an incident. `owner` 责任方 of the loop it is in · `upper` the owner of the loop it is raised to · `closer` who
 * may close at its loop (a setting) · `holder` whoever handles one of its orders · `rule` 自动规则.
 */
export type LoopParty = 'owner' | 'upper' | 'closer' | 'holder' | 'rule';

export type LoopRequirement = 'reason' | 'to' | 'orders' | 'parts';

interface LoopMove {
  readonly from: IncidentState;
  readonly by: readonly LoopParty[];
  readonly requires: readonly LoopRequirement[];
  readonly when?: 'not-taken' | 'asked' | 'not-large' | 'not-small';
  readonly withinMsOfClosing?: number;
}

const DAY_MS = 86_400_000;

/**
 * 闭环流转表 (catalog §1.4): handlers and rules only raise; lowered and closed by the closing role of the level alone, with a reason.
 * Whoever owns the loop is accountable from the moment it is raised; who raised it stands by until he has signed.
 */
export const LOOP_TRANSITIONS: Readonly<Record<LoopAction, LoopMove>> = {
  take: { from: 'open', by: ['owner'], requires: [], when: 'not-taken' },
  raise: { from: 'open', by: ['owner', 'upper', 'rule'], requires: ['to', 'reason'], when: 'not-large' },
  ask: { from: 'open', by: ['holder'], requires: ['to', 'reason'], when: 'not-large' },
  refuse: { from: 'open', by: ['owner'], requires: ['reason'], when: 'asked' },
  lower: { from: 'open', by: ['closer'], requires: ['to', 'reason'], when: 'not-small' },
  close: { from: 'open', by: ['closer'], requires: ['reason', 'orders', 'parts'] },
  reopen: { from: 'closed', by: ['closer'], requires: ['reason'], withinMsOfClosing: 30 * DAY_MS },
};

/** What the decision needs of an incident. Times are epoch ms. */
export interface LoopFacts {
  readonly state: IncidentState;
  readonly loop: Loop;
  readonly taken: boolean;
  /** The loop whose owner stands by until the owner has signed. */
  readonly second: Loop | null;
  readonly asked: Loop | null;
  readonly closedAt: number | null;
  readonly openOrders: number;
  /** Co-units that have neither closed their part nor been waived. */
  readonly openParts: number;
}

export type LoopActor =
  | { readonly kind: 'rule' }
  | {
      readonly kind: 'person';
      /** Loops whose owner's post this person fills where the incident lies. */
      readonly owns: readonly Loop[];
      /** Loops that this person may close there. */
      readonly closes: readonly Loop[];
      /** Whether one of its orders is in this person's hands. */
      readonly holds: boolean;
    };

export interface LoopStep {
  readonly action: LoopAction;
  readonly at: number;
  readonly to?: Loop | undefined;
  readonly reason?: string | undefined;
}

type LoopAfter = Pick<LoopFacts, 'state' | 'loop' | 'taken' | 'second' | 'asked'>;

export type LoopMoved =
  | ({ readonly kind: 'moved' } & LoopAfter)
  | { readonly kind: 'refused'; readonly code: 'illegal-action'; readonly allowed: readonly LoopAction[] }
  | { readonly kind: 'refused'; readonly code: 'not-yours'; readonly waitsFor: LoopParty }
  | {
      readonly kind: 'refused';
      readonly code: 'requirement-missing';
      readonly missing: readonly LoopRequirement[];
    };

/** The loop whose owner is accountable: exactly one while the incident is open. */
export function accountableLoop({ state, loop }: Pick<LoopFacts, 'state' | 'loop'>): Loop | null {
  return state === 'open' ? loop : null;
}

/** Decides one move. Pure: the same incident, step and actor give the same answer every time. */
export function moveLoop(facts: LoopFacts, step: LoopStep, actor: LoopActor): LoopMoved {
  const move = LOOP_TRANSITIONS[step.action];
  if (!isOpen(move, facts, step.at)) return illegal(facts, step, actor);
  if (!mayMove(move, { facts, to: step.to }, actor))
    return { kind: 'refused', code: 'not-yours', waitsFor: move.by[0] ?? 'rule' };
  const missing = move.requires.filter((one) => IS_MISSING[one](facts, step));
  if (missing.length > 0) return { kind: 'refused', code: 'requirement-missing', missing };
  return { kind: 'moved', ...AFTER[step.action](facts, step, actor) };
}

/** What somebody may do now, the way forward first. */
export function allowedMoves(facts: LoopFacts, actor: LoopActor, at: number): readonly LoopAction[] {
  return (Object.keys(LOOP_TRANSITIONS) as LoopAction[]).filter((action) => {
    const move = LOOP_TRANSITIONS[action];
    const targets = action === 'raise' ? higher(facts.loop) : [undefined];
    return isOpen(move, facts, at) && targets.some((to) => mayMove(move, { facts, to }, actor));
  });
}

/** Loops above one. */
export function higher(loop: Loop): readonly Loop[] {
  return LOOPS.slice(LOOPS.indexOf(loop) + 1);
}

function illegal(facts: LoopFacts, step: LoopStep, actor: LoopActor): LoopMoved {
  return { kind: 'refused', code: 'illegal-action', allowed: allowedMoves(facts, actor, step.at) };
}

function isOpen(move: LoopMove, facts: LoopFacts, at: number): boolean {
  if (facts.state !== move.from || (move.when !== undefined && !HOLDS[move.when](facts))) return false;
  if (move.withinMsOfClosing === undefined) return true;
  return facts.closedAt !== null && at - facts.closedAt <= move.withinMsOfClosing;
}

const HOLDS: Readonly<Record<NonNullable<LoopMove['when']>, (facts: LoopFacts) => boolean>> = {
  'not-taken': ({ taken }) => !taken,
  asked: ({ asked }) => asked !== null,
  'not-large': ({ loop }) => loop !== 'large',
  'not-small': ({ loop }) => loop !== 'small',
};

interface Aim {
  readonly facts: LoopFacts;
  readonly to: Loop | undefined;
}

function mayMove(move: LoopMove, aim: Aim, actor: LoopActor): boolean {
  return move.by.some((party) => (actor.kind === 'rule' ? party === 'rule' : IS_PARTY[party](aim, actor)));
}

const IS_PARTY: Readonly<
  Record<LoopParty, (aim: Aim, person: Extract<LoopActor, { kind: 'person' }>) => boolean>
> = {
  owner: ({ facts }, { owns }) => owns.includes(facts.loop),
  upper: ({ facts, to }, { owns }) => to !== undefined && isHigher(to, facts.loop) && owns.includes(to),
  closer: ({ facts }, { closes }) => closes.includes(facts.loop),
  holder: (_, { holds }) => holds,
  rule: () => false,
};

const IS_MISSING: Readonly<Record<LoopRequirement, (facts: LoopFacts, step: LoopStep) => boolean>> = {
  reason: (_, { reason }) => (reason ?? '').trim() === '',
  to: ({ loop }, { to, action }) =>
    to === undefined || (action === 'lower' ? !isHigher(loop, to) : !isHigher(to, loop)),
  orders: ({ openOrders }) => openOrders > 0,
  parts: ({ loop, openParts }) => loop === 'large' && openParts > 0,
};

const AFTER: Readonly<Record<LoopAction, (facts: LoopFacts, step: LoopStep, actor: LoopActor) => LoopAfter>> =
  {
    take: (facts) => ({ ...kept(facts), taken: true, second: null }),
    raise: handedOn,
    lower: handedOn,
    ask: (facts, { to }) => ({ ...kept(facts), asked: to ?? null }),
    refuse: (facts) => ({ ...kept(facts), asked: null }),
    close: (facts) => ({ ...kept(facts), state: 'closed', asked: null, second: null }),
    // Who closed it is gone home: the owner of its loop is accountable again and signs anew.
    reopen: (facts) => ({ ...kept(facts), state: 'open', taken: false, second: null, asked: null }),
  };

function kept({ state, loop, taken, second, asked }: LoopFacts): LoopAfter {
  return { state, loop, taken, second, asked };
}

/** Whoever takes an incident up into his own hands has signed by that. */
function handedOn(facts: LoopFacts, { to }: LoopStep, actor: LoopActor): LoopAfter {
  const loop = to ?? facts.loop;
  const taken = actor.kind === 'person' && actor.owns.includes(loop);
  return { state: 'open', loop, taken, second: taken ? null : facts.loop, asked: null };
}

function isHigher(one: Loop, other: Loop): boolean {
  return LOOPS.indexOf(one) > LOOPS.indexOf(other);
}
