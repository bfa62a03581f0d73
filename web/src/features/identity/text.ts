import type { IdentityRole } from '#model/platform';

/** What is written on the page 统一身份. */
export const TEXT = {
  title: '统一身份',
  module: '平台体系',
  hint: '临港、街镇和居村的人员经统一身份平台登录；能做什么，由这张映射表按其声明给出',
  on: (name: string) => `已启用：登录页有“${name}登录”`,
  off: '没有启用。请系统管理员设置 PUAN_OIDC_ISSUER、PUAN_OIDC_CLIENT_ID、PUAN_OIDC_CLIENT_SECRET 后重启。',
  rules: [
    '映射从各人下一次登录起生效；一次登录最长 8 小时，到时须再经统一身份平台登录。',
    '统一身份平台通知退出，会话立即结束；声明不再对应任何平台的人，下次登录时账号停用。',
    '30 天没有再经统一身份平台登录的账号自动停用，再次登录即恢复。',
    '三类管理员和区级部门的角色不能由统一身份平台给出。',
  ],
  table: '映射表',
  columns: ['顺序', '声明', '给出', '启用', '备注', ''],
  none: '还没有人能经统一身份登录',
  noneHint: '没有映射，任何人都不能经统一身份平台登录。可以先填入常用的三行，再按实际声明修改。',
  usual: '填入常用的三行',
  usualNotes: ['居村处置人员', '街镇值守', '临港业务管理员'],
  add: '添加一行',
  edit: '修改',
  remove: '删除',
  removeSure: '删除这一行？',
  removeWhy: '靠它登录的人，下次登录时会失去相应角色。',
  cancel: '取消',
  bars: '不准登录',
  is: (claim: string, value: string) => `${claim} 为 ${value}`,
  at: (platform: string) => `平台 ${platform}`,
  byClaim: (claim: string) => `机构编码取自 ${claim}`,
  switchOn: (line: string) => `启用“${line}”`,
} as const;

export const FORM_TEXT = {
  add: '添加映射',
  edit: '修改映射',
  effect: '遇到这个声明时',
  effects: { grant: '给出角色', bar: '不准登录' },
  claim: '声明',
  claimHint: '声明的名字，例 roles；在里层时写路径，例 realm_access.roles',
  value: '值',
  valueHint: '声明等于这个值，或（是列表时）含有它',
  role: '角色',
  where: '设在哪个平台',
  wheres: { claim: '由声明里的机构编码决定', platform: '固定的一个平台' },
  platformClaim: '机构编码所在的声明',
  platformClaimHint: '街镇 9 位、居村 12 位统计用区划代码；更长的会截到所属的居村或街镇',
  platform: '平台编码',
  platformHint: '例 lingang（临港新片区分平台）、310115125（张江镇）',
  priority: '顺序',
  priorityHint: '小的在前；第一个给出角色的平台是这个人的所在平台',
  note: '备注',
  save: '保存',
  needClaim: '请填写声明和它的值。',
  needWhere: '请写明平台编码，或写明机构编码所在的声明。',
  needPriority: '顺序须是 0 到 9999 的整数。',
} as const;

export const TRY_TEXT = {
  title: '试算',
  intro: '把统一身份平台给某人的声明（JSON）贴在这里，看按现在的映射表会得到什么。不会改动任何账号。',
  label: '声明（JSON）',
  example: '{\n  "name": "川和路 居村处置",\n  "roles": ["village"],\n  "org_code": "310115125001000"\n}',
  run: '试算',
  notJson: '这不是 JSON 对象。请检查引号、逗号和括号。',
  grants: '会得到',
  nothing: '不能登录：没有得到任何角色',
  barred: '不能登录：身份平台已停用这个人',
  refusals: '没有得到的，以及为什么',
  line: (line: string) => `映射“${line}”`,
  why: (line: string, why: string) => (line === '' ? why : `${line}：${why}`),
  seen: (seen: string) => `（${seen}）`,
} as const;

/** What each role is for, where it is chosen. */
export const ROLE_HINT: Readonly<Record<IdentityRole, string>> = {
  'village-handler': '只能设在居村',
  'town-operator': '只能设在街镇',
  handler: '设在居村、街镇或临港',
  'business-admin': '只能设在临港及其街镇',
  'city-operations': '设在区总平台、临港或街镇',
};
