// The Canadian Fire Weather Index against the answers of the reference implementation (the `cffdrs` package of the Canadian
// Forest Service): one station at 40° N, 48 days from 13 April. The files hold four significant digits, from 100 on two decimals.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { bui } from './bui.ts';
import type { FireWeather, FuelMoisture, NoonWeather } from './fire-weather.ts';
import { fwi } from './fwi.ts';
import { nextFireWeather, START_MOISTURE } from './next-fire-weather.ts';

const FOLDER = new URL('../../../../shared/data/forest-fire/cffdrs/', import.meta.url);
const present = existsSync(FOLDER);

type Row = Readonly<Record<string, number>>;

/** Rows of a file by the lower-case names of its first line. */
function rowsOf(name: string): readonly Row[] {
  const [head = '', ...lines] = readFileSync(new URL(name, FOLDER), 'utf8').trim().split(/\r?\n/);
  const names = head.toLowerCase().split(/[;,]/);
  return lines.map((line) => {
    const cells = line.split(/[;,]/);
    return Object.fromEntries(names.map((column, i) => [column, Number(cells[i])]));
  });
}

function noonOf(row: Row): NoonWeather {
  return {
    month: row['mon']!,
    temperature: row['temp']!,
    relativeHumidity: row['rh']!,
    wind: row['ws']!,
    rain: row['prec']!,
    latitude: row['lat']!,
  };
}

/** Day by day, each from the evening before. */
function season(days: readonly NoonWeather[], start: FuelMoisture = START_MOISTURE): readonly FireWeather[] {
  let state = start;
  return days.map((noon) => {
    const day = nextFireWeather(state, noon)!;
    state = day.state;
    return day;
  });
}

function asPrinted(value: number): number {
  return value >= 100 ? Number(value.toFixed(2)) : Number(value.toPrecision(4));
}

function printed({ state, isi, bui, fwi, dsr }: FireWeather): Row {
  const all = { ...state, isi, bui, fwi, dsr };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, asPrinted(value)]));
}

function expected(name: string): readonly Row[] {
  return rowsOf(name).map(
    ({ ffmc, dmc, dc, isi, bui, fwi, dsr }) => ({ ffmc, dmc, dc, isi, bui, fwi, dsr }) as Row,
  );
}

describe.skipIf(!present)(
  'as the reference package calculates it (skipped without ../shared/data/forest-fire)',
  () => {
    const days = present ? rowsOf('test_fwi.csv').map(noonOf) : [];

    test.each([
      ['fwi_01.csv', 'with every default'],
      ['fwi_02.csv', 'with all columns given out'],
      ['fwi_03.csv', 'with only the codes given out'],
      ['fwi_04.csv', 'with the start values 85, 6, 15 said aloud'],
      // Beyond 30° N the adjustment changes nothing: both use the day lengths of 46° N.
      ['fwi_07.csv', 'without the adjustment by latitude'],
      ['fwi_08.csv', 'with lower-case names'],
    ])('%s: the 48 days of a season %s', (name) => {
      expect(season(days).map(printed)).toEqual(expected(name));
    });

    test('fwi_05: a start from 0, 0, 0, after a soaking', () => {
      expect(season(days, { ffmc: 0, dmc: 0, dc: 0 }).map(printed)).toEqual(expected('fwi_05.csv'));
    });

    test('fwi_06: a start beyond every scale (200, 1000, 10000) comes back into it', () => {
      const start = { ffmc: 200, dmc: 1000, dc: 10_000 };
      expect(season(days, start).map(printed)).toEqual(expected('fwi_06.csv'));
    });

    test('fwi_09: the seventh day alone', () => {
      expect(season(days.slice(6, 7)).map(printed)).toEqual(expected('fwi_09.csv'));
    });

    test('fwi_10: the eighth to the thirteenth day', () => {
      expect(season(days.slice(7, 13)).map(printed)).toEqual(expected('fwi_10.csv'));
    });

    test('fwi_11: every day by itself from the start values, as for 48 stations on one day', () => {
      expect(days.map((noon) => printed(nextFireWeather(START_MOISTURE, noon)!))).toEqual(
        expected('fwi_11.csv'),
      );
    });

    test('two stations, day by day in turn, do not touch each other', () => {
      const dry = days.map((noon) => ({ ...noon, rain: 0 }));
      const states: FuelMoisture[] = [START_MOISTURE, START_MOISTURE];
      const inTurn = days.map((noon, i) =>
        [noon, dry[i]!].map((weather, station) => {
          const day = nextFireWeather(states[station]!, weather)!;
          states[station] = day.state;
          return day;
        }),
      );
      expect(inTurn.map(([first]) => first)).toEqual(season(days));
      expect(inTurn.map(([, second]) => second)).toEqual(season(dry));
    });
  },
);

