import type { AccountAction, AccountRequest, Delegation } from '#contract/platform';
import { ACCOUNT_STATE_TEXT, type AccountState } from '#model/platform';

/** What is written on 人员与角色 and 账号申请. */
export const TEXT = {
  module: '平台体系',
  people: '人员与角色',
  peopleHint: '谁在哪个平台担任什么角色。电话只显示掩码，查看完整号码须写明理由并留痕',
  requests: '账号申请',
  requestsHint: '开通、变更、注销都由一人提出、另一人批准',
  tabs: {
    accounts: '账号',
    teams: '班组',
    delegations: '代理',
    reviews: '定期复核',
    list: '申请列表',
    open: '新开账号',
    bulk: '批量开通',
  },
  none: '—',
  never: '从未登录',
  cancel: '取消',
  good: '好',
} as const;

export const ACCOUNT_TEXT = {
  search: '按姓名、用户名、单位、职务查找',
  columns: ['姓名', '单位与职务', '角色', '电话', '最近登录', '状态'],
  noneTitle: '没有符合的账号',
  noneHint: '换个条件，或到“账号申请”里提出开通。',
  role: '角色',
  state: '状态',
  platform: '平台（含下级）',
  allPlatforms: '全部平台',
  states: ACCOUNT_STATE_TEXT,
  noRole: '没有角色',
  until: '至',
  byTeam: '班组',
  byProvider: '统一身份',
  external: '由城运平台登录',
  drawer: {
    username: '用户名',
    unit: '单位',
    title: '职务',
    phone: '电话',
    home: '所属平台',
    created: '开通',
    signedIn: '最近登录',
    expires: '到期',
    sessions: '当前会话',
    disabled: '停用',
    locked: '锁定至',
    roles: '角色',
    teams: '班组',
    delegations: '代理',
    requests: '申请记录',
    leader: '组长',
    noEnd: '长期',
  },
} as const;

export const STATE_TONE: Readonly<Record<AccountState, 'active' | 'waiting' | 'done' | 'quiet' | 'late'>> = {
  open: 'done',
  'first-password': 'waiting',
  stale: 'waiting',
  expiring: 'waiting',
  locked: 'late',
  expired: 'quiet',
  disabled: 'quiet',
  left: 'quiet',
};

export const ACTION_TEXT: Readonly<Record<AccountAction, string>> = {
  'request-change': '申请变更',
  'request-close': '申请注销',
  'request-reset': '申请重置口令',
  disable: '停用',
  enable: '启用',
  unlock: '解除锁定',
  'reset-password': '重置口令',
  'reset-second-factor': '重置第二因素',
  reveal: '查看完整电话',
  delegate: '安排代理',
};

/** What happens, told before it does. */
export const CONSEQUENCE: Readonly<Partial<Record<AccountAction, string>>> = {
  disable: '会话、个人令牌和绑定的设备立即失效；做过的事都保留。',
  enable: '账号恢复使用。离任后停用的，角色须另行申请。',
  'reset-password': '原口令立即失效。临时口令只显示一次，首次登录必须修改。',
  'reset-second-factor': '本人下次登录须重新绑定验证器。',
  reveal: '谁、何时、因为什么查看，都会记入审计。',
  'request-close': '批准后账号停用、角色结束；做过的事都保留。',
  'request-reset': '三员的口令须两人办理：批准人得到临时口令，转交本人。',
};

export const FORM_TEXT = {
  username: '用户名',
  usernameHint: '3–40 个小写字母、数字、点、横线，以字母开头；开通后不能改',
  name: '姓名',
  unit: '单位',
  title: '职务',
  phone: '电话',
  phoneKeep: '不改就留空',
  home: '所属平台',
  roles: '角色',
  rolesHint: '一人可以在几个平台有几个角色；三员不能兼任。',
  addRole: '再加一个角色',
  removeRole: '去掉这个角色',
  role: '角色',
  at: '平台',
  validTo: '到期日',
  expires: '账号到期日',
  reason: '理由',
  reasonHint: '至少 5 个字，审批人和审计员看得到',
  left: '本人已离任',
  send: '提交申请',
  sent: '已提交，等待另一位审批人办理。',
  another: '再提一份',
  platformHint: '输入名称或编码查找',
} as const;

