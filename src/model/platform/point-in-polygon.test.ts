import { assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';

import { areaOf, contains, inBox, type Polygon, type Ring } from './point-in-polygon.ts';

function square(west: number, south: number, size: number): Ring {
  const [east, north] = [west + size, south + size];
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

const lake: Polygon = [square(121, 31, 1), square(121.4, 31.4, 0.2)];

test('a point in the hole of a town is not in the town', () => {
  const area = areaOf([lake]);
  expect(contains(area, [121.1, 31.1])).toBe(true);
  expect(contains(area, [121.5, 31.5])).toBe(false);
  expect(contains(area, [122.1, 31.1])).toBe(false);
});

test('an island in the hole belongs to the town again when it is a polygon of its own', () => {
  const area = areaOf([lake, [square(121.45, 31.45, 0.1)]]);
  expect(contains(area, [121.5, 31.5])).toBe(true);
  expect(contains(area, [121.41, 31.41])).toBe(false);
});

test('two towns that share an edge share no point', () => {
  const west = areaOf([[square(121, 31, 1)]]);
  const east = areaOf([[square(122, 31, 1)]]);
  assert(
    property(double({ min: 31, max: 31.99, noNaN: true }), (lat) => {
      expect([west, east].filter((town) => contains(town, [122, lat]))).toHaveLength(1);
    }),
  );
});

test('the box around an area holds every point of it, and a margin widens it', () => {
  const { box } = areaOf([lake]);
  expect(box).toEqual({ west: 121, south: 31, east: 122, north: 32 });
  expect(inBox(box, [122.4, 31.5])).toBe(false);
  expect(inBox(box, [122.4, 31.5], 0.5)).toBe(true);
  expect(inBox(areaOf([]).box, [121.5, 31.5], 0.5)).toBe(false);
});
