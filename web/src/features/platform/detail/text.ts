import type { PlatformFact, PlatformSetting } from '#contract/platform';

import { NONE } from '../text.ts';

/** What is written on a platform's page. */
export const DETAIL_TEXT = {
  tabs: { overview: '概况', children: '下级平台', objects: '监测对象', settings: '设置' },
  path: '所在位置',
  back: '平台树',
  inferred: '推定',
  inferredWhy: '规章没有点名，由附件推断，待确认',
  zone: '只是地域，不是平台，不计数',
  counts: {
    children: '下级平台',
    objects: '监测对象',
    points: '监测点',
    openWarnings: '未结预警',
    openWorkOrders: '未结工单',
  },
  countsHint: '只计您能看到的',
} as const;

export const FACT_TEXT: Readonly<
  Record<PlatformFact | 'effectiveFrom' | 'effectiveTo' | 'contacts', string>
> = {
  name: '名称',
  department: '责任部门',
  unit: '运营单位',
  technicalUnit: '技术保障单位',
  note: '备注',
  effectiveFrom: '生效日期',
  effectiveTo: '终止日期',
  contacts: '联系岗位',
};

export const FACTS_TEXT = {
  title: '平台资料',
  code: '编码',
  kind: '类别',
  effective: '有效期',
  from: (day: string) => `${day} 起`,
  until: (from: string, to: string) => `${from} 至 ${to}`,
  edited: '已人工修改',
  standard: (value: string | null) => `标准文件：${value ?? '（空）'}`,
  editedBy: (who: string, when: string) => `${who} ${when} 修改过`,
} as const;

export const DUTY_TEXT = {
  title: '职责',
  none: '还没有录入职责',
  noneHint: '规章附件没有为这一类平台逐项列出职责。',
  unseen: '未见原文',
  unseenWhy: '出处是转引的，我们没有读到原文，使用前请核对',
} as const;

export const CONTACT_TEXT = {
  title: '联系岗位',
  none: '还没有联系岗位',
  noneHint: '按“编辑”添加：岗位、单位和电话。只写岗位，不写个人姓名。',
} as const;

export const ROLES_TEXT = {
  title: '责任落实',
  all: '看全部',
  none: '这一类平台没有必须落实的角色。',
  team: '班组',
  since: (when: string) => `${when} 起`,
  leftAt: (name: string, when: string) => `${name} ${when} 离岗`,
} as const;

export const CHILDREN_TEXT = {
  none: '没有下级平台',
  columns: ['名称', '类别', '责任部门', '下级'],
} as const;

export const WITHIN_TEXT = {
  search: '按名称或编码查找对象',
  columns: ['对象', '场景', '属地', '权属单位', '标记'],
  none: '这个平台内还没有监测对象',
  noneHint: '在“监测对象”页登记或批量导入；属地由坐标算出。',
  notFound: '没有找到符合的对象',
  ledger: '打开台账',
  below: '对象在下级平台里看',
  belowHint: '这个平台的对象归其下级平台，请从“下级平台”打开。',
} as const;

export const EDIT_TEXT = {
  title: (name: string) => `编辑 ${name}`,
  hint: '清空即删除该项。改回标准值，该项就重新跟随标准文件。',
  day: '年-月-日',
  contacts: '联系岗位',
  contactsHint: '只写岗位，不写个人姓名。电话留空则不变。',
  post: '岗位',
  unit: '单位',
  phone: '电话',
  keep: (masked: string) => `${masked}（不变）`,
  dropPhone: '删除电话',
  note: '备注',
  add: '添加岗位',
  remove: '删除这一岗位',
  needName: '名称不能为空。',
  needPost: '每个联系岗位都要写岗位名称。',
  badDay: '日期写成 2026-11-23 这样。',
  order: '终止日期不能早于生效日期。',
} as const;

export const SETTING_TEXT = {
  intro: '每一项都从上级继承；本级可以另设。梯子上标“生效”的一级就是现在的值从哪里来。',
  none: '没有可设置的项',
  defaultStep: '系统默认',
  inherits: '随上级',
  inForce: '生效',
  here: '本级',
  from: (name: string) => `来自 ${name}`,
  fromDefault: '来自系统默认',
  fromHere: '本级设定',
  by: (who: string, when: string) => `${who} · ${when}`,
  set: '在本级设定',
  change: '修改',
  clear: '取消本级设定',
  clearWhy: '取消后改随上级的值。',
  tighten: '只可收紧',
  tightenWhy: '不得宽于上级设定的值',
  bounds: (min: string, max: string) => `${min}–${max}`,
  atLeast: (min: string) => `不小于 ${min}`,
  atMost: (max: string) => `不大于 ${max}`,
  listHint: '一行一项',
  badNumber: '请填整数。',
  outOfBounds: (bounds: string) => `须在 ${bounds} 之间。`,
  ladder: (label: string) => `“${label}”从哪里来`,
  saved: '已保存',
} as const;

/** A setting's value as people read it: `30 分钟`, `—` for an empty list. */
export function settingText(value: PlatformSetting['value'], unit: string | null): string {
  if (value === null || value === undefined || value === '') return NONE;
  if (Array.isArray(value)) return value.length === 0 ? NONE : value.map(String).join('、');
  if (typeof value === 'object') return JSON.stringify(value);
  return unit === null ? String(value) : `${value} ${unit}`;
}
