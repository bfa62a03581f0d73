/**
 * Elements whose value is never the same for hours in nature, so that one that is comes from a stuck sensor (catalog §0.4,
 * flatline: "where the property is never constant"). What may rest is not among them: rain, gas, standing water, tanks, states,
 * counts, and whatever is told in steps coarser than it moves.
 */
const NEVER_STILL: ReadonlySet<string> = new Set([
  // The tide runs twice a day.
  'FLOOD.TIDE',
  'FLOOD.TIDE_HP',
  'FLOOD.TIDE_WS',
  'FLOOD.TIDE_MSD',
  // Air, by tenths of a degree and of a hectopascal, once a minute.
  'MET.T',
  'MET.RH',
  'MET.P',
  'MET.WIND_AVG',
  'MET.GUST',
  'FLOOD.WIND_AVG',
  'FLOOD.WIND_GUST',
  'BRIDGE.WIND',
  'CONSTR.TC_WIND',
  'HAZCHEM.WIND',
  'SNOWICE.AIRT',
  'SNOWICE.ROADT',
  // Structures under traffic and sun.
  'BRIDGE.STRAIN',
  'BRIDGE.ACC_RMS',
  'BRIDGE.TEMP',
  'BRIDGE.CABLE',
  // Networks under load.
  'POWER.FREQ',
  'POWER.LOAD',
  'POWER.UDEV',
  'GAS.FLOW',
  'WATER.WFLOW',
  'CONSTR.NOISE',
  'CONSTR.PM',
]);

const HOUR_MS = 3_600_000;

/** After how long (ms) the same value of an element means a stuck sensor: max(60 T, 6 h) (catalog §0.4); infinite where it may rest. */
export function flatAfterMs(element: string, periodMs: number): number {
  if (periodMs === 0 || !NEVER_STILL.has(element)) return Number.POSITIVE_INFINITY;
  return Math.max(60 * periodMs, 6 * HOUR_MS);
}
