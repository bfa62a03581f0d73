/** What is written on the 审计 page. */
export const TEXT = {
  title: '审计',
  hint: '人和规则的每一次变更、每一次查看个人信息，都在这里，首尾相连，谁也改不了。',
  module: '平台体系',
  columns: ['时间', '谁', '做了什么', '对象', '在哪里', '链'],
  actor: '谁（账号名）',
  action: '事项',
  subject: '对象，如 GD20261120、account/',
  from: '从',
  to: '到',
  search: '查找',
  clear: '清除条件',
  none: '没有符合条件的记录',
  noneHint: '放宽条件，或清除条件后再找。',
  empty: '还没有审计记录',
  more: '查看变更',
  less: '收起',
  actingFor: (name: string) => `代 ${name}`,
  from_: (address: string) => `来自 ${address}`,
  rule: '规则',
  system: '系统启动',
  sealed: (seq: number) => `#${seq}`,
  unsealed: '待封存',
  unsealedHint: '刚刚写入，一秒左右封入链中',
  before: '变更前',
  after: '变更后',
  field: '项目',
  nothing: '没有记下变更内容',
  absent: '—',
  exportCsv: '导出 CSV',
  exportJson: '导出 NDJSON',
  exporting: '正在导出',
} as const;

export const CHAIN_TEXT = {
  title: '审计链',
  sealed: '已封存到',
  waiting: (n: number) => (n === 0 ? '没有待封存的记录' : `${n} 条待封存`),
  head: '最近的签名头',
  noHead: '还没有。每天零点后签前一天的',
  headOf: (day: string, seq: string) => `${day}，第 ${seq} 环`,
  check: '最近一次核验',
  noCheck: '还没有。每天 3 点后核验全链',
  sound: '完好',
  broken: '断开',
  brokenTitle: '审计链断开，记录可能被改动',
  brokenHint:
    '请保留现场，不要重启数据库。在服务器上运行 npm run audit:verify 查看全部断点，并用异地保存的签名头比对（--head 文件）。',
  brokenAt: (seq: number | null, id: number | null) =>
    [seq === null ? '' : `第 ${seq} 环`, id === null ? '' : `记录 ${id}`]
      .filter((one) => one !== '')
      .join('，'),
  reveals: '个人信息查看异常',
  reveal: (actor: string, count: number) => `${actor} 一小时内查看了 ${count} 次`,
} as const;

/** Presets of the search, by the beginning of the action. */
export const SUBJECTS_OF_ACTION = {
  'warning.': '预警',
  'work-order.': '工单',
  'session.': '登录与退出',
  'personal.': '查看个人信息',
  account: '账号与审批',
  'delegation.': '代理',
  'token.': '令牌',
  'platform.': '平台',
  'object.': '监测对象',
  'setting.': '设置',
  'device.': '设备',
  'replay-session.': '回放',
  'duty-log.': '值班日志',
  'audit.': '审计导出',
} as const;

const NOUNS: Readonly<Record<string, string>> = {
  account: '账号',
  'account-request': '账号申请',
  'account-review': '账号复核',
  alarm: '报警',
  audit: '审计记录',
  borders: '街镇边界',
  calendar: '工作日历',
  contact: '通讯录',
  delegation: '代理',
  device: '设备',
  'duty-log': '值班日志',
  export: '数据导出',
  handover: '交接班',
  identity: '统一身份',
  'import-mapping': '导入列对照',
  import: '导入',
  object: '监测对象',
  password: '口令',
  personal: '个人信息',
  platform: '平台',
  point: '监测点',
  'replay-session': '回放会话',
  role: '角色',
  roster: '值班表',
  'second-factor': '两步验证',
  session: '会话',
  setting: '设置',
  shift: '班次',
  swap: '换班',
  team: '班组',
  token: '令牌',
  tracks: '处置轨迹',
  unit: '单位',
  warning: '预警',
  'work-order': '工单',
  'work-order-entry': '工单流转记录',
  map: '一张图',
};

const VERBS: Readonly<Record<string, string>> = {
  accept: '接单',
  acknowledge: '签收',
  add: '记一笔',
  approve: '批准',
  arrive: '到场',
  attach: '上传附件',
  begin: '开始登记',
  bind: '绑定',
  change: '修改',
  clear: '销警',
  close: '结案',
  closed: '结束',
  correct: '更正',
  create: '新建',
  delete: '删除',
  disable: '停用',
  dispatch: '派单',
  dispose: '处置',
  edit: '修改',
  enable: '启用',
  end: '结束',
  enrol: '登记',
  export: '导出',
  'feed-back': '反馈',
  followed: '随边界重算',
  forgotten: '到期删除',
  generate: '生成',
  import: '导入',
  issue: '签发',
  locked: '锁定',
  manage: '管理',
  mark: '标记',
  normal: '恢复',
  open: '开立',
  opened: '登录',
  overdue: '超期',
  raised: '发出',
  refused: '登录被拒',
  register: '登记',
  reject: '退回',
  remind: '催办',
  reminded: '催办',
  remove: '解除',
  reopen: '重开',
  request: '申请',
  retire: '停用',
  reveal: '查看明文',
  'reveal-many': '查看异常',
  review: '复核',
  revoke: '吊销',
  rotate: '换发',
  save: '保存',
  'send-back': '退回补正',
  set: '设定',
  'stepped-down': '降级',
  unbind: '解绑',
  update: '修改',
  upgraded: '升级',
  withdraw: '撤回',
  write: '填写',
};

const WHOLE: Readonly<Record<string, string>> = {
  'warning.closed': '预警结案',
  'session.closed': '退出登录',
  'session.opened': '登录',
  'session.refused': '登录被拒',
  'session.locked': '登录锁定',
};

/** `work-order.accept` → 工单接单; a word that is not known stays as it is. */
export function actionText(action: string): string {
  const whole = WHOLE[action];
  if (whole !== undefined) return whole;
  const [noun = '', verb = ''] = action.split('.', 2);
  return `${NOUNS[noun] ?? noun}${VERBS[verb] ?? ` ${verb}`}`.trim();
}

/** `work-order/GD…` → 工单 GD… */
export function subjectText(subject: string): string {
  const cut = subject.indexOf('/');
  if (cut === -1) return NOUNS[subject] ?? subject;
  const kind = subject.slice(0, cut);
  return `${NOUNS[kind] ?? kind} ${subject.slice(cut + 1)}`;
}

const RULES: Readonly<Record<string, string>> = {
  'follow-alarms': '报警转预警',
  'close-warnings': '预警结案',
  'open-work-orders': '按手册开工单',
  'run-deadlines': '时限与催办',
  'release-points': '回放清理',
  'follow-borders': '边界重算',
  'forget-tracks': '轨迹到期删除',
  'watch-reveals': '个人信息查看监测',
};

export function ruleText(actor: string): string {
  const name = actor.slice('rule:'.length);
  return RULES[name] ?? name;
}
