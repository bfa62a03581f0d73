/** State of a shift (班次). Swapped: its holder came by a swap; cancelled: nobody stands it, which leaves a gap. */
export const SHIFT_STATUSES = ['planned', 'swapped', 'cancelled'] as const;
export type ShiftStatus = (typeof SHIFT_STATUSES)[number];

/** How long one turn of a rota lasts: a shift, a whole day, or a week from Monday. */
export const TURNS = ['shift', 'day', 'week'] as const;
export type Turn = (typeof TURNS)[number];

/** What a calendar says of a day that is not as its weekday is: off, or worked for another one (调休). */
export const CALENDAR_DAY_KINDS = ['holiday', 'workday'] as const;
export type CalendarDayKind = (typeof CALENDAR_DAY_KINDS)[number];

/** What can be wrong with shifts, worst first. */
export const CONFLICT_KINDS = ['two-seats', 'closed-account', 'too-long', 'absent', 'kept', 'gap'] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

/** Kinds that must be accepted by a person before shifts are written. */
export const BLOCKING_CONFLICTS: readonly ConflictKind[] = ['two-seats', 'closed-account', 'too-long'];

/** A swap (换班): asked for by a holder, accepted by the other, approved by somebody who is neither of them. */
export const SWAP_STATES = ['requested', 'accepted', 'approved', 'refused', 'withdrawn'] as const;
export type SwapState = (typeof SWAP_STATES)[number];

export const SWAP_STATE_TEXT: Readonly<Record<SwapState, string>> = {
  requested: '待对方同意',
  accepted: '待审批',
  approved: '已换班',
  refused: '已拒绝',
  withdrawn: '已撤回',
};

/** `accept` and `decline` are the other holder's, `approve` and `refuse` the approver's, `withdraw` the requester's. */
export const SWAP_ACTIONS = ['accept', 'decline', 'approve', 'refuse', 'withdraw'] as const;
export type SwapAction = (typeof SWAP_ACTIONS)[number];

export const SWAP_ACTION_TEXT: Readonly<Record<SwapAction, string>> = {
  accept: '同意换班',
  decline: '不同意换班',
  approve: '批准换班',
  refuse: '驳回换班',
  withdraw: '撤回换班',
};

/** A hand-over (交接班): written, signed by the outgoing (frozen from then on), signed by the incoming. */
export const HANDOVER_STATES = ['draft', 'outgoing-signed', 'complete'] as const;
export type HandoverState = (typeof HANDOVER_STATES)[number];

export const HANDOVER_STATE_TEXT: Readonly<Record<HandoverState, string>> = {
  draft: '待交班人签字',
  'outgoing-signed': '待接班人签字',
  complete: '交接完成',
};

/** Lines of the duty log (值班日志): by the system, by a person, of a call (电话记录). */
export const LOG_KINDS = ['system', 'note', 'call'] as const;
export type LogKind = (typeof LOG_KINDS)[number];

export const CALL_OUTCOMES = ['reached', 'no-answer', 'wrong'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export const CALL_OUTCOME_TEXT: Readonly<Record<CallOutcome, string>> = {
  reached: '已接通',
  'no-answer': '无人接听',
  wrong: '号码有误',
};
