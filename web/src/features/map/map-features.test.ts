import { expect, test } from 'vitest';

import { borderFeatures } from '../../ui/border-features.ts';
import { checkBorders, objectFeatures, townFeatures } from './map-features.ts';

const square = (x: number, y: number): unknown => ({
  type: 'Feature',
  properties: { name: '张江镇' },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [x, y],
        [x + 1, y],
        [x, y + 1],
        [x, y],
      ],
    ],
  },
});
const collection = (...features: unknown[]): string =>
  JSON.stringify({ type: 'FeatureCollection', features });

test('a FeatureCollection of polygons in degrees may be sent', () => {
  expect(checkBorders(collection(square(121.5, 31.2), square(121.6, 31.1)))).toEqual({ polygons: 2 });
});

test('a file that is no GeoJSON of polygons is refused before it is sent, and says why', () => {
  expect(checkBorders('街镇,面积')).toEqual({ fault: 'notJson' });
  expect(checkBorders('[]')).toEqual({ fault: 'notCollection' });
  expect(checkBorders(JSON.stringify(square(121, 31)))).toEqual({ fault: 'notCollection' });
  expect(
    checkBorders(collection({ type: 'Feature', geometry: { type: 'Point', coordinates: [121, 31] } })),
  ).toEqual({ fault: 'noPolygons' });
});

test('metres of a city grid are not taken for degrees', () => {
  expect(checkBorders(collection(square(-2210, -3480)))).toEqual({ fault: 'notDegrees' });
});

test('only polygons are drawn as borders', () => {
  expect(borderFeatures([square(121, 31), null, { geometry: null }]).features).toHaveLength(1);
});

test('where town names would overlap, the town with the higher level keeps its name', () => {
  const [calm, red] = townFeatures([
    { code: '1', name: '合庆镇', lat: 31.2, lon: 121.7, level: null, warnings: 0 },
    { code: '2', name: '张江镇', lat: 31.2, lon: 121.6, level: 'red', warnings: 2 },
  ]).features.map((feature) => Number(feature.properties?.['order']));
  expect(red).toBeLessThan(calm ?? Number.NaN);
});

test('objects that stand gathered are drawn like a cluster of the map’s own: with how many they are and their worst level', () => {
  const one = {
    id: 7,
    code: 'M-1',
    name: '泵站',
    scenario: 'FLOOD',
    warnings: 1,
    simulated: false,
    held: false,
  };
  const { features } = objectFeatures(
    [{ ...one, lon: 121.5, lat: 31.2, level: 'red' }],
    [{ lon: 121.6, lat: 31.1, count: 40, level: 'yellow' }],
  );
  expect(features.map(({ properties }) => properties)).toEqual([
    { id: 7, rank: 4, icon: expect.any(String), count: 1 },
    { rank: 2, worst: 2, count: 40, total: 40 },
  ]);
});
