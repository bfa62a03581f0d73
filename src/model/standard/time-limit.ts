import type { Basis } from './basis.ts';
import type { HandbookRole } from './handbook-role.ts';
import type { SignLevel } from './sign.ts';

export const LIMIT_CLASSES = ['T-std', 'T-life', 'T-infra', 'T-met'] as const;
export type LimitClassCode = (typeof LIMIT_CLASSES)[number];

/** Seconds from the step's start, the end of the working day it falls in, or for as long as the sign lasts. */
export type TimeLimit = number | { readonly kind: 'end-of-working-day' } | { readonly kind: 'sign-normal' };

/** 接单, 到场, 首次反馈, 续报, 处置销警, 结案, 误报核实: each counted from dispatch unless its name says otherwise. */
export interface LevelLimits {
  readonly acceptSeconds: TimeLimit;
  readonly onSiteSeconds: TimeLimit;
  readonly feedbackSeconds: TimeLimit;
  /** Repeated while the order is open. */
  readonly followUpSeconds: TimeLimit;
  /** The interval after the first follow-up, where it widens. */
  readonly followUpLaterSeconds?: TimeLimit;
  readonly clearSeconds: TimeLimit;
  readonly closeSeconds: TimeLimit;
  /** For the verdict 真实 / 误报. */
  readonly verifySeconds: TimeLimit;
  /** 研判报告 of a slow structure. */
  readonly analystReportSeconds?: TimeLimit;
  /** True: only working periods count; false: 24×7. */
  readonly workingHours: boolean;
}

/** Limits of one handbook entry that differ from its class. */
export type LimitOverrides = { readonly [K in keyof LevelLimits]?: LevelLimits[K] | undefined };

export interface LimitClass {
  readonly code: LimitClassCode;
  readonly name: string;
  readonly levels: Readonly<Record<SignLevel, LevelLimits>>;
  readonly basis: Basis;
}

export const ESCALATION_CHANNELS = ['push', 'sms', 'voice'] as const;
export type EscalationChannel = (typeof ESCALATION_CHANNELS)[number];

export type EscalationRecipient =
  | { readonly kind: 'role'; readonly role: HandbookRole }
  | { readonly kind: 'deputy'; readonly role: HandbookRole }
  | { readonly kind: 'platform-duty'; readonly platform: string };

/** One rung: at `percent` of a limit, tell these people by these channels. From 100 on the order is 超期. */
export interface EscalationRung {
  readonly percent: number;
  readonly channels: readonly EscalationChannel[];
  readonly recipients: readonly EscalationRecipient[];
}

/** The rules that stand beside the ladder. */
export interface EscalationRules {
  readonly ladder: readonly EscalationRung[];
  /** A red order nobody accepted: call, hand to the deputy, tell the district's duty desk, at once. */
  readonly unacceptedRed: {
    readonly afterSeconds: number;
    readonly channels: readonly EscalationChannel[];
    readonly recipients: readonly EscalationRecipient[];
    readonly reassign: boolean;
  };
  /** An escalation nobody acknowledged goes to the next rung, at these levels only. */
  readonly unacknowledged: { readonly afterSeconds: number; readonly levels: readonly SignLevel[] };
  /** 超期未结案 list, every day until closed. `HH:MM` Beijing time. */
  readonly overdueListAt: string;
  /** Levels whose clock may never be stopped by a suspension. */
  readonly neverSuspended: readonly SignLevel[];
  readonly basis: Basis;
}

/** `HH:MM` Beijing time; a working day may have several. */
export interface WorkingPeriod {
  readonly from: string;
  readonly to: string;
}

/** The content of `standards/limits.json`. */
export interface LimitsFile {
  readonly version: string;
  readonly workingPeriods: readonly WorkingPeriod[];
  readonly workingPeriodsBasis: Basis;
  readonly classes: readonly LimitClass[];
  readonly escalation: EscalationRules;
}
