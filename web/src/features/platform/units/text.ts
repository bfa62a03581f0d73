import type { UnitKind } from '#contract/platform';

/** What is written on the 责任单位 page. */
export const TEXT = {
  title: '责任单位',
  hint: '责任、权属、运营、维保与技术保障单位，以及它们的联系电话',
  search: '按名称或编码查找单位',
  kind: '类别',
  platform: '只看某平台的单位',
  create: '登记单位',
  import: '批量导入',
  columns: ['单位', '类别', '所属平台', '联系岗位', '电话', '名下对象', ''],
  none: '还没有登记单位',
  noneHint: '逐个登记，或把现有的表格批量导入。',
  notFound: '没有找到符合的单位',
  objects: (count: string) => `${count} 个`,
} as const;

export const UNIT_KIND_TEXT: Readonly<Record<UnitKind, string>> = {
  responsible: '责任单位',
  owner: '权属单位',
  operator: '运营单位',
  maintainer: '维保单位',
  technical: '技术保障单位',
  other: '其他',
};

export const UNIT_KIND_ORDER: readonly UnitKind[] = [
  'responsible',
  'owner',
  'operator',
  'maintainer',
  'technical',
  'other',
];

export const FORM = {
  create: '登记单位',
  edit: (name: string) => `编辑 ${name}`,
  fields: {
    code: '编码',
    name: '名称',
    kind: '类别',
    platform: '所属平台',
    creditCode: '统一社会信用代码',
    contact: '联系岗位',
    phone: '电话',
    address: '地址',
    note: '备注',
  },
  hints: {
    code: '登记后不能改。没有统一编码时可用简称，例：PDGAS',
    creditCode: '18 位数字或大写字母',
    contact: '只写岗位，不写个人姓名。例：值班室',
    phoneKeep: (masked: string) => `${masked}（留空不变）`,
  },
  need: (field: string) => `“${field}”要填写。`,
  badCredit: '统一社会信用代码须为 18 位数字或大写字母。',
} as const;
