import type { ReadingSource } from '#model/monitoring';

/** What is written on the 监测要素 page. */
export const TEXT = {
  title: '监测要素',
  hint: '运行：监测点与数据质量，设备与网关，接入、补录与共享',
  tabs: {
    points: '监测点',
    events: '疑似事件',
    devices: '设备',
    gateways: '网关',
    frameTest: '接入测试',
    sources: '接入源',
    quarantine: '隔离区',
    quality: '质量',
    blind: '盲区',
    repair: '修正与检修',
    backFill: '补录',
    sessions: '回放会话',
    sharing: '共享',
    retention: '保存期限',
  },
  never: '从未',
} as const;

export const POINT_TEXT = {
  search: '按监测点、对象或要素查找',
  staleOnly: '只看超时的',
  columns: ['监测点', '对象', '要素', '最新值', '更新于', '质量', '设备'],
  none: '还没有监测点',
  noneHint: '用接口 POST /api/v1/points 登记监测点，或先登记设备。',
  notFound: '没有找到符合的监测点',
  noValue: '还没有读数',
  stale: '超时未更新',
  staleWhy: '超过三个采样周期（至少 5 分钟）没有新读数',
  good: '正常',
  suspect: '存疑',
  suspectWhy: '存疑的读数照存，但不参与预警判断',
  noDevice: '未挂设备',
} as const;

export const CHART_TEXT = {
  raw: (value: string) => `（原值 ${value}）`,
  none: '这段时间没有读数',
  noneHint: '换长一点的时间段，或看设备最后通信时间。',
  spans: [
    { value: 3_600_000, label: '1 小时' },
    { value: 86_400_000, label: '1 天' },
    { value: 7 * 86_400_000, label: '7 天' },
    { value: 30 * 86_400_000, label: '30 天' },
  ],
  upTo: '止于最近一次读数',
  suspect: '存疑读数',
  rare: '罕见',
  table: '读数表',
  replay: '回放数据',
} as const;

export const EXPORT_TEXT = {
  button: '导出',
  formats: { csv: '表格（CSV）', parquet: '分析文件（Parquet）' },
} as const;

export const DEVICE_TEXT = {
  search: '按设备编码查找',
  columns: ['设备', '协议', '监测点', '最后通信', '收下', '拒收', '没有对照的因子'],
  none: '还没有设备',
  noneHint: '让设备先向网关发一包数据：它会出现在隔离区，再从那里登记。',
  notFound: '没有找到这个编码的设备',
  refusedNone: '无',
  register: '登记设备',
} as const;

export const QUARANTINE_TEXT = {
  intro: '这些设备在说话，但没有登记，数据没有入库。核对后登记，它下一包起就会被收下。',
  none: '隔离区是空的',
  noneHint: '没有未登记的设备在说话。',
  columns: ['编码', '协议', '来自', '第一次', '最近一次', '帧数', ''],
  sample: '最近一帧（原样）',
  adopt: '登记这台设备',
} as const;

export const ADOPT_TEXT = {
  title: '登记设备',
  code: '设备编码',
  codeHint: '设备在线路上的自称：HJ 212 为 MN，SL 651 为测站地址，GB/T 26875 为装置地址；其他协议自定',
  protocol: '协议',
  mapping: '因子对照',
  mappingHint: '设备发来的每个因子写到哪个监测点。入库值 = 发来的值 × 倍率 + 偏移，单位为该要素的单位。',
  factor: '因子',
  factorHint: '如 w00000-Rtd',
  point: '监测点',
  scale: '倍率',
  offset: '偏移',
  taken: '接过来：原来的设备不再写这些点',
  add: '加一行',
  remove: '去掉这一行',
  fromSample: '从样例帧认出的因子已填好，请选监测点',
  password: '接入密码（可空）',
  crc: '校验',
  crcs: { hj212: '按 HJ 212（默认）', modbus: 'Modbus CRC', 'modbus-swapped': 'Modbus CRC，高低字节对调' },
  simulated: '这是模拟设备',
  send: '登记',
  done: (code: string, points: number) =>
    `已登记 ${code}，${points} 个因子有对照。它的下一包数据起会被收下。`,
  needCode: '请写设备编码。',
  needRow: '至少要有一行因子对照，因子和监测点都要写。',
  badNumber: '倍率和偏移要写数字。',
  noPoint: '没有这个监测点',
} as const;

export const SESSION_TEXT = {
  none: '没有回放过',
  noneHint: '用 npm run replay 把历史录制数据按真实协议放一遍，会话会出现在这里。',
  columns: ['会话', '状态', '会话时钟', '设备', '开始', '结束', '谁开的', ''],
  running: '回放中',
  ended: '已结束',
  end: '结束回放',
  sure: '结束这个回放会话？',
  sureWhy: '设备回到现实时钟，会话里仍生效的预警按“回放结束”恢复。',
  noClock: '还没有数据',
  cancel: '不结束',
} as const;

/** Marks of a reading's quality, in words. */
export const MARK_TEXT: Readonly<Record<string, string>> = {
  range: '超出量程',
  jump: '跳变',
  flat: '长时间不变',
  clock: '时钟不对',
  late: '迟到',
  device: '设备自报异常',
  unflagged: '无数据标记',
  reported: '上报为存疑',
  surge: '陡变（按真采信）',
  unit: '疑似单位不符',
  service: '检修标定中',
  bad: '人工判为坏数据',
  corrected: '已修正',
};

export const SOURCE_TEXT: Readonly<Record<ReadingSource, string>> = {
  iot: '物联感知',
  analytics: '大数据分析',
  video: '视频智能识别',
  social: '社会感知',
  script: '演练脚本',
};
