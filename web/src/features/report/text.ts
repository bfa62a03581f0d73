export type Rows = 'live' | 'replay';

/** What is written on the 运营报告 page. */
export const TEXT = {
  title: '运营报告',
  month: '月份',
  before: '上个月',
  after: '下个月',
  rows: '计入哪些数据',
  rowsName: { live: '实际', replay: '模拟与回放' } satisfies Record<Rows, string>,
  rowsHint: {
    live: '只计真实设备的真实运行。模拟设备和回放的录制数据都不计。',
    replay: '只计模拟设备和回放的录制数据，不是真实运行，不能用于考核。回放按录制时间归月。',
  } satisfies Record<Rows, string>,
  none: (month: string, rows: Rows) => `${month}没有${TEXT.rowsName[rows]}数据`,
  noneHint: {
    live: '没有真实设备送来读数，也没有预警和工单。演示和演练的数据在“模拟与回放”里。',
    replay: '这个月没有回放过，也没有模拟设备送来读数。',
  } satisfies Record<Rows, string>,
  other: { live: '看实际', replay: '看模拟与回放' } satisfies Record<Rows, string>,
  warnings: '预警',
  byScenario: '预警：按场景与等级',
  byDay: '预警：按日',
  noWarnings: '这个月没有预警',
  noWarningsHint: '数字为零，不是没有统计。',
  total: '合计',
  scenario: '场景',
  orders: '预警工单',
  opened: '新开',
  cleared: '销警',
  closed: '结案',
  open: '未结案',
  overdue: '超期',
  onTime: '按时结案率',
  onTimeNone: '没有结案的工单，算不出',
  onTimeHint: '没有错过任何时限的已结案工单 ÷ 已结案工单',
  loops: '闭环',
  loop: { small: '小闭环', medium: '中闭环', large: '大闭环' },
  late: '超期的工单',
  noLate: '没有超期的工单',
  order: '工单',
  object: '监测对象',
  missed: '错过的时限',
  readings: '感知数据',
  expected: '应收',
  received: '实收',
  suspect: '存疑',
  completeness: '完整率',
  readingsHint: '应收按每个监测点的采样周期和本月已登记的天数算。',
  notByPlace: '实收和存疑按场景统计，不按属地：您的范围里没有这两个数。',
  noReadings: '没有应收的读数',
  listsHint: '点开的列表包含所有月份：列表还不能按月筛选。',
} as const;

/** The month `by` months away from `YYYY-MM`. */
export function monthAway(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + (number - 1) + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The last `count` months, the newest first. */
export function monthsBack(month: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => monthAway(month, -i));
}

export const COVERAGE_TEXT = {
  title: '监测覆盖与标准更新',
  look: '看逐步清点',
  rate: '监测对象覆盖率',
  rateHint: '每项必配要素都有在线测点的对象 ÷ 已登记对象（指标 A6）',
  registered: '已登记对象',
  should: '台账底数',
  unknown: '未录入',
  blind: '无测点要素',
  dead: '失联要素',
  overdue: '逾期补齐计划',
  updates: '标准更新及时率',
  updatesHint: '本月到期的依据变更里，按时由新版本回应或说明无须修改的比例（指标 A12）',
  never: '还没有盘点。',
  asOf: (moment: string) => `覆盖为 ${moment} 盘点的现状，不随所选月份变化；标准更新及时率按所选月份计。`,
} as const;
