/** 标准里印的表，逐表引条款；HJ 212-2025 的增补是二手资料，未见原文。 */

export interface Command {
  readonly name: string;
  /** `up` 现场机→上位机，`down` 上位机→现场机。 */
  readonly direction: 'up' | 'down' | 'both';
  readonly since?: '2005' | '2025';
}

/** 命令编码 CN（HJ 212-2017 表 9）。 */
export const COMMANDS: Readonly<Record<string, Command>> = {
  '1000': { name: '设置超时时间及重发次数', direction: 'down' },
  '1011': { name: '提取/上传现场机时间', direction: 'both' },
  '1012': { name: '设置现场机时间', direction: 'down' },
  '1013': { name: '现场机时间校准请求', direction: 'up' },
  '1061': { name: '提取/上传实时数据间隔', direction: 'both' },
  '1062': { name: '设置实时数据间隔', direction: 'down' },
  '1063': { name: '提取/上传分钟数据间隔', direction: 'both' },
  '1064': { name: '设置分钟数据间隔', direction: 'down' },
  '1072': { name: '设置现场机密码', direction: 'down' },
  '2011': { name: '取/上传污染物实时数据', direction: 'both' },
  '2012': { name: '停止察看污染物实时数据', direction: 'down' },
  '2021': { name: '取/上传设备运行状态数据', direction: 'both' },
  '2022': { name: '停止察看设备运行状态', direction: 'down' },
  '2031': { name: '取/上传污染物日历史数据', direction: 'both' },
  '2041': { name: '取/上传设备运行时间日历史数据', direction: 'both' },
  '2051': { name: '取/上传污染物分钟数据', direction: 'both' },
  '2061': { name: '取/上传污染物小时数据', direction: 'both' },
  '2071': { name: '取/上传污染物报警记录', direction: 'both', since: '2005' },
  '2072': { name: '上传报警事件', direction: 'up', since: '2005' },
  '2081': { name: '上传数采仪开机时间', direction: 'up' },
  '3011': { name: '零点校准量程校准', direction: 'down' },
  '3012': { name: '即时采样', direction: 'down' },
  '3013': { name: '启动清洗/反吹', direction: 'down' },
  '3014': { name: '比对采样', direction: 'down' },
  '3015': { name: '超标留样', direction: 'both' },
  '3016': { name: '设置采样时间周期', direction: 'down' },
  '3017': { name: '提取/上传采样时间周期', direction: 'both' },
  '3018': { name: '提取/上传出样时间', direction: 'both' },
  '3019': { name: '提取/上传设备唯一标识', direction: 'both' },
  '3020': { name: '提取/上传现场机信息', direction: 'both' },
  '3021': { name: '设置现场机参数', direction: 'down' },
  '9011': { name: '请求应答', direction: 'up' },
  '9012': { name: '执行结果', direction: 'up' },
  '9013': { name: '通知应答', direction: 'both' },
  '9014': { name: '数据应答', direction: 'both' },
  '9015': { name: '心跳', direction: 'up', since: '2025' },
};

/** 系统编码 ST（HJ 212-2017 表 5）。 */
export const SYSTEM_TYPES: Readonly<Record<string, string>> = {
  '21': '地表水质量监测',
  '22': '空气质量监测',
  '23': '声环境质量监测',
  '24': '地下水质量监测',
  '25': '土壤质量监测',
  '26': '海水质量监测',
  '27': '挥发性有机物监测',
  '31': '大气环境污染源',
  '32': '地表水体环境污染源',
  '33': '地下水体环境污染源',
  '34': '海洋环境污染源',
  '35': '土壤环境污染源',
  '36': '声环境污染源',
  '37': '振动环境污染源',
  '38': '放射性环境污染源',
  '39': '工地扬尘污染源',
  '41': '电磁环境污染源',
  '51': '烟气排放过程监控',
  '52': '污水排放过程监控',
  '91': '系统交互',
};

/** 请求返回 QnRtn（HJ 212-2017 §6.6）。 */
export const QN_RETURNS: Readonly<Record<number, string>> = {
  1: '准备执行请求',
  2: '请求被拒绝',
  3: 'PW 错误',
  4: 'MN 错误',
  5: 'ST 错误',
  6: 'Flag 错误',
  7: 'QN 错误',
  8: 'CN 错误',
  9: 'CRC 校验错误',
  100: '未知错误',
};

/** 执行结果 ExeRtn（HJ 212-2017 §6.6）。 */
export const EXE_RETURNS: Readonly<Record<number, string>> = {
  1: '执行成功',
  2: '执行失败，原因不明',
  3: '命令请求条件错误',
  4: '通讯超时',
  5: '系统繁忙不能执行',
  6: '系统故障',
  100: '没有数据',
};

export interface DataMark {
  readonly name: string;
  /** `measured` 可作报警判据；`over-range` 真实但超上限；`not-measured` 绝不能触发阈值报警。 */
  readonly use: 'measured' | 'over-range' | 'not-measured';
}

/** 数据标记（HJ 212-2017 表 8；P 见 HJ/T 212-2005）。 */
export const DATA_MARKS: ReadonlyMap<string, DataMark> = new Map([
  ['N', { name: '正常', use: 'measured' }],
  ['T', { name: '超过测量上限', use: 'over-range' }],
  ['F', { name: '在线监控仪器停运', use: 'not-measured' }],
  ['M', { name: '维护期间数据', use: 'not-measured' }],
  ['S', { name: '手工输入的设定值', use: 'not-measured' }],
  ['D', { name: '在线监控仪器故障', use: 'not-measured' }],
  ['C', { name: '在线监控仪器校准', use: 'not-measured' }],
  ['B', { name: '在线监控仪器与数采仪通讯异常', use: 'not-measured' }],
  ['P', { name: '电源故障', use: 'not-measured' }],
]);

