import { expect, test } from 'vitest';

import { NearGrid } from './near-grid.ts';

const gauge = (name: string, lat: number, lon: number) => ({ name, lat, lon });
const grid = new NearGrid([
  gauge('here', 31.2, 121.5),
  gauge('900 m north', 31.2081, 121.5),
  gauge('2.9 km east', 31.2, 121.5305),
  gauge('3.2 km east', 31.2, 121.5337),
  gauge('20 km south', 31.02, 121.5),
]);
const near = (metres: number): readonly string[] =>
  [...grid.near({ lat: 31.2, lon: 121.5 }, metres)].map(({ name }) => name).toSorted();

test('within three kilometres, across the cells', () => {
  expect(near(3000)).toEqual(['2.9 km east', '900 m north', 'here']);
  expect(near(500)).toEqual(['here']);
  expect(near(30_000)).toHaveLength(5);
});
