import {
  FAULT_ACTIONS,
  FAULT_KIND_RULES,
  type FaultAction,
  type FaultKind,
  type FaultRequirement,
  type FaultState,
} from '#model/operations';

import { FAULT_TRANSITIONS, type FaultParty } from './fault-transitions.ts';

/** Who is on it: a person by account, or a unit (运维单位) by name. */
export interface FaultOwner {
  readonly account: number | null;
  readonly unit: string | null;
}

/** What the decision needs of a fault. Times are epoch ms. */
export interface FaultFacts {
  readonly kind: FaultKind;
  readonly state: FaultState;
  readonly owner: FaultOwner;
  readonly dueAt: number;
}

export type FaultActor =
  | { readonly kind: 'rule' }
  | { readonly kind: 'person'; readonly id: number; readonly handles: boolean; readonly closes: boolean };

export interface FaultStep {
  readonly action: FaultAction;
  readonly at: number;
  readonly note?: string | undefined;
  readonly owner?: FaultOwner | undefined;
}

export type FaultAdvance =
  | {
      readonly kind: 'advanced';
      readonly state: FaultState;
      readonly owner: FaultOwner;
      readonly dueAt: number;
    }
  | { readonly kind: 'refused'; readonly code: 'illegal-action'; readonly allowed: readonly FaultAction[] }
  | { readonly kind: 'refused'; readonly code: 'not-yours' }
  | {
      readonly kind: 'refused';
      readonly code: 'requirement-missing';
      readonly missing: readonly FaultRequirement[];
    };

/** Decides one step of a fault. Pure: the same fault, step and actor give the same answer every time. */
export function advanceFault(fault: FaultFacts, step: FaultStep, actor: FaultActor): FaultAdvance {
  const transition = FAULT_TRANSITIONS[fault.state].actions[step.action];
  if (!transition) {
    const allowed = allowedFaultActions(fault, actor).map((one) => one.action);
    return { kind: 'refused', code: 'illegal-action', allowed };
  }
  if (!mayAct(transition.by, actor)) return { kind: 'refused', code: 'not-yours' };
  const missing = (transition.requires ?? []).filter((one) => !IS_MET[one](step));
  if (missing.length > 0) return { kind: 'refused', code: 'requirement-missing', missing };
  return {
    kind: 'advanced',
    state: transition.to,
    owner: ownerAfter(fault, step, actor),
    dueAt: transition.restartsLimit
      ? Math.max(fault.dueAt, step.at + FAULT_KIND_RULES[fault.kind].limitMs)
      : fault.dueAt,
  };
}

/** What the actor may do now and what each act demands, in the order of a life without trouble. */
export function allowedFaultActions(
  fault: Pick<FaultFacts, 'state'>,
  actor: FaultActor,
): readonly { readonly action: FaultAction; readonly requires: readonly FaultRequirement[] }[] {
  return FAULT_ACTIONS.flatMap((action) => {
    const transition = FAULT_TRANSITIONS[fault.state].actions[action];
    if (!transition || !mayAct(transition.by, actor)) return [];
    return [{ action, requires: transition.requires ?? [] }];
  });
}

/** Whoever begins is on it, beside the unit it was given to. */
function ownerAfter({ owner }: FaultFacts, step: FaultStep, actor: FaultActor): FaultOwner {
  if (step.action === 'assign') return step.owner ?? owner;
  if (step.action === 'start' && actor.kind === 'person') return { ...owner, account: actor.id };
  return owner;
}

const IS_PARTY: Readonly<Record<FaultParty, (actor: FaultActor) => boolean>> = {
  technician: (actor) => actor.kind === 'person' && actor.handles,
  closer: (actor) => actor.kind === 'person' && actor.closes,
  rule: (actor) => actor.kind === 'rule',
};

const IS_MET: Readonly<Record<FaultRequirement, (step: FaultStep) => boolean>> = {
  note: ({ note }) => note !== undefined && note.trim() !== '',
  owner: ({ owner }) => owner !== undefined && (owner.account !== null || owner.unit !== null),
};

function mayAct(parties: readonly FaultParty[], actor: FaultActor): boolean {
  return parties.some((party) => IS_PARTY[party](actor));
}
