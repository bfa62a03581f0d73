import type { Capability } from '#model/platform';
import type { Requirement, Verdict, WorkOrderAction, WorkOrderState } from '#model/response';
import type { DisposalType, ResultField } from '#model/standard';
import type { FalseAlarmReason } from '#model/warning';

import type { ClosureFacts } from './closure-facts.ts';

/** What the decision needs of an order. Times are epoch ms. */
export interface OrderFacts {
  readonly state: WorkOrderState;
  readonly red: boolean;
  /** The state from which a transferred or suspended order went aside. */
  readonly stoodAt: WorkOrderState | null;
  readonly handlerId: number | null;
  /** Who cleared it last: the handler, or somebody on his behalf. */
  readonly clearedById: number | null;
  /** Who asked for the suspension that is being decided on, or holds. */
  readonly suspensionAskedById: number | null;
  readonly closedAt: number | null;
  readonly steps: readonly { readonly code: string; readonly required: boolean; readonly done: boolean }[];
  /** What the disposal types of the frozen handbook must produce, and whether it is there. */
  readonly results: readonly (ResultField & { readonly type: DisposalType; readonly done: boolean })[];
  /** Of an order for a co-unit: whether the order it is part of is closed; null for any other. */
  readonly parentClosed: boolean | null;
  /** Orders of co-units that are neither closed nor waived. */
  readonly openParts: number;
  /** Whether a 研判报告 is asked of it and not there yet. */
  readonly analysisOwed: boolean;
  /** Whether somebody was there. */
  readonly arrived: boolean;
  /** Pictures that were handed in. */
  readonly photos: number;
  /** Signs behind its warning that have not been back to normal for their off-delay, each with its present value. */
  readonly standing: readonly string[];
  /** The handler has said that the sensor is faulty and what was measured on site, and nobody has confirmed it. */
  readonly unconfirmed: boolean;
  /** What a record is judged by at clearing and closing. */
  readonly record: ClosureFacts;
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
  readonly falseAlarm?: FalseAlarmReason | undefined;
  /** Codes of handbook steps done with this action. */
  readonly steps?: readonly string[] | undefined;
  /** What a disposal type produced. */
  readonly results?:
    | readonly { readonly type: DisposalType; readonly field: string; readonly value: string }[]
    | undefined;
  readonly attachments?: readonly number[] | undefined;
  /** 传感器故障，现场已实测: what was measured where the sensor lies. */
  readonly measured?: { readonly value: number; readonly unit: string } | undefined;
  /** The reviewer confirms that. */
  readonly confirmMeasured?: boolean | undefined;
  /** Where an order is sent or handed on to. */
  readonly unit?: string | undefined;
  /** When a suspension ends by itself. */
  readonly until?: number | undefined;
  /** The order that goes on for one that is merged. */
  readonly into?: number | undefined;
}

/** A requirement that is not met; for `steps` the codes that are still open. */
export interface Missing {
  readonly requirement: Requirement;
  readonly steps?: readonly string[];
  /** For `results`: what is asked for, in words. */
  readonly results?: readonly string[];
  /** For `normal`: the signs that stand, in words. */
  readonly standing?: readonly string[];
}