/** 每条上传命令里代表一个因子的后缀，先者优先（2051/2061/2031 的 DataTime 是时段起点，§6.6）。 */
const PERIOD = ['Avg', 'Cou', 'Rtd', 'Data', 'DayData', 'NightData'];
export const PRIMARY_FIELDS: Readonly<Record<string, readonly string[]>> = {
  '2011': ['Rtd', 'Data'],
  '2021': ['RS'],
  '2031': PERIOD,
  '2041': ['RT'],
  '2051': PERIOD,
  '2061': PERIOD,
};

const FIELD_SPELLINGS = [
  'Rtd',
  'Min',
  'Avg',
  'Max',
  'Cou',
  'ZsRtd',
  'ZsMin',
  'ZsAvg',
  'ZsMax',
  'Flag',
  'EFlag',
  'SampleTime',
  'Data',
  'DayData',
  'NightData',
  'RS',
  'RT',
  'Info',
  'SN',
];

/** 后缀的标准写法（HJ 212-2017 表 6）；同时按小写可查，现场大小写不一。 */
export const VALUE_FIELDS: ReadonlyMap<string, string> = new Map(
  FIELD_SPELLINGS.flatMap((spelling) => [
    [spelling, spelling] as const,
    [spelling.toLowerCase(), spelling] as const,
  ]),
);

/** 后缀是不是标准里有的；不是的多为厂家自定或拼写错误（如 `LA-td`）。 */
export const isStandardField = (field: string): boolean => VALUE_FIELDS.has(field);

export interface Factor {
  readonly name: string;
  /** 标准的缺省单位；现场常不一致（扬尘多为 µg/m³），以设备档案为准。 */
  readonly unit: string;
  /** HJ/T 212-2005 的旧编码。 */
  readonly old?: string;
}

/** 因子编码（HJ 212-2017 附录 B；`a05024` 见 HJ 524）。未列出的编码照收照存。 */
export const FACTORS: Readonly<Record<string, Factor>> = {
  a34004: { name: '细颗粒物 PM2.5', unit: 'ng/m³' },
  a34002: { name: '可吸入颗粒物 PM10', unit: 'ng/m³' },
  a34001: { name: '总悬浮颗粒物 TSP', unit: 'ng/m³' },
  a34013: { name: '烟尘', unit: 'mg/m³', old: '01' },
  a01001: { name: '温度', unit: '℃' },
  a01002: { name: '湿度', unit: '%' },
  a01006: { name: '气压', unit: 'kPa' },
  a01007: { name: '风速', unit: 'm/s' },
  a01008: { name: '风向', unit: '°' },
  a01011: { name: '烟气流速', unit: 'm/s', old: 'S02' },
  a01012: { name: '烟气温度', unit: '℃', old: 'S03' },
  a01013: { name: '烟气压力', unit: 'kPa', old: 'S08' },
  a01014: { name: '烟气湿度', unit: '%', old: 'S05' },
  a00000: { name: '废气', unit: 'm³/s', old: 'B02' },
  a19001: { name: '氧气含量', unit: '%', old: 'S01' },
  a21026: { name: '二氧化硫', unit: 'mg/m³', old: '02' },
  a21004: { name: '二氧化氮', unit: 'mg/m³' },
  a21002: { name: '氮氧化物', unit: 'mg/m³', old: '03' },
  a21005: { name: '一氧化碳', unit: 'mg/m³', old: '04' },
  a05024: { name: '臭氧', unit: 'mg/m³' },
  a21001: { name: '氨', unit: 'mg/m³', old: '10' },
  a21022: { name: '氯气', unit: 'mg/m³', old: '11' },
  a21028: { name: '硫化氢', unit: 'mg/m³', old: '05' },
  a24088: { name: '非甲烷总烃', unit: 'mg/m³' },
  w00000: { name: '污水', unit: 'L/s', old: 'B01' },
  w01001: { name: 'pH 值', unit: '无量纲', old: '001' },
  w01009: { name: '溶解氧', unit: 'mg/L' },
  w01010: { name: '水温', unit: '℃' },
  w01014: { name: '电导率', unit: 'µS/cm' },
  w01018: { name: '化学需氧量', unit: 'mg/L', old: '011' },
  w01019: { name: '高锰酸盐指数', unit: 'mg/L' },
  w21001: { name: '总氮', unit: 'mg/L', old: '065' },
  w21003: { name: '氨氮', unit: 'mg/L', old: '060' },
  w21011: { name: '总磷', unit: 'mg/L', old: '101' },
  LA: { name: '瞬时 A 声级', unit: 'dB' },
  Leq: { name: '等效声级', unit: 'dB' },
  Ld: { name: '昼间等效声级', unit: 'dB' },
  Ln: { name: '夜间等效声级', unit: 'dB' },
  Ldn: { name: '昼夜等效声级', unit: 'dB' },
  L5: { name: '累积百分声级 L5', unit: 'dB' },
  L10: { name: '累积百分声级 L10', unit: 'dB' },
  L50: { name: '累积百分声级 L50', unit: 'dB' },
  L90: { name: '累积百分声级 L90', unit: 'dB' },
  L95: { name: '累积百分声级 L95', unit: 'dB' },
  LMx: { name: '最大声级', unit: 'dB' },
  LMn: { name: '最小声级', unit: 'dB' },
};
