import type { Datum } from '#model/platform';

/** What is written on the 监测对象 page. */
export const TEXT = {
  title: '监测对象台账',
  hint: '桥梁、下立交、储罐、场站……每个对象站在场景（条）和属地（块）两条线上',
  search: '按名称或编码查找对象',
  unit: '按单位查找',
  approximate: '只看属地待核的',
  retired: '只看已停用的',
  create: '登记对象',
  import: '批量导入',
  columns: ['对象', '场景', '属地', '权属单位', '运营单位', '维保单位', '标记'],
  none: '还没有监测对象',
  noneHint: '逐个登记，或把现有的表格批量导入。属地由坐标自动算出。',
  notFound: '没有找到符合的对象',
  notFoundHint: '换一个字试试，或放宽筛选。',
  keys: '上下移动',
  openKey: '打开',
  clear: '清除筛选',
} as const;

export const TAG_TEXT = {
  approximate: '属地待核',
  approximateWhy: '没有导入边界，按最近的街镇中心估算',
  retired: '已停用',
} as const;

export const FACTS = {
  code: '编码',
  name: '名称',
  scenarios: '场景',
  town: '街镇',
  village: '居村',
  position: '坐标',
  wgs84: 'WGS-84',
  parameters: '对象参数',
  signs: '体征与限值',
  address: '地址',
  owner: '权属单位',
  operator: '运营单位',
  maintainer: '维保单位',
  retiredAt: '停用时间',
  onMap: '在一张图上看',
  freeName: '不在单位台账里，只记了名称',
  lat: '纬度',
  lon: '经度',
  datum: '坐标系',
} as const;

export const DRAWER = {
  create: '登记监测对象',
  missing: '没有找到这个对象',
  retire: '停用',
  restore: '恢复使用',
  retireTitle: (name: string) => `停用 ${name}`,
  retireWhy: '停用后不再监测，历史数据、预警和工单都保留，以后可以恢复。有未结束的预警或工单时不能停用。',
  retireReason: '停用理由',
  retireHint: '例：泵站已拆除',
  created: (name: string, town: string) => `已登记“${name}”，属地 ${town}`,
  another: '再登记一个',
  done: '好',
} as const;

export const LINKS = {
  title: '关联对象',
  why: '复合体征判断一个对象时，同时读取关联对象上成立的体征，例如雨量站暴雨且下立交积水。关联写在一方，双方都能看到。',
  none: '没有关联对象',
  atOther: '写在对方，到对方那里改',
  remove: '解除',
  removeOf: (name: string) => `解除与“${name}”的关联`,
  search: '按名称或编码查找要关联的对象',
  kind: '什么关系',
  add: '添加关联',
} as const;

export const FORM = {
  codeHint: '登记后不能改',
  partyHint: '填单位编码或名称；台账里没有的，先按名称记下',
  datumTitle: '坐标从哪里来',
  positionKeep: '坐标不改就不动；改了以后属地重新计算。',
  placeHint: '属地由坐标算出；知道得更准时可以在这里指定。',
  autoPlace: '自动',
  need: (field: string) => `“${field}”要填写。`,
  parametersTitle: '对象参数',
  parametersHint: '设计值、分级水位、限值……体征按它们判断；空着的，用到它的体征在这个对象上停用。',
  noParameters: '这些场景的体征不需要对象参数。',
  range: (min: number, max: number, unit: string) => `${min}–${max}${unit === '' ? '' : ` ${unit}`}`,
  badParameter: '对象参数要填数字。',
  badLat: '纬度应是 30 到 32 之间的小数（浦东约 31.2）。经纬度是不是填反了？',
  badLon: '经度应是 121 到 123 之间的小数（浦东约 121.5）。经纬度是不是填反了？',
} as const;

/** Which one a person probably has in hand. */
export const DATUM_TEXT: Readonly<Record<Datum, { readonly name: string; readonly hint: string }>> = {
  WGS84: { name: 'GPS 或 RTK', hint: 'WGS-84，手持 GPS、测量仪、国际地图' },
  GCJ02: { name: '高德、腾讯地图', hint: 'GCJ-02，国内地图和手机定位大多是它' },
  BD09: { name: '百度地图', hint: 'BD-09，百度拾取的坐标' },
};
