import type { DependencyKind } from './dependency.ts';
import type { Level } from './level.ts';

/**
 * What came of a foreseen effect: nothing yet, a warning (or a held alarm) there in its time, or nothing in its time.
 * `standing`: it stood there before the cause was known, so nothing was foreseen and no rule is credited with it.
 */
export const CASCADE_OUTCOMES = ['pending', 'came-true', 'did-not', 'standing'] as const;
export type CascadeOutcome = (typeof CASCADE_OUTCOMES)[number];

export const CASCADE_OUTCOME_TEXT: Readonly<Record<CascadeOutcome, string>> = {
  pending: '观察中',
  'came-true': '已发生',
  'did-not': '未发生',
  standing: '原已预警',
};

/** What a cascade follows from. A fault counts where it stands at an object: its power is lost, its line is cut. */
export const CASCADE_CAUSES = ['warning', 'fault'] as const;
export type CascadeCause = (typeof CASCADE_CAUSES)[number];

/** How a rule finds what it reaches: by distance, in the same town, or along registered dependencies of these kinds. */
export type RuleReach =
  | { readonly radiusMeters: number }
  | { readonly sameTown: true }
  | { readonly along: readonly DependencyKind[] };

/** 连带规则 (`standards/dependencies.json`): what a warning or a fault at one object brings upon others. */
export interface DependencyRule {
  readonly code: string;
  readonly name: string;
  readonly when: {
    /** Of these items; of any where absent. */
    readonly items?: readonly string[];
    /** Or a fault of these kinds at the object. */
    readonly faults?: readonly string[];
    /** At least so bad. */
    readonly level: Level;
  };
  readonly reaches: {
    /** Objects with a point of one of these elements; any object where absent. */
    readonly elements?: readonly string[];
    /** What they are called: 下立交. */
    readonly what: string;
    readonly within: RuleReach;
  };
  /** Items that may follow there; any where empty. What follows may itself bring others about. */
  readonly expects: readonly string[];
  /** When it may be felt, from the cause; an edge's own lead time comes first. */
  readonly leadMinutes: number;
  /** Until when it counts as this cause's doing. */
  readonly withinMinutes: number;
  /** Alarms there that are the cause's doing and nobody's work of their own. */
  readonly suppresses?: {
    readonly items: readonly string[];
    /** Also red ones of what has happened (报警). Only where the rule says so. */
    readonly evenRed?: boolean;
    /** How long after the cause has gone they may take to recover by themselves. */
    readonly graceMinutes: number;
  };
  /** Why, as people read it. */
  readonly reason: string;
  readonly basis: string;
}
