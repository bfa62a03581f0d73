import type { Direction } from './frame.ts';

/**
 * 正文在流水号与发报时间之后的结构（6.6.4 各表）：
 * `none` 没有；`elements` 要素；`uniform` 一个要素、按步长排列的多组数据；`parameters` 参数与数据；
 * `address` 只有遥测站地址；`text` 人工置数；`version` 长度与文字；`events` 64 字节次数；`period` 起止时间与要素；
 * `identifiers` 只有标识符；`switches` 开关状态；`any` 由厂家定，按要素试读。
 */
export type Layout =
  | 'none'
  | 'elements'
  | 'uniform'
  | 'parameters'
  | 'address'
  | 'text'
  | 'version'
  | 'events'
  | 'period'
  | 'identifiers'
  | 'switches'
  | 'any';

/** 一个功能码（附录 B）。 */
export interface FunctionCode {
  readonly name: string;
  readonly up: Layout;
  /** 中心站的命令（ENQ）；确认一律没有正文。 */
  readonly down: Layout;
  /** 上行正文的遥测站地址后面跟着遥测站分类码。 */
  readonly classed: boolean;
  /** 要素是哪个时刻的：报文里的观测时间，或（没有这一项的报文）发报时间；测试报不是观测。 */
  readonly observed: 'stated' | 'sent' | 'never';
}

function code(name: string, up: Layout, down: Layout, more: Partial<FunctionCode> = {}): FunctionCode {
  const classed = up === 'elements' || up === 'uniform';
  return { name, up, down, classed, observed: classed ? 'stated' : 'never', ...more };
}

export const FUNCTIONS: ReadonlyMap<number, FunctionCode> = new Map([
  [0x2f, code('链路维持报', 'none', 'none')],
  [0x30, code('测试报', 'elements', 'none', { observed: 'never' })],
  [0x31, code('均匀时段水文信息报', 'uniform', 'none')],
  [0x32, code('遥测站定时报', 'elements', 'none')],
  [0x33, code('遥测站加报报', 'elements', 'none')],
  [0x34, code('遥测站小时报', 'elements', 'none')],
  [0x35, code('人工置数报', 'text', 'none')],
  [0x36, code('图片报', 'elements', 'none')],
  [0x37, code('查询实时数据', 'elements', 'none')],
  [0x38, code('查询时段数据', 'uniform', 'period')],
  [0x39, code('查询人工置数', 'text', 'none')],
  [0x3a, code('查询指定要素', 'elements', 'identifiers')],
  [0x40, code('修改基本配置表', 'parameters', 'parameters')],
  [0x41, code('读基本配置表', 'parameters', 'identifiers')],
  [0x42, code('修改运行参数', 'parameters', 'parameters')],
  [0x43, code('读运行参数', 'parameters', 'identifiers')],
  [0x44, code('查询水泵电机', 'elements', 'none')],
  [0x45, code('查询软件版本', 'version', 'none')],
  [0x46, code('查询状态和报警', 'elements', 'none', { classed: false, observed: 'sent' })],
  [0x47, code('初始化固态存储', 'address', 'identifiers')],
  [0x48, code('恢复出厂设置', 'address', 'identifiers')],
  [0x49, code('修改密码', 'parameters', 'parameters')],
  [0x4a, code('设置时钟', 'address', 'none')],
  [0x4b, code('设置IC卡状态', 'elements', 'elements', { classed: false, observed: 'sent' })],
  [0x4c, code('控制水泵', 'switches', 'switches')],
  [0x4d, code('控制阀门', 'switches', 'switches')],
  [0x4e, code('控制闸门', 'switches', 'switches')],
  [0x4f, code('水量定值控制', 'switches', 'switches')],
  [0x50, code('查询事件记录', 'events', 'none')],
  [0x51, code('查询时钟', 'address', 'none')],
]);

/** 用户自定义扩展区 E0–FF：正文按定时报试读。 */
const VENDOR = code('厂家自定义', 'any', 'any', { classed: true, observed: 'stated' });

/** 保留区（附录 B）的功能码没有含义，为 `undefined`。 */
export const functionOf = (functionCode: number): FunctionCode | undefined =>
  functionCode >= 0xe0 ? VENDOR : FUNCTIONS.get(functionCode);

/** 正文的结构；下行只有 ENQ 带命令内容，确认帧没有。 */
export function layoutOf(functionCode: number, direction: Direction, asks: boolean): Layout {
  const known = functionOf(functionCode);
  if (known === undefined) return 'any';
  if (direction === 'up') return known.up;
  return asks ? known.down : 'none';
}

/** 遥测站分类码（附录 A）。 */
export const STATION_CLASSES: ReadonlyMap<number, string> = new Map([
  [0x50, '降水'],
  [0x48, '河道'],
  [0x4b, '水库（湖泊）'],
  [0x5a, '闸坝'],
  [0x44, '泵站'],
  [0x54, '潮汐'],
  [0x4d, '墒情'],
  [0x47, '地下水'],
  [0x51, '水质'],
  [0x49, '取水口'],
  [0x4f, '排水口'],
]);
