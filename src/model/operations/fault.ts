/** States of a fault (故障). `resolved` 已恢复: its cause is gone, or who repaired it says so; a person closes it. */
export const FAULT_STATES = ['open', 'assigned', 'in-progress', 'resolved', 'closed', 'reopened'] as const;
export type FaultState = (typeof FAULT_STATES)[number];

export const FAULT_STATE_TEXT: Readonly<Record<FaultState, string>> = {
  open: '待派',
  assigned: '已派',
  'in-progress': '处理中',
  resolved: '已恢复',
  closed: '已关闭',
  reopened: '已重开',
};

/** What people do to a fault; rules resolve and reopen. */
export const FAULT_ACTIONS = ['assign', 'start', 'note', 'resolve', 'close', 'reopen'] as const;
export type FaultAction = (typeof FAULT_ACTIONS)[number];

export const FAULT_ACTION_TEXT: Readonly<Record<FaultAction, string>> = {
  assign: '派给',
  start: '开始处理',
  note: '记一笔',
  resolve: '报告恢复',
  close: '关闭',
  reopen: '重开',
};

/** What an action demands from whoever does it. */
export const FAULT_REQUIREMENTS = ['note', 'owner'] as const;
export type FaultRequirement = (typeof FAULT_REQUIREMENTS)[number];

/** Who found it: a rule, a person, the device itself (its own self-check), a process of this system. */
export const FAULT_FINDERS = ['rule', 'person', 'device', 'process'] as const;
export type FaultFinder = (typeof FAULT_FINDERS)[number];

export const FAULT_FINDER_TEXT: Readonly<Record<FaultFinder, string>> = {
  rule: '规则发现',
  person: '人员报修',
  device: '设备自报',
  process: '系统自查',
};

/** What is sick. A line (接入线路) is a gateway with everything that speaks through it. */
export const FAULT_SUBJECTS = ['device', 'point', 'object', 'line', 'process', 'data-source'] as const;
export type FaultSubjectKind = (typeof FAULT_SUBJECTS)[number];

export const FAULT_SUBJECT_TEXT: Readonly<Record<FaultSubjectKind, string>> = {
  device: '设备',
  point: '监测点',
  object: '监测对象',
  line: '接入线路',
  process: '系统进程',
  'data-source': '数据来源',
};

export interface FaultSubject {
  readonly kind: FaultSubjectKind;
  /** Stable within its kind: `hj212/DEVICE-CODE`, a point's or an object's code, a line's protocol, a process's name. */
  readonly key: string;
}

/** A device's key: codes are unique within their protocol only. */
export function deviceKey(protocol: string, code: string): string {
  return `${protocol}/${code}`;
}
