import { codeText } from './frame.ts';

/**
 * 一个编码要素（附录 C 表 C.1）。收到的报文以它自己的数据定义为准；`definition` 是标准的数据定义
 * （N(D,d) 占 ⌈D/2⌉ 字节），我们问话时用。
 */
export interface Element {
  readonly name: string;
  readonly unit: string;
  readonly definition: number;
}

const RAIN = '毫米';
const FLOW = '立方米/秒';
const LEVEL = '米';
const MILLIGRAM = '毫克/升';

type Row = readonly [id: number, name: string, unit: string, digits: number, decimals?: number];

const ROWS: readonly Row[] = [
  [0x01, '断面面积', '平方米', 8, 2],
  [0x02, '瞬时气温', '摄氏度', 3, 1],
  [0x03, '瞬时水温', '摄氏度', 3, 1],
  [0x04, '时间步长码', '', 6],
  [0x05, '时段长', '小时.分钟', 4, 2],
  [0x06, '日蒸发量', RAIN, 5, 1],
  [0x07, '当前蒸发', RAIN, 5, 1],
  [0x08, '气压', '百帕', 5],
  [0x09, '闸门开启高度', LEVEL, 5, 2],
  [0x0a, '输水设备、闸门（组）编号', '', 3],
  [0x0b, '输水设备类别', '', 1],
  [0x0c, '闸门开启孔数', '孔', 3],
  [0x0d, '地温', '摄氏度', 3, 1],
  [0x0e, '地下水瞬时埋深', LEVEL, 6, 2],
  [0x0f, '波浪高度', LEVEL, 5, 2],
  ...rows(0x10, [10, 20, 30, 40, 50, 60, 80, 100], (depth) => [`${depth}厘米处土壤含水量`, '百分比', 4, 1]),
  [0x18, '湿度', '百分比', 4, 1],
  [0x19, '开机台数', '台', 2],
  ...rows(0x1a, [1, 2, 3, 6, 12], (hours) => [`${hours}小时时段降水量`, RAIN, 5, 1]),
  [0x1f, '日降水量', RAIN, 5, 1],
  [0x20, '当前降水量', RAIN, 5, 1],
  ...rows(0x21, [1, 5, 10, 30], (minutes) => [`${minutes}分钟时段降水量`, RAIN, 5, 1]),
  [0x25, '暴雨量', RAIN, 5, 1],
  [0x26, '降水量累计值', RAIN, 6, 1],
  [0x27, '瞬时流量、抽水流量', FLOW, 9, 3],
  ...eight(0x28, (which) => [`取（排）水口流量${which}`, FLOW, 9, 3]),
  [0x30, '总出库流量、过闸总流量', FLOW, 9, 3],
  [0x31, '输水设备流量、过闸（组）流量', FLOW, 9, 3],
  [0x32, '输沙量', '万吨', 11, 3],
  [0x33, '风向', '', 2],
  [0x34, '风力', '级', 2],
  [0x35, '风速', '米/秒', 4, 1],
  [0x36, '断面平均流速', '米/秒', 5, 3],
  [0x37, '当前瞬时流速', '米/秒', 5, 3],
  [0x38, '电源电压', '伏特', 4, 2],
  [0x39, '瞬时河道水位/潮位', LEVEL, 7, 3],
  [0x3a, '库（闸、站）下水位', LEVEL, 7, 3],
  [0x3b, '库（闸、站）上水位', LEVEL, 7, 3],
  ...eight(0x3c, (which) => [`取（排）水口水位${which}`, LEVEL, 7, 3]),
  [0x44, '含沙量', '千克/立方米', 9, 3],
  [0x45, '遥测站状态及报警', '', 8],
  [0x46, 'pH值', '', 4, 2],
  [0x47, '溶解氧', MILLIGRAM, 4, 1],
  [0x48, '电导率', '微西门/厘米', 5],
  [0x49, '浊度', '度', 3],
  [0x4a, '高锰酸盐指数', MILLIGRAM, 4, 1],
  [0x4b, '氧化还原电位', '毫伏', 5, 1],
  [0x4c, '氨氮', MILLIGRAM, 6, 2],
  [0x4d, '总磷', MILLIGRAM, 5, 3],
  [0x4e, '总氮', MILLIGRAM, 5, 2],
  [0x4f, '总有机碳', MILLIGRAM, 4, 2],
  [0x50, '铜', MILLIGRAM, 7, 4],
  [0x51, '锌', MILLIGRAM, 6, 4],
  ...rows(0x52, ['硒', '砷', '总汞', '镉', '铅'], (metal) => [metal, MILLIGRAM, 7, 5]),
  [0x57, '叶绿素a', MILLIGRAM, 4, 2],
  ...eight(0x58, (which) => [`水压${which}`, '千帕', 5, 2]),
  ...eight(0x60, (which) => [`水表${which}剩余水量`, '立方米', 11, 3]),
  ...eight(0x68, (which) => [`水表${which}每小时水量`, '立方米/小时', 10, 2]),
  ...rows(0x70, ['A', 'B', 'C'], (phase) => [`交流${phase}相电压`, '伏特', 4, 1]),
  ...rows(0x73, ['A', 'B', 'C'], (phase) => [`交流${phase}相电流`, '安培', 4, 1]),
  [0xf4, '1小时内每5分钟时段雨量', RAIN, 24],
  ...eight(0xf5, (which) => [`1小时内5分钟间隔相对水位${which}`, LEVEL, 48]),
];

