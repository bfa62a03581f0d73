import type { ITEM_KINDS, LimitClassCode, MeasureKind, Verification } from '#model/standard';

/** Of the head of a sign's form: what it is about, and what of the readings is compared. */
export const HEAD_TEXT = {
  title: (name: string) => (name === '' ? '增加体征' : `编辑体征：${name}`),
  add: '增加体征',
  code: '编码',
  item: '预警事项',
  element: '监测要素',
  measure: '比较什么',
  unit: (unit: string) => `按 ${unit} 比较`,
  direction: '往哪边更严重',
  directions: { high: '越高越严重', low: '越低越严重', band: '偏出区间越远越严重' },
  onlyDirection: '这种比较只有一个方向',
  missing: '这一级还没有指挥手册，请到“手册”里补写',
} as const;

export const MEASURE_FORM_TEXT = {
  hints: {
    value: '读数本身与限值比较',
    rolling: '一段时间里读数的累计、平均、最高、最低或次数',
    rate: '一段时间里升降了多少；下降为负数',
    duration: '越过一个界限后连续了多久，限值按秒填',
    deviation: '与往常同一时刻的平均相比，差多少',
    forecast: '照现在的走势，还有多久越过界限，限值按秒填',
    anomaly: '与自己最近的样子相比有多反常，限值是偏离的倍数',
    rarity: '与自身的全部历史相比有多少见，限值是 10 的几次方条读数里才有一次：4 即一万条',
    points: '同一对象上有几个监测点同时越过界限',
    silence: '多久没有收到数据，限值按秒填',
    'fire-weather': '每天 12 时由本对象或关联气象站的气温、湿度、风速和 24 小时雨量推算的指数',
  } satisfies Record<MeasureKind, string>,
  inputs: {
    temperature: '气温取自要素',
    humidity: '相对湿度取自要素',
    wind: '平均风速取自要素',
    rain: '小时雨量取自要素',
  },
  inputHint: '要素编码，可以是气象场景的，如 MET.T',
  statistic: '取什么',
  window: '看多长一段时间',
  learn: '先学多久（不报警）',
  weeks: '与前几周相比（1–8）',
  as: '差多少按什么算',
  asOptions: { absolute: '差值', percent: '百分比' },
  past: '越过的界限',
  pastDirection: '怎样算越过',
  pastDirections: { high: '达到或超过', low: '低于' },
} as const;

export const PART_TEXT = {
  tabs: { elements: '要素', items: '事项', parameters: '参数' },
  remove: '删去',
  removeSure: (name: string) => `从草案里删去“${name}”？`,
  removeWhy: '引用它的内容会被检查出来，须一并改正。发布以前，正在用的标准不受影响。',
  removed: '删去后检查发现的问题，列在草案上方和各处旁边。',
  code: '编码',
  codeTaken: (code: string) => `编码“${code}”已经用过`,
  codeRest: '编码后半段',
  codeHint: '大写字母、数字和下划线，如 RAIN_1H',
  badCode: '“编码后半段”只能用大写字母、数字和下划线',
  name: '名称',
  unit: '单位',
  unitHint: '如 cm、m/s、%LEL；没有单位的填 1',
  range: '合理范围',
  from: '最小',
  to: '最大',
  basis: '依据',
  conflictOther: '对方也改了它。',
  conflictSame: '对方没有动它。再按一次“保存”，只改它，对方的改动都保留。',
  conflictAgain: '核对后再按一次“保存”，以您填写的为准。',
} as const;

export const ELEMENT_FORM_TEXT = {
  columns: ['监测要素', '单位', '采样周期', '量程', ''],
  add: '增加监测要素',
  title: (name: string) => (name === '' ? '增加监测要素' : `编辑监测要素：${name}`),
  none: '还没有监测要素',
  period: '采样周期（0 为事件触发）',
  dense: '加密周期',
  hasDense: '出险时加密采样',
  hasRange: '读数有合理范围，超出的存疑',
  hasImprobable: '读数与自身历史不符、邻近测点和其他来源又都如常的，数据存疑（缺省不查）',
  rarity: '罕见到（3 至 8，4 即一万条里才有一次）',
  learn: '先学多久',
  sensing: '感知方式',
  key: '关键要素',
  states: '数字代表的状态',
  statesHint: '一行一个，如 1 确认；没有状态的留空',
  badState: (line: string) => `状态“${line}”须写成：数字 空格 名称`,
  event: '事件触发',
} as const;

export const ITEM_FORM_TEXT = {
  columns: ['预警事项', '种类', '怎样成为预警', ''],
  add: '增加预警事项',
  title: (name: string) => (name === '' ? '增加预警事项' : `编辑预警事项：${name}`),
  none: '还没有预警事项',
  kind: '种类',
  kinds: { 预警: '预警：风险在上升', 报警: '报警：已经发生' } satisfies Record<
    (typeof ITEM_KINDS)[number],
    string
  >,
  verification: '怎样成为预警',
  verifications: { automatic: '自动成立', analyst: '须研判人员核实' } satisfies Record<Verification, string>,
  summary: '说明',
} as const;

export const PARAMETER_FORM_TEXT = {
  columns: ['对象参数', '单位', '取值范围', ''],
  add: '增加对象参数',
  title: (name: string) => (name === '' ? '增加对象参数' : `编辑对象参数：${name}`),
  none: '还没有对象参数',
} as const;

export const ENTRY_FORM_TEXT = {
  add: '增加手册条目',
  missing: (count: number) => `${count} 处体征等级还没有手册条目`,
  write: '补写',
  newTitle: (item: string, level: string) => `补写手册：${item} ${level}`,
  item: '预警事项',
  level: '等级',
  loop: '闭环',
  types: '处置类型',
  responsible: '谁处置',
  reviewer: '谁复核',
  unitOf: (who: string) => `${who}：单位`,
  coUnits: '协同单位（一行一个）',
  limitClass: '时限类别',
  limitClasses: {
    'T-std': '标准时限',
    'T-life': '涉及人员生命',
    'T-infra': '缓变结构',
    'T-met': '气象水文信号',
  } satisfies Record<LimitClassCode, string>,
  notify: '告知谁（一行一个）',
  release: '建议向公众发布',
  steps: '处置步骤',
  begun: '新条目。同一事项已有其他等级的，先取了它的内容，请逐项核对后再保存。',
  noTypes: '请至少选一种处置类型',
} as const;
