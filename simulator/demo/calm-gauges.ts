import type { ScenarioCode } from '#model/platform';

import { type Curve, daily, lines, MINUTE_MS, rounded } from './curve.ts';
import { except, mixed, steady } from './curve-kinds.ts';
import { type Gauge, near, two, type Town } from './gauge.ts';
import { wander } from './noise.ts';
import { rainInHour } from './rain.ts';
import { downpour } from './story.ts';

/** A kind of point that stands in many places. `curve` is given the place's name, its number and its town. */
interface Family {
  readonly scenario: ScenarioCode;
  readonly code: string;
  readonly name: string;
  readonly count: number;
  readonly points: readonly {
    readonly suffix: string;
    readonly element: string;
    readonly seconds: number;
    readonly digits: number;
    readonly curve: (name: string, i: number, town: Town) => Curve;
  }[];
}

/** The scenarios beside the flood: mostly normal, with one small warning here and there. */
const FAMILIES: readonly Family[] = [
  {
    scenario: 'MET',
    code: 'SIM-AWS',
    name: '自动气象站',
    count: 10,
    points: [
      {
        suffix: 'T',
        element: 'MET.T',
        seconds: 300,
        digits: 1,
        curve: (name) => mixed(daily(26.5, 2.2, 14), steady(0, 0.6, 0.3)(name)),
      },
      {
        suffix: 'VIS',
        element: 'MET.VIS',
        seconds: 300,
        digits: 0,
        curve: (name) => (at) => 12_000 - 9500 * downpour(at) + 400 * wander(name, at, 30 * MINUTE_MS),
      },
      {
        suffix: 'R1H',
        element: 'MET.RAIN_1H',
        seconds: 300,
        digits: 1,
        curve: (_, __, town) => rainInHour(town),
      },
    ],
  },
  {
    scenario: 'WATER',
    code: 'SIM-PIPE',
    name: '供水管网测压点',
    count: 24,
    points: [
      {
        suffix: 'P',
        element: 'WATER.WPRESS',
        seconds: 300,
        digits: 3,
        curve: except(
          4,
          lines([
            ['20 08:20', 0.22],
            ['20 08:50', 0.13],
            ['20 09:50', 0.13],
            ['20 10:20', 0.22],
          ]),
          steady(0.23, 0.03, 0.012),
        ),
      },
    ],
  },
  {
    scenario: 'WATER',
    code: 'SIM-WQ',
    name: '供水水质点',
    count: 8,
    points: [
      { suffix: 'TURB', element: 'WATER.TURB', seconds: 300, digits: 2, curve: steady(0.16, 0.05, 0.03) },
      { suffix: 'CL', element: 'WATER.CL', seconds: 300, digits: 2, curve: steady(0.6, 0.15, 0.06) },
    ],
  },
  {
    scenario: 'WATER',
    code: 'SIM-WELL',
    name: '排水检查井',
    count: 6,
    points: [
      { suffix: 'H2S', element: 'WATER.SEW_H2S', seconds: 600, digits: 1, curve: steady(1.5, 0.8, 0.5) },
      { suffix: 'CH4', element: 'WATER.SEW_CH4', seconds: 600, digits: 1, curve: steady(2.5, 1.2, 0.8) },
    ],
  },
  {
    scenario: 'GAS',
    code: 'SIM-GASWELL',
    name: '燃气相邻地下空间',
    count: 12,
    points: [
      { suffix: 'CH4', element: 'GAS.CH4_SPACE', seconds: 900, digits: 3, curve: steady(0.03, 0.015, 0.008) },
    ],
  },
  {
    scenario: 'GAS',
    code: 'SIM-GASSTN',
    name: '燃气场站',
    count: 8,
    points: [
      {
        suffix: 'LEL',
        element: 'GAS.STATION',
        seconds: 300,
        digits: 1,
        curve: except(
          2,
          lines([
            ['19 09:20', 1.5],
            ['19 09:35', 22.5],
            ['19 09:50', 22.5],
            ['19 10:10', 1.5],
          ]),
          steady(1.5, 0.8, 0.6),
        ),
      },
      { suffix: 'REG', element: 'GAS.REG', seconds: 300, digits: 2, curve: steady(2.4, 0.2, 0.08) },
    ],
  },
  {
    scenario: 'POWER',
    code: 'SIM-SUBSTN',
    name: '变电站主变',
    count: 10,
    points: [
      {
        suffix: 'OILT',
        element: 'POWER.OILT',
        seconds: 300,
        digits: 1,
        curve: (name) => mixed(daily(52, 5, 15), steady(0, 4, 1)(name)),
      },
      {
        suffix: 'LOAD',
        element: 'POWER.LOAD',
        seconds: 300,
        digits: 1,
        curve: (name) => mixed(daily(54, 10, 14), steady(0, 6, 2)(name)),
      },
    ],
  },
  {
    scenario: 'TRAFFIC',
    code: 'SIM-EXPRESSWAY',
    name: '快速路断面',
    count: 8,
    points: [
      {
        suffix: 'SPEED',
        element: 'TRAFFIC.SPEED_EXPRESS',
        seconds: 300,
        digits: 0,
        curve: (name, i) => (at) =>
          70 + 4 * wander(name, at, 25 * MINUTE_MS) - (i < 2 ? 26 : 10) * downpour(at),
      },
      {
        suffix: 'VIS',
        element: 'TRAFFIC.VIS',
        seconds: 300,
        digits: 0,
        curve: (name, i) => (at) =>
          10_000 - (i === 0 ? 9560 : 8000) * downpour(at) + 20 * wander(name, at, 25 * MINUTE_MS),
      },
    ],
  },
  {
    scenario: 'TRAFFIC',
    code: 'SIM-ROADTUNNEL',
    name: '道路隧道',
    count: 4,
    points: [
      {
        suffix: 'CO',
        element: 'TRAFFIC.TUN_CO',
        seconds: 300,
        digits: 0,
        curve: (name) => mixed(daily(28, 12, 17), steady(0, 5, 4)(name)),
      },
    ],
  },
  {
    scenario: 'HAZCHEM',
    code: 'SIM-TANK',
    name: '危化品储罐',
    count: 5,
    points: [
      {
        suffix: 'LEVEL',
        element: 'HAZCHEM.LEVEL',
        seconds: 300,
        digits: 1,
        curve: except(
          1,
          lines([
            ['19 12:00', 62],
            ['19 14:30', 81.5],
            ['19 15:30', 81.5],
            ['19 17:30', 66],
          ]),
          steady(58, 8, 1),
        ),
      },
      { suffix: 'GAS', element: 'HAZCHEM.GASFL', seconds: 300, digits: 1, curve: steady(2, 1, 0.6) },
    ],
  },
];

/** Gauges that hang on one HTTP gateway per scenario. */
export function calmGauges(towns: readonly Town[]): Gauge[] {
  return FAMILIES.flatMap(({ scenario, code, name, count, points }, family) =>
    Array.from({ length: count }, (_, i) => i).flatMap((i) => {
      const town = towns[(i * 7 + family * 5) % towns.length];
      if (!town) return [];
      const place = `${code}-${two(i + 1)}`;
      const object = {
        code: place,
        scenario,
        name: `模拟·${name} ${two(i + 1)}（${town.name}）`,
        ...near(town, 4 + family),
      };
      return points.map(({ suffix, element, seconds, digits, curve }) => ({
        point: `${place}-${suffix}`,
        object,
        element,
        device: `SIM-GW-${scenario}`,
        every: () => seconds,
        value: rounded(curve(`${place}-${suffix}`, i, town), digits),
      }));
    }),
  );
}
