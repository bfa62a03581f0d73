interface Where {
  readonly lat: number;
  readonly lon: number;
}

/** From the sea in the south-east to the north-west, 10:00–18:00. */
const FROM: Where = { lat: 30.9, lon: 121.95 };
const TO: Where = { lat: 31.36, lon: 121.44 };
const BEGINS = 10 * 60;
const ENDS = 18 * 60;
const WIDTH = 0.2;
/** mm/h in the middle of it. */
const CORE_RAIN = 52;
/** A degree of longitude here, in degrees of latitude. */
const NARROWER = 0.857;

/** How near the middle of the typhoon is to a place at a minute of the day, 0…1. */
export function stormAt({ lat, lon }: Where, minute: number): number {
  const part = (minute - BEGINS) / (ENDS - BEGINS);
  const grown = Math.min(1, Math.max(0, Math.min(part, 1 - part) * 8));
  const north = lat - (FROM.lat + (TO.lat - FROM.lat) * part);
  const east = (lon - (FROM.lon + (TO.lon - FROM.lon) * part)) * NARROWER;
  return grown * Math.exp(-(north ** 2 + east ** 2) / WIDTH ** 2);
}

/** mm/h. */
export function rainRate(where: Where, minute: number): number {
  return CORE_RAIN * stormAt(where, minute);
}
