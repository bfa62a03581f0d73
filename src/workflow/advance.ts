import type { Capability } from '#model/platform';
import {
  type DeadlineKind,
  type Requirement,
  type Verdict,
  WORK_ORDER_ACTIONS,
  type WorkOrderAction,
  type WorkOrderState,
} from '#model/response';
import type { FalseAlarmReason } from '#model/warning';

import { closureFindings, type ClosureFinding } from './closure-quality.ts';
import { recordWith } from './closure-record.ts';
import type { Missing, OrderActor, OrderFacts, OrderStep } from './order-facts.ts';
import { missingFor, unknownResults, unknownSteps } from './order-requirements.ts';
import { type Condition, type Party, type Transition, TRANSITIONS } from './transitions.ts';

export type Advance =
  | {
      readonly kind: 'advanced';
      readonly state: WorkOrderState;
      readonly stoodAt: WorkOrderState | null;
      readonly handlerId: number | null;
      readonly clearedById: number | null;
      readonly suspensionAskedById: number | null;
      /** The handler for whom somebody else acted (代办), to be logged as such. */
      readonly onBehalfOf: number | null;
      /** Null where nothing is said by it. */
      readonly verdict: Verdict | null;
      readonly falseAlarm: FalseAlarmReason | null;
      readonly meets: readonly DeadlineKind[];
      readonly stops: readonly DeadlineKind[];
      readonly restarts: readonly DeadlineKind[];
      readonly givesBack: readonly DeadlineKind[];
      readonly clock: Transition['clock'];
    }
  | {
      readonly kind: 'refused';
      readonly code: 'illegal-action';
      readonly allowed: readonly WorkOrderAction[];
    }
  | { readonly kind: 'refused'; readonly code: 'never-suspended' }
  | {
      readonly kind: 'refused';
      readonly code: 'not-yours';
      readonly waitsFor: Party;
      readonly holderId: number | null;
    }
  | { readonly kind: 'refused'; readonly code: 'requirement-missing'; readonly missing: readonly Missing[] }
  | { readonly kind: 'refused'; readonly code: 'unknown-step'; readonly steps: readonly string[] }
  | { readonly kind: 'refused'; readonly code: 'record-poor'; readonly findings: readonly ClosureFinding[] };

/** Decides one step of an order. Pure: the same order, step and actor give the same answer every time. */
export function advance(order: OrderFacts, step: OrderStep, actor: OrderActor): Advance {
  const transition = TRANSITIONS[order.state].actions[step.action];
  if (transition?.when?.includes('not-red') && order.red) return { kind: 'refused', code: 'never-suspended' };
  if (!transition || !isOpen(transition, order, step.at)) {
    const allowed = allowedActions(order, actor, step.at).map((one) => one.action);
    return { kind: 'refused', code: 'illegal-action', allowed };
  }
  if (!mayAct(transition, order, actor)) {
    const waitsFor = transition.by[0] ?? 'rule';
    return { kind: 'refused', code: 'not-yours', waitsFor, holderId: order.handlerId };
  }
  return (
    refusedContent(transition, order, step) ??
    advanced(order, step, actor.kind === 'person' ? actor.id : null, transition)
  );
}

/** What the step brings along is not what it must be. */
function refusedContent(
  transition: Transition,
  order: OrderFacts,
  step: OrderStep,
): Extract<Advance, { kind: 'refused' }> | undefined {
  const unknown = [...unknownSteps(order, step), ...unknownResults(order, step)];
  if (unknown.length > 0) return { kind: 'refused', code: 'unknown-step', steps: unknown };
  const missing = missingFor(transition, order, step);
  if (missing.length > 0) return { kind: 'refused', code: 'requirement-missing', missing };
  const findings = transition.record ? blockingFindings(order, step) : [];
  return findings.length > 0 ? { kind: 'refused', code: 'record-poor', findings } : undefined;
}

function advanced(
  order: OrderFacts,
  step: OrderStep,
  actorId: number | null,
  transition: Transition,
): Advance {
  const people = PEOPLE_AFTER[step.action]?.(actorId, order) ?? order;
  const stands = standsAfter(order, transition);
  const said = judged(step);
  // Somebody else than the holder did what only he may: on his behalf.
  const forAnother =
    transition.by.length === 1 && transition.by[0] === 'holder' && actorId !== order.handlerId;
  return {
    kind: 'advanced',
    ...stands,
    handlerId: people.handlerId,
    clearedById: people.clearedById,
    suspensionAskedById: suspensionAsker(order, step.action, actorId),
    onBehalfOf: forAnother ? order.handlerId : null,
    ...said,
    meets: transition.meets ?? [],
    stops: transition.stops ?? [],
    givesBack: transition.givesBack ?? [],
    restarts: [
      ...(transition.restarts ?? []),
      ...(said.verdict === 'false-alarm' ? (transition.restartsIfFalse ?? []) : []),
    ],
    clock: transition.clock,
  };
}

/** Where an order stands then, and whence it went aside. */
function standsAfter(
  order: OrderFacts,
  { to }: Transition,
): { readonly state: WorkOrderState; readonly stoodAt: WorkOrderState | null } {
  if (to === 'stood') return { state: order.stoodAt ?? 'accepted', stoodAt: null };
  if (!isAside(to)) return { state: to, stoodAt: null };
  return { state: to, stoodAt: isAside(order.state) ? order.stoodAt : order.state };
}

