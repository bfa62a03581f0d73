/** GB/T 26875.3-2011 的各张编码表。名称照标准；`word` 是因子键里用的英文词（见 `factor-key.ts`）。 */

/** 表 2 命令字节。0、7–127 预留，128–255 用户自定义。 */
export const COMMAND = { control: 1, send: 2, confirm: 3, request: 4, answer: 5, deny: 6 } as const;

const COMMAND_NAMES = new Map<number, string>([
  [COMMAND.control, '控制命令'],
  [COMMAND.send, '发送数据'],
  [COMMAND.confirm, '确认'],
  [COMMAND.request, '请求'],
  [COMMAND.answer, '应答'],
  [COMMAND.deny, '否认'],
]);

export const commandName = (command: number): string =>
  COMMAND_NAMES.get(command) ?? (command >= 128 ? '用户自定义' : '预留');

/** 表 3 类型标志：1–28 上行，61–91 下行。128–254 用户自定义，其余预留。 */
export const UNIT = {
  systemState: 1,
  componentState: 2,
  analogue: 3,
  operation: 4,
  version: 5,
  systemConfig: 6,
  componentConfig: 7,
  systemClock: 8,
  gatewayState: 21,
  /** 标准预留；现场用作注册或心跳，应用数据单元常常只有这一个字节。 */
  register: 22,
  gatewayOperation: 24,
  gatewayVersion: 25,
  gatewayConfig: 26,
  gatewayClock: 28,
  readSystemState: 61,
  readComponentState: 62,
  readAnalogue: 63,
  readOperations: 64,
  readVersion: 65,
  readSystemConfig: 66,
  readComponentConfig: 67,
  readSystemClock: 68,
  readGatewayState: 81,
  readGatewayOperations: 84,
  readGatewayVersion: 85,
  readGatewayConfig: 86,
  readGatewayClock: 88,
  initialise: 89,
  setClock: 90,
  checkDuty: 91,
} as const;

const UNIT_NAMES = new Map<number, string>([
  [UNIT.systemState, '上传建筑消防设施系统状态'],
  [UNIT.componentState, '上传建筑消防设施部件运行状态'],
  [UNIT.analogue, '上传建筑消防设施部件模拟量值'],
  [UNIT.operation, '上传建筑消防设施操作信息'],
  [UNIT.version, '上传建筑消防设施软件版本'],
  [UNIT.systemConfig, '上传系统配置情况'],
  [UNIT.componentConfig, '上传部件配置情况'],
  [UNIT.systemClock, '上传建筑消防设施系统时间'],
  [UNIT.gatewayState, '上传用户信息传输装置运行状态'],
  [UNIT.gatewayOperation, '上传用户信息传输装置操作信息'],
  [UNIT.gatewayVersion, '上传用户信息传输装置软件版本'],
  [UNIT.gatewayConfig, '上传装置配置情况'],
  [UNIT.gatewayClock, '上传装置系统时间'],
  [UNIT.readSystemState, '读建筑消防设施系统状态'],
  [UNIT.readComponentState, '读建筑消防设施部件运行状态'],
  [UNIT.readAnalogue, '读建筑消防设施部件模拟量值'],
  [UNIT.readOperations, '读建筑消防设施操作信息'],
  [UNIT.readVersion, '读建筑消防设施软件版本'],
  [UNIT.readSystemConfig, '读建筑消防设施系统配置情况'],
  [UNIT.readComponentConfig, '读建筑消防设施部件配置情况'],
  [UNIT.readSystemClock, '读建筑消防设施系统时间'],
  [UNIT.readGatewayState, '读用户信息传输装置运行状态'],
  [UNIT.readGatewayOperations, '读用户信息传输装置操作信息记录'],
  [UNIT.readGatewayVersion, '读用户信息传输装置软件版本'],
  [UNIT.readGatewayConfig, '读用户信息传输装置配置情况'],
  [UNIT.readGatewayClock, '读用户信息传输装置系统时间'],
  [UNIT.initialise, '初始化用户信息传输装置'],
  [UNIT.setClock, '同步用户信息传输装置时钟'],
  [UNIT.checkDuty, '查岗命令'],
]);