const SUMMER: NoonWeather = {
  month: 8,
  temperature: 33,
  relativeHumidity: 45,
  wind: 18,
  rain: 0,
  latitude: 31.2,
};

test('a dry week in Pudong raises the index every day, one downpour puts it down', () => {
  const week = season(Array.from({ length: 7 }, () => SUMMER)).map((day) => day.fwi);
  expect(week.every((value, i) => i === 0 || value > week[i - 1]!)).toBe(true);
  const dry = season(Array.from({ length: 7 }, () => SUMMER)).at(-1)!;
  const wet = nextFireWeather(dry.state, { ...SUMMER, rain: 60, relativeHumidity: 98, temperature: 24 })!;
  expect(wet.fwi).toBeLessThan(1);
  expect(wet.state.ffmc).toBeLessThan(dry.state.ffmc);
  expect(wet.state.dc).toBeLessThan(dry.state.dc);
});

test('days are shorter the farther from the equator in January: duff dries by the table of the latitude', () => {
  const january = { ...SUMMER, month: 1, temperature: 20 };
  const dried = [46, 20, 0, -20, -40].map(
    (latitude) => nextFireWeather(START_MOISTURE, { ...january, latitude })!.state.dmc - START_MOISTURE.dmc,
  );
  const perHour = 1.894 * 21.1 * 55 * 1e-4;
  expect(dried.map((value) => Number((value / perHour).toFixed(6)))).toEqual([6.5, 7.9, 9, 10.1, 11.5]);
});

test('the deep layers follow three belts of latitude', () => {
  const january = { ...SUMMER, month: 1, temperature: 20 };
  const gained = [31, 0, -31].map(
    (latitude) => nextFireWeather(START_MOISTURE, { ...january, latitude })!.state.dc - START_MOISTURE.dc,
  );
  expect(gained.map((value) => Number((value * 2 - 0.36 * 22.8).toFixed(6)))).toEqual([-1.6, 1.4, 6.4]);
});

test('saturated air, deep frost and a hundred millimetres give numbers, never a hole', () => {
  const extremes = [
    { relativeHumidity: 100, temperature: 0, wind: 0, rain: 0 },
    { relativeHumidity: 0, temperature: 45, wind: 150, rain: 0 },
    { relativeHumidity: 100, temperature: -40, wind: 0, rain: 200 },
    { relativeHumidity: 130, temperature: 20, wind: -3, rain: -1 },
  ];
  for (const state of [{ ffmc: 0, dmc: 0, dc: 0 }, START_MOISTURE, { ffmc: 101, dmc: 800, dc: 3000 }])
    for (const extreme of extremes) {
      const day = nextFireWeather(state, { ...SUMMER, ...extreme })!;
      const values = [...Object.values(day.state), day.isi, day.bui, day.fwi, day.dsr];
      expect(values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      expect(day.state.ffmc).toBeLessThanOrEqual(101);
    }
});

test('a day without a value, or of a thirteenth month, is no day: the codes must not carry it on', () => {
  for (const wrong of [
    { temperature: Number.NaN },
    { rain: Number.POSITIVE_INFINITY },
    { month: 13 },
    { month: 0 },
    { month: 4.5 },
    { latitude: 200 },
  ])
    expect(nextFireWeather(START_MOISTURE, { ...SUMMER, ...wrong })).toBeUndefined();
  expect(nextFireWeather({ ...START_MOISTURE, dc: Number.NaN }, SUMMER)).toBeUndefined();
});

test('with nothing to burn there is no index', () => {
  expect(bui(0, 0)).toBe(0);
  expect(bui(0, 300)).toBe(0);
  expect(fwi(0, 0)).toBe(0);
});
