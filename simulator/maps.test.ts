import { inBox, PUDONG_BOX } from '#model/platform';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

import { demoGauges, demoInventory } from './demo/district.ts';
import { BEGINS, ENDS } from './demo/story.ts';
import { inventoryOf, mapVia } from './replay-inventory.ts';
import { builtInMaps } from './replay-map.ts';

interface Element {
  readonly code: string;
  readonly range: readonly [number, number] | null;
}

const STANDARDS = path.resolve(import.meta.dirname, '../standards');

function elements(): Map<string, Element> {
  const files = readdirSync(STANDARDS).filter((name) => name.endsWith('.json'));
  const all = files.flatMap((name) => {
    const file = JSON.parse(readFileSync(path.join(STANDARDS, name), 'utf8')) as { elements?: Element[] };
    return file.elements ?? [];
  });
  return new Map(all.map((element) => [element.code, element]));
}

test('every channel of every built-in map measures an element of the standard', () => {
  const known = elements();
  const maps = builtInMaps();
  expect(maps.map(({ match }) => match).toSorted()).toEqual([
    'ETTh1',
    'ETTh2',
    'elevator_door_4hz',
    'floodnet_nyc_profiles',
    'gecco2018_drinking_water',
    'melbourne_pedestrians_hourly',
    'metec_methane_sensors_minute',
    'metr_la_week_speed',
    'metro_daily_ridership',
    'munich_test_bridge_settlement',
    'norfolk_daily_2010_2016',
    'shanghai_hourly_2010_2015',
    'skab_',
    'smoke_detector_1hz',
  ]);
  for (const { channels } of maps) {
    expect(channels.map(({ element }) => element).filter((code) => !known.has(code))).toEqual([]);
  }
});

test('replayed objects say so in their names and stand in Pudong, so that the map shows them', () => {
  for (const { name, lat, lon } of builtInMaps().flatMap(({ objects }) => objects)) {
    expect(name).toMatch(/^回放·.*非浦东/u);
    expect(inBox(PUDONG_BOX, [lon, lat], 0)).toBe(true);
  }
});

test('by SL 651 a device is a station and each of its columns an identifier of its own', () => {
  for (const map of builtInMaps()) {
    const { devices } = inventoryOf(mapVia(map, 'sl651'));
    expect(new Set(devices.map(({ code }) => code)).size).toBe(map.devices.length);
    for (const { code, points } of devices) {
      expect(code).toMatch(/^00\d{8}$/u);
      const factors = points?.map(({ factor }) => factor) ?? [];
      expect(factors.every((factor) => /^FF[0-9A-F]{2}$/u.test(factor))).toBe(true);
      expect(new Set(factors).size).toBe(factors.length);
    }
  }
});

test('the same recording by another gateway uses devices and points of its own', () => {
  for (const map of builtInMaps()) {
    const own = inventoryOf(map);
    const other = inventoryOf(mapVia(map, map.via === 'http' ? 'hj212' : 'http'));
    const codes = (inventory: typeof own): string[] =>
      [...inventory.points, ...inventory.devices].map(({ code }) => code);
    expect(codes(own).filter((code) => codes(other).includes(code))).toEqual([]);
    expect(own.devices.every(({ code }) => map.via !== 'hj212' || code.length === 24)).toBe(true);
  }
});

test('the demo district: some 300 points of eight scenarios, all named 模拟· and flagged', () => {
  const gauges = demoGauges();
  const { objects, points, devices } = demoInventory(gauges);
  const known = elements();
  expect(points.length).toBeGreaterThanOrEqual(280);
  expect(points.length).toBeLessThanOrEqual(320);
  expect(new Set(points.map(({ code }) => code)).size).toBe(points.length);
  expect(new Set(objects.flatMap(({ scenarios }) => scenarios)).size).toBe(8);
  expect(objects.filter(({ name, simulated }) => !name.startsWith('模拟·') || simulated !== true)).toEqual(
    [],
  );
  expect(points.filter(({ element }) => !known.has(element))).toEqual([]);
  expect(gauges.filter(({ element }) => element === 'FLOOD.RAIN_5M').length).toBe(36);
  expect(devices.filter(({ protocol }) => protocol === 'hj212').every(({ code }) => code.length === 24)).toBe(
    true,
  );
});

test('no simulated gauge ever leaves the range of its element', () => {
  const known = elements();
  const astray = demoGauges().filter(({ element, value }) => {
    const [low, high] = known.get(element)?.range ?? [0, 0];
    for (let at = BEGINS; at <= ENDS; at += 30 * 60_000) {
      if (!(value(at) >= low && value(at) <= high)) return true;
    }
    return false;
  });
  expect(astray.map(({ point }) => point)).toEqual([]);
});
