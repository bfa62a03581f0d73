/** States of a work order (预警工单), in the order of a life without trouble; the last four are side states. */
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
  'transferred',
  'suspended',
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
  transferred: '待接转单',
  suspended: '已挂起',
};

/** What an order was opened by: a warning, people, or the order whose part it is (协同工单). */
export const ORDER_SOURCES = ['warning', 'patrol', 'superior', 'hotline', 'part'] as const;
export type OrderSource = (typeof ORDER_SOURCES)[number];

export const ORDER_SOURCE_TEXT: Readonly<Record<OrderSource, string>> = {
  warning: '预警',
  patrol: '巡查发现',
  superior: '上级交办',
  hotline: '12345 热线',
  part: '协同工单',
};

/** How the unit that has to act was found: by the object, else its town, else who is on duty, else the handbook's words. */
export const UNIT_GROUNDS = ['object', 'town', 'roster', 'handbook'] as const;
export type UnitGround = (typeof UNIT_GROUNDS)[number];

/** What people (and the dispatch rule) do to an order: the way forward first, then the ways aside. */
export const WORK_ORDER_ACTIONS = [
  'dispatch',
  'accept',
  'arrive',
  'dispose',
  'clear',
  'review',
  'close',
  'resume',
  'feed-back',
  'analyse',
  'reject',
  'take-back',
  'transfer',
  'ask-suspension',
  'suspend',
  'refuse-suspension',
  'merge',
  'waive',
  'close-false-alarm',
  'send-back',
  'reopen',
  'reassign',
] as const;
export type WorkOrderAction = (typeof WORK_ORDER_ACTIONS)[number];

export const WORK_ORDER_ACTION_TEXT: Readonly<Record<WorkOrderAction, string>> = {
  dispatch: '派单',
  accept: '接单',
  arrive: '到场',
  dispose: '开始处置',
  clear: '销警',
  review: '开始复核',
  close: '结案',
  resume: '恢复处置',
  'feed-back': '反馈',
  analyse: '研判报告',
  reject: '退单',
  'take-back': '收回',
  transfer: '转单',
  'ask-suspension': '申请挂起',
  suspend: '同意挂起',
  'refuse-suspension': '不同意挂起',
  merge: '并入',
  waive: '免办',
  'close-false-alarm': '按误报结案',
  'send-back': '退回补正',
  reopen: '重开',
  reassign: '改派替岗',
};

/** Characters a clearing note (销警说明) needs at least: “好了” tells a reviewer nothing. */
export const CLEARING_NOTE_LENGTH = 10;

/** What an action can demand from the person who does it. */
export const REQUIREMENTS = [
  'reason',
  'note',
  'steps',
  'results',
  'verdict',
  'normal',
  'measured',
  'false-alarm',
  'unit',
  'until',
  'into',
  'parts',
] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** Days an order may be suspended at most before somebody has to approve it anew. */
export const LONGEST_SUSPENSION_DAYS = 30;

/** The verdict on the warning behind the order (D01 核查确认). */
export const VERDICTS = ['true', 'false-alarm', 'test', 'duplicate'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const VERDICT_TEXT: Readonly<Record<Verdict, string>> = {
  true: '真实',
  'false-alarm': '误报',
  test: '测试',
  duplicate: '重复',
};

/** The limits an order runs against (catalog §3.2): 接单 到场 首次反馈 续报 研判报告 处置销警 误报核实 结案. */
export const DEADLINE_KINDS = [
  'accept',
  'on-site',
  'feedback',
  'progress',
  'analysis',
  'clear',
  'verify',
  'close',
] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

/** Limits that an act begins; all others run from the moment the order opens. */
export const ARISING_LIMITS = ['progress', 'verify'] as const satisfies readonly DeadlineKind[];

export const DEADLINE_TEXT: Readonly<Record<DeadlineKind, string>> = {
  accept: '接单',
  'on-site': '到场',
  feedback: '首次反馈',
  progress: '续报',
  analysis: '研判报告',
  clear: '处置销警',
  verify: '误报核实',
  close: '结案',
};
