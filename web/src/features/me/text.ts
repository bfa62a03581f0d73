import type { OwnSession, Token } from '#contract/platform';

export const TEXT = {
  title: '我的账号',
  hint: '我是谁、怎么登录、在哪里登录着。',
  who: '我的身份',
  username: '用户名',
  name: '姓名',
  roles: '角色',
  actingFor: (name: string): string => `代理 ${name}`,
  noRoles: '目前没有生效的角色。请联系本平台业务管理员。',
} as const;

export const PASSWORD_TEXT = {
  title: '密码',
  change: '修改密码',
  first: '还在用首次启动时设定的密码。改密后，这个账号就按正式账号管理：须启用两步验证，密码每 90 天更换。',
  ordinary: '密码每 90 天更换一次，到期登录时会要求修改。',
  done: '密码已修改。',
  cancel: '取消',
} as const;

export const FACTOR_TEXT = {
  title: '两步验证',
  on: '已启用：登录时除密码外还要验证器应用里的 6 位数字。',
  off: '未启用验证器应用：登录时不要求 6 位验证码。',
  enrol: '启用两步验证',
  enrolled: '两步验证已启用。',
  remove: '停用（换手机）',
  removeHint: '停用后须马上用新手机重新启用。请输入密码，和旧手机上的验证码或一个恢复码。',
  password: '密码',
  code: '验证码或恢复码',
  confirm: '停用两步验证',
  cancel: '取消',
} as const;

export const DEVICE_TEXT = {
  title: '绑定的手机',
  none: '没有绑定手机。',
  hint: '在绑定的手机上用 PIN 登录，免去雨里找验证码。连错 5 次、30 天不用、满 90 天、修改密码时自动解除。',
  bind: '绑定这台手机',
  bound: '已绑定，下次在这台手机上用 PIN 登录。',
  end: '解除绑定',
  cancel: '取消',
  columns: ['名称', '客户端', '绑定', '上次使用', '有效至', ''],
} as const;

export const SESSION_TEXT = {
  title: '登录会话',
  rule: '没有操作超过平台设定的时限（一般 30 分钟）自动退出；有值班权限的，开着页面即算在岗，不会中途退出。最长 24 小时须重新登录。',
  columns: ['客户端', '地址', '方式', '登录', '上次使用', ''],
  current: '这一个',
  end: '结束',
  endOthers: '结束其他全部',
  ended: '已结束，对方立即退出。',
} as const;

export const OPENED_WITH_TEXT: Readonly<Record<OwnSession['openedWith'], string>> = {
  password: '密码',
  code: '密码和验证码',
  'recovery-code': '密码和恢复码',
  pin: '绑定的手机和 PIN',
  identity: '统一身份',
};

export const TOKEN_TEXT = {
  title: '我签发的令牌',
  none: '没有签发过令牌。',
  hint: '令牌给网关、设备和脚本用，文字只在签发时显示一次。',
  columns: ['名称', '类型', '范围', '签发', '上次使用', '到期', '状态', ''],
  never: '未用过',
  forever: '长期',
  rotate: '换发',
  rotateHint: '新令牌立即可用；旧令牌再用这么久，以便更换：',
  revoke: '吊销',
  revokeHint: '吊销后，用它的设备或脚本立即不能再用。',
  stale: '90 天未用，建议吊销',
  replaced: '已换发',
  all: '签发人的全部范围',
  issue: '签发令牌',
  cancel: '取消',
  shownOnce: '新令牌只显示这一次，请立即抄到用它的网关、设备或脚本里：',
  copy: '复制',
  copied: '已复制',
  close: '我已保存',
} as const;

export const TOKEN_FORM_TEXT = {
  name: '名称',
  namePlaceholder: '如：防汛水位网关',
  kind: '给谁用',
  kinds: { gateway: '网关（多台设备）', device: '一台设备' },
  device: '设备',
  devicePlaceholder: '按设备编码查找',
  reach: '范围',
  reaches: { all: '我的全部', platform: '一个平台', scenarios: '几个场景' },
  platform: '平台',
  platformPlaceholder: '按名称或编码查找',
  scenarios: '场景',
  scenariosPlaceholder: '选一个或几个场景',
  end: '有效至（含当日，可不填）',
  endHint: '不填则长期有效；90 天不用会提示吊销。',
  submit: '签发',
  noName: '请填写名称，写明给哪个网关或设备用。',
  noDevice: '请选择设备。',
  noPlatform: '请选择平台。',
  noScenarios: '请至少选择一个场景。',
  past: '到期日须是今天或以后。',
} as const;

export const KIND_TEXT: Readonly<Record<Token['kind'], string>> = {
  gateway: '网关',
  device: '设备',
  person: '个人',
};

export const STATE_TEXT: Readonly<Record<Token['state'], string>> = {
  active: '有效',
  expired: '已过期',
  revoked: '已吊销',
};

/** How long an old token may live on, in minutes. */
export const GRACES = [
  { value: 10, label: '10 分钟' },
  { value: 60, label: '1 小时' },
  { value: 480, label: '8 小时' },
  { value: 1440, label: '24 小时' },
] as const;
