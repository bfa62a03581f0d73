const METRES_PER_DEGREE = 111_320;

export interface Place {
  readonly lat: number;
  readonly lon: number;
}

/** Metres between two places of a district, where the earth is flat enough. */
export function metresBetween(one: Place, other: Place): number {
  const north = (one.lat - other.lat) * METRES_PER_DEGREE;
  const east = (one.lon - other.lon) * METRES_PER_DEGREE * Math.cos((one.lat * Math.PI) / 180);
  return Math.hypot(north, east);
}
