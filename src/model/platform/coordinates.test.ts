import { expect, test } from 'vitest';

import { fromWgs84, type LatLon, toWgs84 } from './coordinates.ts';
import { DATUMS } from './datum.ts';

/** Pairs that the test suites of public converters share. */
const WGS_GCJ = [
  ['上海', [31.1774276, 121.5272106], [31.17530398364597, 121.531541859215]],
  ['深圳', [22.543847, 113.912316], [22.540796131694766, 113.9171764808363]],
  ['北京', [39.911954, 116.377817], [39.91334545536069, 116.38404722455657]],
] as const;
/** GCJ-02 and BD-09 of one point. */
const GCJ_BD = [
  [39.915, 116.404],
  [39.92133699351022, 116.41036949371029],
] as const;

const at = ([lat, lon]: readonly [number, number]): LatLon => ({ lat, lon });
const degreesApart = (one: LatLon, other: LatLon): number =>
  Math.max(Math.abs(one.lat - other.lat), Math.abs(one.lon - other.lon));
const metresApart = (one: LatLon, other: LatLon): number =>
  Math.hypot((one.lat - other.lat) * 111_000, (one.lon - other.lon) * 95_000);

test.each(WGS_GCJ)('GCJ-02 in %s is what other converters give, both ways', (_, wgs, gcj) => {
  expect(degreesApart(fromWgs84(at(wgs), 'GCJ02'), at(gcj))).toBeLessThan(1e-6);
  expect(degreesApart(toWgs84(at(gcj), 'GCJ02'), at(wgs))).toBeLessThan(1e-6);
});

test('BD-09 is what other converters make of GCJ-02, both ways', () => {
  const [gcj, bd] = GCJ_BD;
  expect(degreesApart(fromWgs84(toWgs84(at(gcj), 'GCJ02'), 'BD09'), at(bd))).toBeLessThan(1e-6);
  expect(degreesApart(fromWgs84(toWgs84(at(bd), 'BD09'), 'GCJ02'), at(gcj))).toBeLessThan(1e-6);
});

test.each(DATUMS)('all over Pudong %s goes there and back to the same place', (datum) => {
  for (let lat = 30.8; lat <= 31.45; lat += 0.05) {
    for (let lon = 121.4; lon <= 122.05; lon += 0.05) {
      expect(degreesApart(toWgs84(fromWgs84({ lat, lon }, datum), datum), { lat, lon })).toBeLessThan(1e-9);
    }
  }
});

test('in Pudong the offsets are hundreds of metres: a wrong datum is another street', () => {
  const at = { lat: 31.2, lon: 121.6 };
  expect(metresApart(fromWgs84(at, 'GCJ02'), at)).toBeGreaterThan(300);
  expect(metresApart(fromWgs84(at, 'BD09'), at)).toBeGreaterThan(800);
});

test.each(DATUMS)('outside China %s leaves a point where it is', (datum) => {
  for (const point of [
    { lat: 35.68, lon: 139.76 },
    { lat: 51.5, lon: -0.12 },
    { lat: -33.9, lon: 151.2 },
  ]) {
    expect(toWgs84(point, datum)).toEqual(point);
    expect(fromWgs84(point, datum)).toEqual(point);
  }
});
