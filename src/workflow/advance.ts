import type { Capability } from '#model/platform';
import {
  CLEARING_NOTE_LENGTH,
  type DeadlineKind,
  type Requirement,
  type Verdict,
  WORK_ORDER_ACTIONS,
  type WorkOrderAction,
  type WorkOrderState,
} from '#model/response';

import { type Party, type Transition, TRANSITIONS } from './transitions.ts';

/** Shortest note with which a record counts as written (闭环数据质量, catalog §3.2). */
/** What the decision needs of an order. Times are epoch ms. */
export interface OrderFacts {
  readonly state: WorkOrderState;
  readonly handlerId: number | null;
  /** Who cleared it last: the handler, or somebody on his behalf. */
  readonly clearedById: number | null;
  readonly closedAt: number | null;
  readonly steps: readonly { readonly code: string; readonly required: boolean; readonly done: boolean }[];
}

/** Who acts. A person's capabilities are those he has where the order lies; `actsFor` are whose deputy he is now. */
export type OrderActor =
  | { readonly kind: 'rule' }
  | {
      readonly kind: 'person';
      readonly id: number;
      readonly capabilities: ReadonlySet<Capability>;
      readonly actsFor?: readonly number[];
    };

export interface OrderStep {
  readonly action: WorkOrderAction;
  readonly at: number;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  readonly verdict?: Verdict | undefined;
  /** Codes of handbook steps done with this action. */
  readonly steps?: readonly string[] | undefined;
}

export type Advance =
  | {
      readonly kind: 'advanced';
      readonly state: WorkOrderState;
      readonly handlerId: number | null;
      readonly clearedById: number | null;
      /** The handler for whom somebody else acted (代办), to be logged as such. */
      readonly onBehalfOf: number | null;
      readonly verdict: Verdict | null;
      readonly meets: readonly DeadlineKind[];
      readonly stops: readonly DeadlineKind[];
      readonly restarts: readonly DeadlineKind[];
    }
  | {
      readonly kind: 'refused';
      readonly code: 'illegal-action';
      readonly allowed: readonly WorkOrderAction[];
    }
  | {
      readonly kind: 'refused';
      readonly code: 'not-yours';
      readonly waitsFor: Party;
      readonly holderId: number | null;
    }
  | { readonly kind: 'refused'; readonly code: 'requirement-missing'; readonly missing: readonly Missing[] }
  | { readonly kind: 'refused'; readonly code: 'unknown-step'; readonly steps: readonly string[] };

/** A requirement that is not met; for `steps` the codes that are still open. */
export interface Missing {
  readonly requirement: Requirement;
  readonly steps?: readonly string[];
}

/** Decides one step of an order. Pure: the same order, step and actor give the same answer every time. */
export function advance(order: OrderFacts, step: OrderStep, actor: OrderActor): Advance {
  const transition = TRANSITIONS[order.state].actions[step.action];
  if (!transition || !inTime(transition, order, step.at)) {
    const allowed = allowedActions(order, actor, step.at).map((one) => one.action);
    return { kind: 'refused', code: 'illegal-action', allowed };
  }
  if (!mayAct(transition, order, actor)) {
    const waitsFor = transition.by[0] ?? 'rule';
    return { kind: 'refused', code: 'not-yours', waitsFor, holderId: order.handlerId };
  }
  const unknown = step.steps?.filter((code) => !order.steps.some((known) => known.code === code)) ?? [];
  if (unknown.length > 0) return { kind: 'refused', code: 'unknown-step', steps: unknown };
  const missing = transition.requires?.flatMap((requirement) => MISSING[requirement](order, step)) ?? [];
  if (missing.length > 0) return { kind: 'refused', code: 'requirement-missing', missing };
  return advanced(order, step, actor.kind === 'person' ? actor.id : null, transition);
}

function advanced(
  order: OrderFacts,
  step: OrderStep,
  actorId: number | null,
  transition: Transition,
): Advance {
  const people = PEOPLE_AFTER[step.action]?.(actorId, order) ?? order;
  const forAnother = transition.by.includes('holder') && actorId !== order.handlerId;
  return {
    kind: 'advanced',
    state: transition.to,
    handlerId: people.handlerId,
    clearedById: people.clearedById,
    onBehalfOf: forAnother ? order.handlerId : null,
    verdict: step.verdict ?? null,
    meets: transition.meets ?? [],
    stops: transition.stops ?? [],
    restarts: transition.restarts ?? [],
  };
}

