import type { FaultSubjectKind } from '#model/operations';

export const TEXT = {
  title: '技术保障',
  hint: '什么坏了、从什么时候起、谁在处理、什么时候该恢复。规则每分钟巡查一次，原因消除时自动恢复，由人关闭。',
  tabs: { faults: '故障', alive: '自检与对账' },
  fault: '故障',
  report: '报修',
  scope: '范围',
  open: '未关闭',
  mine: '等我处理',
  overdue: '超期',
  all: '全部',
  state: '状态',
  kind: '种类',
  subject: '对象类别',
  search: '编号、对象、说明',
  columns: ['故障', '状态', '恢复时限', '谁在处理', '发现'] as const,
  nobody: '还没有人',
  by: '系统自动',
  none: '没有符合条件的故障',
  noneHint: '设备、线路、平台自身的故障会自动出现在这里；看到东西坏了，也可以报修。',
  returned: (times: number) => `反复 ${times} 次`,
  simulated: '模拟',
  limit: '恢复',
  recovered: '按时恢复',
  recoveredLate: (late: string) => `超期 ${late}恢复`,
  history: '经过',
  older: '只显示最近的 200 条。',
  facts: {
    subject: '对象',
    kind: '种类',
    found: '发现',
    opened: '发生',
    due: '应恢复',
    basis: '时限依据',
    owner: '处理人',
    resolved: '恢复',
    closed: '关闭',
  },
  cancel: '取消',
  sending: '正在提交',
  note: '说明',
  noteNeeded: '请写明情况。',
  person: '派给谁',
  unit: '运维单位',
  ownerNeeded: '请选一个人，或写明单位。',
  notePlaceholder: '做了什么，看到什么',
  done: '没有需要您办的事。',
} as const;

export const REPORT = {
  title: '报修',
  subjectKind: '什么坏了',
  key: '编号',
  kind: '怎么了',
  summary: '情况',
  summaryPlaceholder: '看到了什么，从什么时候起',
  send: '提交',
  missing: '请填编号和情况。',
} as const;

export const KEY_HINT: Readonly<Record<FaultSubjectKind, string>> = {
  device: '协议/设备编号，如 hj212/PD-UP-001',
  point: '监测点编号',
  line: '线路名称，如 hj212',
  process: '进程或系统名称',
  'data-source': '来源名称',
};

export const TODO = {
  title: '等我处理的故障',
  more: (count: number) => `全部 ${count} 条`,
} as const;