export const unitName = (type: number): string =>
  UNIT_NAMES.get(type) ?? (type >= 128 && type <= 254 ? '用户自定义' : '预留');

/** 一个状态位或操作位。 */
export interface Bit {
  readonly word: string;
  readonly name: string;
}

const bits = (rows: readonly (readonly [word: string, name: string])[]): readonly Bit[] =>
  rows.map(([word, name]) => ({ word, name }));

const COMMON_BITS = [
  ['normal', '正常运行'],
  ['fire', '火警'],
  ['fault', '故障'],
  ['shielded', '屏蔽'],
  ['supervised', '监管'],
  ['started', '启动'],
  ['feedback', '反馈'],
  ['delayed', '延时'],
] as const;

/** 系统状态（类型 1），低位在前，共两个字节。位 0 为 0 即测试状态，位 11 为 0 即自动。 */
export const SYSTEM_BITS = bits([
  ...COMMON_BITS,
  ['main-power-fault', '主电故障'],
  ['backup-power-fault', '备电故障'],
  ['bus-fault', '总线故障'],
  ['manual', '手动状态'],
  ['configuration-changed', '配置改变'],
  ['reset', '复位'],
]);

/** 部件运行状态（类型 2），两个字节。 */
export const COMPONENT_BITS = bits([...COMMON_BITS, ['power-fault', '电源故障']]);

/** 用户信息传输装置运行状态（类型 21），一个字节。 */
export const GATEWAY_BITS = bits([
  ['normal', '正常监视'],
  ['fire', '火警'],
  ['fault', '故障'],
  ['main-power-fault', '主电故障'],
  ['backup-power-fault', '备电故障'],
  ['centre-link-fault', '与监控中心通信信道故障'],
  ['panel-line-fault', '监测连接线路故障'],
]);

const operations = (confirmWord: string, confirmName: string): readonly Bit[] =>
  bits([
    ['reset', '复位'],
    ['mute', '消音'],
    ['manual-alarm', '手动报警'],
    ['clear-alarm', '警情消除'],
    ['self-check', '自检'],
    [confirmWord, confirmName],
    ['test', '测试'],
  ]);

/** 操作标志（类型 4）。 */
export const OPERATION_BITS = operations('confirm', '确认');
/** 操作标志（类型 24）：位 5 是值班人员对查岗的应答。 */
export const GATEWAY_OPERATION_BITS = operations('duty-answer', '查岗应答');

/** 模拟量（类型 3）：量 = 数值 ÷ `divisor`，单位 `unit`。 */
export interface Analogue extends Bit {
  readonly divisor: number;
  readonly unit: string;
}

export const ANALOGUES: ReadonlyMap<number, Analogue> = new Map([
  [1, { word: 'count', name: '事件计数', divisor: 1, unit: '件' }],
  [2, { word: 'height', name: '高度', divisor: 100, unit: 'm' }],
  [3, { word: 'temperature', name: '温度', divisor: 10, unit: '℃' }],
  [4, { word: 'pressure', name: '压力', divisor: 10, unit: 'MPa' }],
  [5, { word: 'pressure-kpa', name: '压力', divisor: 10, unit: 'kPa' }],
  [6, { word: 'gas', name: '气体浓度', divisor: 10, unit: '%LEL' }],
  [7, { word: 'time', name: '时间', divisor: 1, unit: 's' }],
  [8, { word: 'voltage', name: '电压', divisor: 10, unit: 'V' }],
  [9, { word: 'current', name: '电流', divisor: 10, unit: 'A' }],
  [10, { word: 'flow', name: '流量', divisor: 10, unit: 'L/s' }],
  [11, { word: 'air-volume', name: '风量', divisor: 10, unit: 'm³/min' }],
  [12, { word: 'wind-speed', name: '风速', divisor: 1, unit: 'm/s' }],
]);