/** What the actor may do now and what each act demands, in the order of a life without trouble. */
export function allowedActions(
  order: OrderFacts,
  actor: OrderActor,
  at: number,
): readonly { readonly action: WorkOrderAction; readonly requires: readonly Requirement[] }[] {
  return WORK_ORDER_ACTIONS.flatMap((action) => {
    const transition = TRANSITIONS[order.state].actions[action];
    if (!transition || !inTime(transition, order, at) || !mayAct(transition, order, actor)) return [];
    return [{ action, requires: transition.requires ?? [] }];
  });
}

type People = Pick<OrderFacts, 'handlerId' | 'clearedById'>;
const NOBODY: People = { handlerId: null, clearedById: null };

/** Accepting makes the holder; giving an order back, sending it out or reopening it leaves it without one. */
const PEOPLE_AFTER: Readonly<
  Partial<Record<WorkOrderAction, (actorId: number | null, order: OrderFacts) => People>>
> = {
  accept: (actorId) => ({ handlerId: actorId, clearedById: null }),
  clear: (actorId, order) => ({ handlerId: order.handlerId, clearedById: actorId }),
  reject: () => NOBODY,
  dispatch: () => NOBODY,
  reopen: () => NOBODY,
};

const IS_PARTY: Readonly<Record<Party, (order: OrderFacts, actor: OrderActor) => boolean>> = {
  rule: (_, actor) => actor.kind === 'rule',
  dispatcher: (_, actor) => can(actor, 'work-order.dispatch'),
  responder: (order, actor) => order.handlerId === null && can(actor, 'work-order.dispose'),
  holder: (order, actor) =>
    can(actor, 'work-order.act-for') ||
    ((isPerson(actor, order.handlerId) || actsFor(actor, order.handlerId)) &&
      can(actor, 'work-order.dispose')),
  reviewer: (order, actor) =>
    can(actor, 'work-order.review') &&
    !isPerson(actor, order.handlerId) &&
    !isPerson(actor, order.clearedById),
};

const MISSING: Readonly<Record<Requirement, (order: OrderFacts, step: OrderStep) => readonly Missing[]>> = {
  reason: (_, step) => (isBlank(step.reason) ? [{ requirement: 'reason' }] : []),
  note: (_, step) => {
    const enough = step.action === 'clear' ? CLEARING_NOTE_LENGTH : 1;
    return Array.from((step.note ?? '').trim()).length < enough ? [{ requirement: 'note' }] : [];
  },
  verdict: (_, step) => (step.verdict ? [] : [{ requirement: 'verdict' }]),
  steps: (order, step) => {
    // A false alarm is cleared as such: nobody is made to tick measures that were never taken.
    if (step.verdict !== undefined && step.verdict !== 'true') return [];
    const open = order.steps.filter((one) => one.required && !one.done && !step.steps?.includes(one.code));
    return open.length === 0 ? [] : [{ requirement: 'steps', steps: open.map((one) => one.code) }];
  },
};

function mayAct(transition: Transition, order: OrderFacts, actor: OrderActor): boolean {
  return transition.by.some((party) => IS_PARTY[party](order, actor));
}

function inTime(transition: Transition, order: OrderFacts, at: number): boolean {
  if (transition.withinMsOfClosing === undefined) return true;
  return order.closedAt !== null && at - order.closedAt <= transition.withinMsOfClosing;
}

function can(actor: OrderActor, capability: Capability): boolean {
  return actor.kind === 'person' && actor.capabilities.has(capability);
}

function isPerson(actor: OrderActor, id: number | null): boolean {
  return actor.kind === 'person' && id !== null && actor.id === id;
}

function actsFor(actor: OrderActor, id: number | null): boolean {
  return actor.kind === 'person' && id !== null && (actor.actsFor?.includes(id) ?? false);
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
