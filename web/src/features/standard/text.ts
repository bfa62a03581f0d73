import type { ChangeKind, DraftState, VersionState } from '#contract/standard';
import type { BasisTag, SensingKind, StepEvidence } from '#model/standard';

export const TEXT = {
  module: '业务标准',
  hint: '哪些数字算险情、凭什么、由谁怎么办。改标准先起草，再比较，由另一人审核发布；每个版本都留存。',
  search: '按名称或编码查找',
  unverified: '待核实',
  unverifiedWhy: '这个数值的依据还没有在原文里核对过',
  basis: '依据',
  more: '再显示 100 条',
  count: (shown: number, all: number) =>
    shown === all ? `共 ${all} 条` : `共 ${all} 条，已显示 ${shown} 条`,
  none: '没有符合条件的内容',
  noneHint: '换一个词，或清除场景再看。',
  cancel: '取消',
  close: '关闭',
  dash: '—',
} as const;

export const ELEMENT_TEXT = {
  columns: ['监测要素', '单位', '量程', '采样周期', '感知方式', '场景与版本', '依据'],
  key: '关键要素',
  event: '事件触发',
  dense: (text: string) => `加密时 ${text}`,
  signs: '看它的体征',
} as const;

export const SIGN_TEXT = {
  columns: ['预警体征', '看什么', '红', '橙', '黄', '蓝', '场景与版本'],
  /** A state is not a number: below it, and from it on. */
  ofState: ['低于', '达到'],
  keep: (text: string) => `，持续 ${text}`,
  scale: '四级限值',
  schematic: '示意图，各段宽度不按比例。',
  normal: '正常',
  recover: '何时恢复',
  recoverWords: (deadband: string, span: string) =>
    deadband === '' ? `退回限值并保持 ${span}` : `退回限值 ${deadband} 以上并保持 ${span}`,
  compared: '比较的值',
  agreement: '读数表决',
  agreementWords: (atLeast: number, of: number) => `最近 ${of} 次读数至少 ${atLeast} 次越限才算`,
  item: '预警事项',
  element: '监测要素',
  version: '现行版本',
  levels: '各级限值与依据',
  levelColumns: ['等级', '限值', '依据'],
  handbook: '对应的指挥手册',
  noHandbook: '这个事项还没有指挥手册',
  history: '历次版本里的它',
  absent: '这个版本里没有它',
  readings: '近日读数',
  point: '监测点',
  noPoint: '还没有登记看这个要素的监测点，或不在您的管辖范围内。',
  noReadings: '这个监测点近 3 天没有读数。',
  gone: '现行标准里没有这个体征',
  goneHint: '它可能已在新版本里取消。请到“版本”里查看从前的版本。',
  back: '全部体征',
  directions: { high: '越高越严重', low: '越低越严重', band: '偏出区间越远越严重' },
} as const;

export const RECORD_TEXT = {
  title: '报过多少次',
  columns: ['时段', '报警（按最高等级）', '成为预警', '误报（占已有结论的）', '还没有结论'],
  last30Days: '近 30 天',
  last12Months: '近 12 个月',
  ofVersion: (version: string) => `其中版本 ${version}`,
  none: (since: string) => `近 12 个月没有报过警。自 ${since} 起计，只计您管辖范围内的对象，不计回放。`,
  since: (since: string) => `自 ${since} 起计，只计您管辖范围内的对象，不计回放。`,
  simulated: (count: number) => `另有模拟对象的报警 ${count} 次，不计入。`,
} as const;

export const PARAMETER_TEXT = { columns: ['对象参数', '单位', '取值范围', '场景与版本', '依据'] } as const;

export const HANDBOOK_TEXT = {
  columns: ['预警事项', '等级', '闭环与处置', '步骤', '谁处置、谁复核', '告知', '依据'],
  steps: (count: number) => `${count} 个步骤`,
  required: '必做',
  release: '建议向公众发布',
  responsible: '处置',
  reviewer: '复核',
  co: '协同',
} as const;

export const SWITCHED_OFF_TEXT = {
  columns: ['监测对象', '停用的体征', '缺什么'],
  none: '没有停用的体征',
  noneHint: '管辖范围内的对象，要用的参数、体征和读数都齐全。',
  why: '缺对象参数的，请在“监测对象”里补录；复合体征和火险指数看不到所需体征或读数的，请接入测点或关联对象。补齐之前这条体征在这个对象上不判。',
  lacks: { parameter: '缺参数', fact: '看不到' },
} as const;

export const VERSION_TEXT = {
  columns: ['版本', '状态', '生效', '内容', '为什么改', '提交与审核'],
  from: '起',
  first: '自始',
  file: '随系统提供的默认标准',
  counts: (signs: number, cells: number, verified: number) =>
    `${signs} 个体征，${cells} 个限值，已核实 ${verified} 个`,
  cancel: '撤销',
  cancelTitle: (version: string) => `撤销待生效的版本 ${version}`,
  cancelHint: '它之前的版本继续有效。撤销的人和理由记入审计。',
  begin: '以此起草',
  states: {
    'in-force': '现行',
    coming: '待生效',
    retired: '已废止',
    cancelled: '生效前撤销',
  } satisfies Record<VersionState, string>,
} as const;

export const TAG_TEXT: Readonly<Record<BasisTag, string>> = {
  S: '公开原文',
  K: '已知条款',
  P: '通行做法',
  A: '设定值',
};

export const STATISTIC_TEXT = {
  sum: '累计',
  mean: '平均',
  min: '最低',
  max: '最高',
  count: '次数',
} as const;

export const SENSING_TEXT: Readonly<Record<SensingKind, string>> = {
  iot: '物联感知',
  analytics: '大数据分析',
  video: '视频智能识别',
  social: '社会感知',
};

export const EVIDENCE_TEXT: Readonly<Record<StepEvidence, string>> = {
  none: '',
  photo: '拍照',
  reading: '读数',
  text: '文字',
  location: '定位',
};

export const DRAFT_STATE_TEXT: Readonly<Record<DraftState, string>> = {
  draft: '起草中',
  submitted: '待审核',
  refused: '已退回',
  withdrawn: '已撤回',
  published: '已发布',
};

export const CHANGE_TEXT: Readonly<Record<ChangeKind, string>> = {
  file: '标准本身',
  element: '监测要素',
  item: '预警事项',
  parameter: '对象参数',
  sign: '预警体征',
  handbook: '指挥手册',
};
