/** How the register's units are written beside a value; those that are not here are written as they stand. */
const UNIT_TEXT: Readonly<Record<string, string>> = {
  '1': '',
  degC: '℃',
  deg: '°',
  m3: 'm³',
  'm3/h': 'm³/h',
  'mg/m3': 'mg/m³',
  'm/s2': 'm/s²',
  'mm/s2': 'mm/s²',
  'uL/L': 'µL/L',
  'A/m2': 'A/m²',
  ue: 'µε',
  'V(CSE)': 'V（CSE）',
  Bft: '级',
  '1/10min': '次/10 分钟',
  '1/d': '次/天',
  '1/h': '次/小时',
  '1/s': '次/秒',
  count: '次',
  s: '秒',
  min: '分钟',
  h: '小时',
  d: '天',
  person: '人',
  'person/15min': '人/15 分钟',
  'person/m2': '人/m²',
  'person/min/m': '人/（分钟·米）',
  household: '户',
  '%design': '%（设计值）',
  '%MAOP': '%（最大允许操作压力）',
  '%OEL': '%（职业接触限值）',
  // States have names of their own.
  bool: '',
  enum: '',
  event: '',
};

/** The unit as people read it; a pure number has none. */
export function unitText(unit: string): string {
  return UNIT_TEXT[unit] ?? unit;
}