export const REQUEST_TEXT = {
  actions: { open: '开通', change: '变更', close: '注销', 'reset-password': '重置口令' } satisfies Record<
    AccountRequest['action'],
    string
  >,
  states: { pending: '待审批', approved: '已批准', refused: '已退回', withdrawn: '已撤回' } satisfies Record<
    AccountRequest['state'],
    string
  >,
  state: '状态',
  action: '类型',
  search: '按用户名、姓名查找',
  none: '没有这样的申请',
  noneHint: '新的申请会立即出现在这里。',
  approve: '批准',
  refuse: '退回',
  withdraw: '撤回',
  approveBatch: (batch: number) => `整批批准（第 ${batch} 批）`,
  refuseBatch: '整批退回',
  batch: (batch: number) => `第 ${batch} 批`,
  refuseReason: '退回理由',
  by: '提出',
  actingFor: (name: string) => `代${name}`,
  decided: '办理',
  cleared: '（清空）',
} as const;

export const PASSWORD_TEXT = {
  title: '临时口令，只显示这一次',
  hint: '请当面或电话转交本人。首次登录必须修改；关掉后不能再看，只能重置。',
  copy: '复制',
  copyAll: '全部复制',
  copied: '已复制',
  done: '我已转交，关闭',
} as const;

export const BULK_TEXT = {
  intro:
    '从表格里复制，粘贴到下面。每行一人，列的顺序：用户名、姓名、单位、职务、电话、所属平台、角色、到期日。',
  roleHint:
    '角色写中文名或代码，几个用顿号隔开；不在所属平台的写成“处置人员@燃气”。到期日写成 2026-12-31，可以不填。',
  paste: '粘贴表格',
  sample: 'flood.duty1\t防汛值守甲\t区应急管理局\t值守\t\tFLOOD\t处置人员\t2026-12-31',
  check: '试算',
  send: (rows: number) => `提交 ${rows} 行`,
  fine: (rows: number) => `${rows} 行都可以提交。`,
  faults: (faulty: number, rows: number) => `${rows} 行里有 ${faulty} 行有问题，改好再试算；一行也没有提交。`,
  row: '行',
  fault: '问题',
  sent: (rows: number, batch: number) => `已提交 ${rows} 行，为第 ${batch} 批，等待另一位审批人整批办理。`,
  tooMany: (limit: number) => `一次最多 ${limit} 行，请分几次。`,
  columns: ['用户名', '姓名', '单位', '职务', '电话', '平台', '角色', '到期日'],
} as const;

export const TEAM_TEXT = {
  search: '按班组名称、编码查找',
  none: '还没有班组',
  noneHint: '班组成员共同持有班组的角色，先接单者负责。',
  open: '成立班组',
  change: '修改',
  disband: '撤销',
  disbandSure: '撤销后班组的角色立即结束，做过的事都保留。',
  code: '编码',
  name: '名称',
  platform: '所属平台',
  unit: '单位',
  phone: '值班电话',
  note: '备注',
  members: '成员',
  leader: '组长',
  noLeader: '未定',
  membersHint: '输入姓名或用户名',
  role: '共同的角色',
  save: '保存',
  noMembers: '没有成员',
} as const;

export const DELEGATION_TEXT = {
  mine: '与我有关的',
  all: '管辖范围内的',
  over: '也看已结束的',
  none: '没有进行中的代理',
  noneHint: '请假、出差时指定代理人：有起止时间，所做的每件事都记着替谁做。',
  open: '安排代理',
  openMine: '指定我的代理人',
  principal: '被代理人',
  principalMe: '我自己',
  deputy: '代理人（用户名）',
  deputyHint: '输入用户名',
  from: '开始',
  to: '结束',
  reason: '事由',
  reasonHint: '如：年休假、外出培训',
  hint: '最长 60 天。不能转代理；三员的代理人不能有其他角色。',
  end: '结束代理',
  states: { coming: '未开始', running: '进行中', over: '已结束' } satisfies Record<
    Delegation['state'],
    string
  >,
  sentence: (deputy: string, principal: string) => `${deputy} 代 ${principal}`,
  arranged: '安排人',
} as const;

export const REVIEW_TEXT = {
  hint: '每季度把每个账号看一遍：还在岗的保留，不在的提交注销。两周内完成。',
  open: '发起复核',
  platform: '平台（含下级）',
  none: '还没有复核',
  overdue: '超过一个季度没有复核',
  never: '从未复核',
  accounts: (count: number) => `${count} 个账号`,
  progress: (done: number, all: number) => `已看 ${done} / ${all}`,
  late: '超期',
  over: '已完成',
  running: '进行中',
  look: '逐个复核',
  confirm: '保留',
  confirmAll: '本页未定的全部保留',
  close: '提交注销',
  closeReason: '注销理由',
  confirmed: '保留',
  toClose: '已提交注销',
  empty: '没有要看的账号',
  back: '返回复核列表',
} as const;