type Columns = readonly [name: string, unit: string, digits: number, decimals?: number];

function rows<Which>(first: number, which: readonly Which[], columns: (each: Which) => Columns): Row[] {
  return which.map((each, at) => [first + at, ...columns(each)]);
}

function eight(first: number, columns: (which: number) => Columns): Row[] {
  return rows(first, [1, 2, 3, 4, 5, 6, 7, 8], columns);
}

/** 标识符引导符 → 名称、单位与标准的数据定义；保留区与厂家扩展没有。 */
export const ELEMENTS: ReadonlyMap<string, Element> = new Map(
  ROWS.map(([id, name, unit, digits, decimals = 0]) => [
    codeText(id),
    { name, unit, definition: (Math.ceil(digits / 2) << 3) | decimals },
  ]),
);

/** 时间步长码，3 字节 BCD：日、时、分（表 C.3）。 */
export const TIME_STEP = '04';
/** 遥测站状态及报警，4 字节 HEX（表 58）。 */
export const STATION_STATE = '45';

/** 表 58 的位：置 1 时的含义。 */
export const STATE_BITS: readonly string[] = [
  '交流电停电',
  '蓄电池电压低',
  '水位超限报警',
  '流量超限报警',
  '水质超限报警',
  '流量仪表故障',
  '水位仪表故障',
  '终端箱门关闭',
  '存储器异常',
  'IC卡有效',
  '水泵停机',
  '剩余水量超限',
];

/** 1 小时组合数据：12 个 5 分钟值，HEX 码；`perUnit` 个最小单位合一个要素单位，全 FF 是非法数据（表 C.1 注 e）。 */
export interface SeriesShape {
  readonly width: 1 | 2;
  readonly perUnit: number;
}

const RAIN_SERIES: SeriesShape = { width: 1, perUnit: 10 };
const LEVEL_SERIES: SeriesShape = { width: 2, perUnit: 100 };

/** F4 是雨量，F5–FC 是相对水位；其余不是组合数据。 */
export function seriesShape(id: string): SeriesShape | undefined {
  if (id === 'F4') return RAIN_SERIES;
  return id >= 'F5' && id <= 'FC' && id.length === 2 ? LEVEL_SERIES : undefined;
}

/** 组合数据相邻两个值的间隔。 */
export const SERIES_STEP_MS = 300_000;
