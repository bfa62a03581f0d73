import type { Datum } from './datum.ts';

export interface LatLon {
  readonly lat: number;
  readonly lon: number;
}

type Shift = (at: LatLon) => LatLon;

/**
 * Krasovsky 1940, as the offset of GCJ-02 uses it. The offset is not published; this is the form that every map SDK's
 * converters agree on to within a metre.
 */
const AXIS = 6_378_245;
const ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943;
const BD_ANGLE = (Math.PI * 3000) / 180;
/** Fixed point of `forward(p) = q`: the offset changes by less than a hundredth per degree, so each round gains two digits. */
const ROUNDS = 12;
const ENOUGH = 1e-11;

const TO_WGS84: Readonly<Record<Datum, Shift>> = {
  WGS84: (at) => at,
  GCJ02: (at) => undo(wgsToGcj, at),
  BD09: (at) => undo(wgsToGcj, undo(gcjToBd, at)),
};
const FROM_WGS84: Readonly<Record<Datum, Shift>> = {
  WGS84: (at) => at,
  GCJ02: wgsToGcj,
  BD09: (at) => gcjToBd(wgsToGcj(at)),
};

/** WGS 84 of a coordinate given in that datum. Outside China nobody shifts coordinates, and none are shifted back. */
export function toWgs84(at: LatLon, datum: Datum): LatLon {
  return inChina(at) ? TO_WGS84[datum](at) : at;
}

/** The coordinate in that datum of a point in WGS 84. */
export function fromWgs84(at: LatLon, datum: Datum): LatLon {
  return inChina(at) ? FROM_WGS84[datum](at) : at;
}

/** The rectangle within which map services shift. */
function inChina({ lat, lon }: LatLon): boolean {
  return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

function wgsToGcj({ lat, lon }: LatLon): LatLon {
  const [x, y] = [lon - 105, lat - 35];
  const phi = (lat / 180) * Math.PI;
  const magic = 1 - ECCENTRICITY_SQUARED * Math.sin(phi) ** 2;
  const meridian = (AXIS * (1 - ECCENTRICITY_SQUARED)) / (magic * Math.sqrt(magic));
  const parallel = (AXIS / Math.sqrt(magic)) * Math.cos(phi);
  return {
    lat: lat + (northOffset(x, y) * 180) / (meridian * Math.PI),
    lon: lon + (eastOffset(x, y) * 180) / (parallel * Math.PI),
  };
}

/** Metres to the north. */
function northOffset(x: number, y: number): number {
  return (
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    waves(x, [
      [20, 6],
      [20, 2],
    ]) +
    waves(y, [
      [20, 1],
      [40, 1 / 3],
      [160, 1 / 12],
      [320, 1 / 30],
    ])
  );
}

/** Metres to the east. */
function eastOffset(x: number, y: number): number {
  return (
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    waves(x, [
      [20, 6],
      [20, 2],
      [20, 1],
      [40, 1 / 3],
      [150, 1 / 12],
      [300, 1 / 30],
    ])
  );
}

function waves(at: number, parts: readonly (readonly [size: number, frequency: number])[]): number {
  return parts.reduce(
    (sum, [size, frequency]) => sum + ((size * 2) / 3) * Math.sin(at * frequency * Math.PI),
    0,
  );
}

function gcjToBd({ lat, lon }: LatLon): LatLon {
  const radius = Math.hypot(lon, lat) + 0.000_02 * Math.sin(lat * BD_ANGLE);
  const angle = Math.atan2(lat, lon) + 0.000_003 * Math.cos(lon * BD_ANGLE);
  return { lat: radius * Math.sin(angle) + 0.006, lon: radius * Math.cos(angle) + 0.0065 };
}

/** Where a shift comes from, by iteration. */
function undo(shift: Shift, at: LatLon): LatLon {
  let { lat, lon } = at;
  for (let round = 0; round < ROUNDS; round += 1) {
    const there = shift({ lat, lon });
    const [north, east] = [at.lat - there.lat, at.lon - there.lon];
    lat += north;
    lon += east;
    if (Math.abs(north) < ENOUGH && Math.abs(east) < ENOUGH) break;
  }
  return { lat, lon };
}
