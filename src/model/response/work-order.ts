/** States of a work order (预警工单), in the order of a life without trouble; the last five are side states. */
export const WORK_ORDER_STATES = [
  'raised',
  'dispatched',
  'accepted',
  'on-site',
  'disposing',
  'cleared',
  'reviewing',
  'closed',
  'rejected',
  'reopened',
] as const;
export type WorkOrderState = (typeof WORK_ORDER_STATES)[number];

export const WORK_ORDER_STATE_TEXT: Readonly<Record<WorkOrderState, string>> = {
  raised: '待派单',
  dispatched: '待接单',
  accepted: '已接单',
  'on-site': '已到场',
  disposing: '处置中',
  cleared: '已销警',
  reviewing: '复核中',
  closed: '已结案',
  rejected: '已退单',
  reopened: '已重开',
};

/** What people (and the dispatch rule) do to an order. */
export const WORK_ORDER_ACTIONS = [
  'dispatch',
  'accept',
  'reject',
  'arrive',
  'dispose',
  'feed-back',
  'clear',
  'review',
  'send-back',
  'close',
  'reopen',
] as const;
export type WorkOrderAction = (typeof WORK_ORDER_ACTIONS)[number];

export const WORK_ORDER_ACTION_TEXT: Readonly<Record<WorkOrderAction, string>> = {
  dispatch: '派单',
  accept: '接单',
  reject: '退单',
  arrive: '到场',
  dispose: '开始处置',
  'feed-back': '反馈',
  clear: '销警',
  review: '开始复核',
  'send-back': '退回补正',
  close: '结案',
  reopen: '重开',
};

/** Characters a clearing note (销警说明) needs at least: “好了” tells a reviewer nothing. */
export const CLEARING_NOTE_LENGTH = 10;

/** What an action can demand from the person who does it. */
export const REQUIREMENTS = ['reason', 'note', 'steps', 'verdict'] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** The verdict on the warning behind the order (D01 核查确认). */
export const VERDICTS = ['true', 'false-alarm', 'test', 'duplicate'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const VERDICT_TEXT: Readonly<Record<Verdict, string>> = {
  true: '真实',
  'false-alarm': '误报',
  test: '测试',
  duplicate: '重复',
};

/** The limits an order runs against (catalog §3.2): 接单 到场 首次反馈 处置销警 结案. */
export const DEADLINE_KINDS = ['accept', 'on-site', 'feedback', 'clear', 'close'] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

export const DEADLINE_TEXT: Readonly<Record<DeadlineKind, string>> = {
  accept: '接单',
  'on-site': '到场',
  feedback: '首次反馈',
  clear: '处置销警',
  close: '结案',
};
