/** How the register's units are written beside a value; those that are not here are written as they stand. */
const UNIT_TEXT: Readonly<Record<string, string>> = {
  '1': '',
  degC: '℃',
  deg: '°',
  m3: 'm³',
  'm3/h': 'm³/h',
  'mg/m3': 'mg/m³',
  'mm/s2': 'mm/s²',
  'uL/L': 'µL/L',
  household: '户',
  '%design': '%（设计值）',
};

/** The unit as people read it; a pure number has none. */
export function unitText(unit: string): string {
  return UNIT_TEXT[unit] ?? unit;
}
