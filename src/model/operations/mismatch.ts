/** What a reconciliation (对账) finds without its partner. */
export const MISMATCH_KINDS = [
  'alarm-without-warning',
  'warning-without-evidence',
  'warning-without-order',
  'warning-not-closed',
  'event-not-published',
  'event-not-followed',
  'deadline-without-order',
  'reading-count',
] as const;
export type MismatchKind = (typeof MISMATCH_KINDS)[number];

interface MismatchRule {
  readonly text: string;
  /** What should be, and within what. */
  readonly rule: string;
}

export const MISMATCH_RULES: Readonly<Record<MismatchKind, MismatchRule>> = {
  'alarm-without-warning': {
    text: '报警没有预警',
    rule: '每条报警 5 分钟内进入一条预警，或有保留（待核实、搁置、抑制）的记录',
  },
  'warning-without-evidence': {
    text: '预警没有依据',
    rule: '生效中的预警至少有一条未恢复的报警；最后一条恢复后 5 分钟内恢复正常',
  },
  'warning-without-order': { text: '预警没有工单', rule: '每条预警 5 分钟内有一张工单' },
  'warning-not-closed': { text: '工单结了预警没结', rule: '预警已恢复且工单已结案的，5 分钟内结案' },
  'event-not-published': { text: '事件没有发布', rule: '每个事件 5 分钟内从发件箱发布' },
  'event-not-followed': { text: '事件没有办理', rule: '每个事件 5 分钟内被订阅它的每个环节办完' },
  'deadline-without-order': { text: '时限没有工单', rule: '还会提醒的时限都属于一张没有结案的工单' },
  'reading-count': {
    text: '读数条数对不上',
    rule: '前一天收下的读数条数（按场景）等于库中的行数；在当天读数尚未压缩时（0:00–0:15）核对',
  },
};

export const MISMATCH_SUBJECTS = ['alarm', 'warning', 'work-order', 'events', 'readings'] as const;
export type MismatchSubject = (typeof MISMATCH_SUBJECTS)[number];
