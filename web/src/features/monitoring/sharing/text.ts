import type { SharedGrant } from '#contract/monitoring';

/** What is written on 监测要素 → 共享. */
export const SHARING_TEXT = {
  intro: '可以提供给别的单位的感知数据。授权写明给谁、为何、到何时；每次取用逐日计数。',
  offer: '列入目录',
  columns: ['数据', '来自', '要素', '监测点', '有效授权', '近 30 天取用', ''],
  none: '目录还是空的',
  noneHint: '把一个场景或一个平台的一部分要素列入目录，再授权给需要的单位。',
  allElements: '全部要素',
  in: (territory: string) => `限 ${territory}`,
  used: (requests: string, readings: string) => `${requests} 次，${readings} 条`,
  unused: '没有',
  grant: '授权',
  withdraw: '撤下',
  withdrawSure: '从目录撤下这项数据？',
  withdrawWhy: '它的授权随之结束，已登记的取用仍可查。',
  keep: '不撤下',
} as const;

export const OFFER_TEXT = {
  title: '列入共享目录',
  name: '名称',
  platform: '来自哪个场景或平台',
  elements: '哪些要素（空为全部）',
  territory: '限于哪里（空为全部属地）',
  note: '说明',
  send: '列入',
  faults: { name: '请写名称。', platform: '请选来自哪个场景或平台。' },
} as const;

export const GRANT_TEXT = {
  heading: '授权与取用',
  columns: ['单位', '数据', '目的', '期限', '状态', '累计取用', '最近一天', ''],
  none: '还没有授权',
  noneHint: '在目录里选一项数据，点“授权”。',
  title: (item: string) => `授权使用“${item}”`,
  unit: '使用单位',
  purpose: '目的',
  token: '它的接入令牌（空则只经推送提供）',
  tokenHint: '令牌在“我的账号”里签发，类型为接入令牌。取数地址：/api/v1/shared-grants/{授权号}/readings',
  until: '到哪一天（含）',
  send: '授权',
  onlyPush: '只经推送',
  end: '结束',
  endSure: '现在结束这项授权？',
  keep: '不结束',
  states: { waiting: '未开始', 'in-force': '有效', over: '已到期', ended: '已结束' } satisfies Record<
    SharedGrant['state'],
    string
  >,
  days: '逐日',
  daysTitle: (unit: string) => `${unit}：逐日取用`,
  dayColumns: ['日期', '次数', '读数'],
  noDays: '还没有取用过',
  faults: { unit: '请写使用单位。', purpose: '请写目的。', until: '请选一个以后的日期。' },
} as const;