const VERDICT_OF: Readonly<Partial<Record<WorkOrderAction, Verdict>>> = {
  merge: 'duplicate',
  'close-false-alarm': 'false-alarm',
};

function judged({
  action,
  verdict,
  falseAlarm,
}: OrderStep): Pick<Extract<Advance, { kind: 'advanced' }>, 'verdict' | 'falseAlarm'> {
  const said = VERDICT_OF[action] ?? (action === 'clear' ? verdict : undefined) ?? null;
  return { verdict: said, falseAlarm: said === 'false-alarm' ? (falseAlarm ?? null) : null };
}

/** What the actor may do now and what each act demands: the way forward first. */
export function allowedActions(
  order: OrderFacts,
  actor: OrderActor,
  at: number,
): readonly { readonly action: WorkOrderAction; readonly requires: readonly Requirement[] }[] {
  return WORK_ORDER_ACTIONS.flatMap((action) => {
    const transition = TRANSITIONS[order.state].actions[action];
    if (!transition || !isOpen(transition, order, at) || !mayAct(transition, order, actor)) return [];
    const requires = (transition.requires ?? []).filter((one) => ASKED[one]?.(order) ?? true);
    return [{ action, requires }];
  });
}

/** Requirements that are asked only of some orders. */
const ASKED: Readonly<Partial<Record<Requirement, (order: OrderFacts) => boolean>>> = {
  parts: (order) => order.openParts > 0,
  normal: (order) => order.standing.length > 0,
  measured: (order) => order.unconfirmed,
};

/** What of the record as it would then be keeps it from being cleared or closed. */
function blockingFindings(order: OrderFacts, step: OrderStep): readonly ClosureFinding[] {
  const record = step.action === 'clear' ? recordWith(order.record, step) : order.record;
  return closureFindings(record).filter((one) => one.blocks);
}

type People = Pick<OrderFacts, 'handlerId' | 'clearedById'>;
const NOBODY: People = { handlerId: null, clearedById: null };

/** Accepting makes the holder; giving an order back, sending it out or reopening it leaves it without one. */
const PEOPLE_AFTER: Readonly<
  Partial<Record<WorkOrderAction, (actorId: number | null, order: OrderFacts) => People>>
> = {
  accept: (actorId) => ({ handlerId: actorId, clearedById: null }),
  clear: (actorId, order) => ({ handlerId: order.handlerId, clearedById: actorId }),
  // A transfer that nobody wants leaves the order with whoever handed it on.
  reject: (_, order) => (order.state === 'transferred' ? order : NOBODY),
  dispatch: () => NOBODY,
  reopen: () => NOBODY,
};

/** What was asked lapses with whatever takes the order out of the hands of who asked. */
const KEEPS_ASKING: readonly WorkOrderAction[] = ['arrive', 'dispose', 'feed-back', 'analyse', 'suspend'];

function suspensionAsker(order: OrderFacts, action: WorkOrderAction, actorId: number | null): number | null {
  if (action === 'ask-suspension') return actorId;
  return KEEPS_ASKING.includes(action) ? order.suspensionAskedById : null;
}

function isAside(state: WorkOrderState): boolean {
  return state === 'transferred' || state === 'suspended';
}

const IS_PARTY: Readonly<Record<Party, (order: OrderFacts, actor: OrderActor) => boolean>> = {
  rule: (_, actor) => actor.kind === 'rule',
  dispatcher: (_, actor) => can(actor, 'work-order.dispatch'),
  responder: (order, actor) => order.handlerId === null && can(actor, 'work-order.dispose'),
  taker: (order, actor) => can(actor, 'work-order.dispose') && !isPerson(actor, order.handlerId),
  holder: (order, actor) =>
    can(actor, 'work-order.act-for') ||
    ((isPerson(actor, order.handlerId) || actsFor(actor, order.handlerId)) &&
      can(actor, 'work-order.dispose')),
  approver: (order, actor) =>
    can(actor, 'work-order.review') &&
    !isPerson(actor, order.handlerId) &&
    !isPerson(actor, order.suspensionAskedById),
  reviewer: (order, actor) =>
    can(actor, 'work-order.review') &&
    !isPerson(actor, order.handlerId) &&
    !isPerson(actor, order.clearedById),
};

const HOLDS: Readonly<Record<Condition, (order: OrderFacts) => boolean>> = {
  red: (order) => order.red,
  'not-red': (order) => !order.red,
  'analysis-owed': (order) => order.analysisOwed,
  'suspension-asked': (order) => order.suspensionAskedById !== null,
  'suspension-not-asked': (order) => order.suspensionAskedById === null,
  part: (order) => order.parentClosed !== null,
  whole: (order) => order.parentClosed === null,
  'not-arrived': (order) => !order.arrived,
  'parent-open': (order) => order.parentClosed !== true,
};

function mayAct(transition: Transition, order: OrderFacts, actor: OrderActor): boolean {
  return transition.by.some((party) => IS_PARTY[party](order, actor));
}

function isOpen(transition: Transition, order: OrderFacts, at: number): boolean {
  if (transition.when?.some((condition) => !HOLDS[condition](order))) return false;
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
