import type { Inventory } from '../register.ts';
import { type Curve, MINUTE_MS, rounded, september, lines } from './curve.ts';
import { type DemoObject, type Gauge, near, two, type Town } from './gauge.ts';
import { chance, wander } from './noise.ts';
import { rainIn5Minutes } from './rain.ts';
import { coastWind, tideHuangpu } from './story.ts';
import { underpassDepth, underpassPeriod } from './underpass.ts';

const FLOOD_DEVICE = 'SIM-GW-FLOOD';
const UNDERPASSES = 30;
const PONDINGS = 20;
const every5: Curve = () => 300;

const object = (code: string, name: string, place: Pick<DemoObject, 'lat' | 'lon' | 'town'>): DemoObject => ({
  code,
  name: `模拟·${name}`,
  scenario: 'FLOOD',
  ...place,
});

/** Rain gauges, underpasses, tide and wind stations, ponding rulers. `towns` come the wettest first. */
export function floodGauges(towns: readonly Town[]): Gauge[] {
  return [
    ...towns.map(rainGauge),
    ...towns.slice(0, UNDERPASSES).map(underpass),
    ...towns.slice(0, PONDINGS).map(ponding),
    ...tides(),
    ...windStations(towns),
  ];
}

/** An underpass and the rain gauge of its town belong together, by the code of the underpass. */
export function floodLinks(towns: readonly Town[]): NonNullable<Inventory['links']> {
  return new Map(
    towns
      .slice(0, UNDERPASSES)
      .map((town, i) => [
        `SIM-UNDERPASS-${two(i + 1)}`,
        [{ object: `SIM-RAIN-${town.code}`, kind: 'gauges' }],
      ]),
  );
}

function rainGauge(town: Town): Gauge {
  const code = `SIM-RAIN-${town.code}`;
  const place = { lat: town.lat, lon: town.lon, town: town.code };
  return {
    point: `${code}-5M`,
    object: object(code, `雨量站（${town.name}）`, place),
    element: 'FLOOD.RAIN_5M',
    device: FLOOD_DEVICE,
    every: every5,
    value: rainIn5Minutes(town),
  };
}

function underpass(town: Town, i: number): Gauge {
  const code = `SIM-UNDERPASS-${two(i + 1)}`;
  const depth = underpassDepth(i);
  return {
    point: `${code}-DEPTH`,
    object: object(code, `下立交 ${two(i + 1)}（${town.name}）`, near(town, 1)),
    element: 'FLOOD.UNDERPASS',
    device: FLOOD_DEVICE,
    every: underpassPeriod(depth),
    value: depth,
  };
}

/** Two roads stand deep enough for yellow, four for blue; the others only get wet. */
function ponding(town: Town, i: number): Gauge {
  const code = `SIM-PONDING-${two(i + 1)}`;
  const peak = i < 2 ? 17.5 : i < 6 ? 12 : 3 + 4 * chance(code);
  const depth = rounded(
    lines([
      ['20 05:30', 0],
      ['20 07:20', peak],
      ['20 09:00', peak],
      ['20 11:30', 0],
    ]),
    1,
  );
  return {
    point: `${code}-DEPTH`,
    object: object(code, `道路积水点 ${two(i + 1)}（${town.name}）`, near(town, 2)),
    element: 'FLOOD.PONDING',
    device: FLOOD_DEVICE,
    every: (at) => (depth(at) > 0 ? 60 : 600),
    value: depth,
  };
}

function tides(): Gauge[] {
  const stations = [
    {
      code: 'SIM-TIDE-HP',
      name: '苏州河口（黄浦公园）潮位站',
      element: 'FLOOD.TIDE_HP',
      lat: 31.244,
      lon: 121.487,
      share: 1,
    },
    {
      code: 'SIM-TIDE-WS',
      name: '吴淞口潮位站',
      element: 'FLOOD.TIDE_WS',
      lat: 31.39,
      lon: 121.51,
      share: 0.955,
    },
  ];
  return stations.map(({ code, name, element, lat, lon, share }) => ({
    point: `${code}-LEVEL`,
    object: object(code, name, { lat, lon, town: share === 1 ? '310115005' : '310115104' }),
    element,
    device: FLOOD_DEVICE,
    every: every5,
    value: rounded((at) => tideHuangpu(at) * share, 2),
  }));
}

/** On the coast first and strongest; the further west the weaker. */
const WIND_TOWNS: readonly (readonly [code: string, share: number])[] = [
  ['310115145', 1],
  ['310115142', 0.96],
  ['310115144', 0.93],
  ['310115139', 0.88],
  ['310115110', 0.84],
  ['310115117', 0.8],
  ['310115104', 0.72],
  ['310115005', 0.58],
];
const GUST = 1.42;
const CALM_BEFORE = september('18 14:05');

/** Mean wind at a share of the coast's; steady until the first warning is out, then it wanders a little. */
export function windAt(name: string, share: number): Curve {
  return rounded((at) => {
    const wandering = at < CALM_BEFORE ? 0 : 0.2 * wander(name, at, 15 * MINUTE_MS);
    return Math.max(0, coastWind(at) * share + wandering);
  }, 1);
}

function windStations(towns: readonly Town[]): Gauge[] {
  return WIND_TOWNS.flatMap(([townCode, share]) => {
    const town = towns.find(({ code }) => code === townCode);
    if (!town) return [];
    const code = `SIM-WIND-${townCode}`;
    const station = object(code, `风力站（${town.name}）`, near(town, 3));
    const mean = windAt(code, share);
    const common = { object: station, device: FLOOD_DEVICE, every: () => 60 };
    return [
      { ...common, point: `${code}-AVG`, element: 'FLOOD.WIND_AVG', value: mean },
      {
        ...common,
        point: `${code}-GUST`,
        element: 'FLOOD.WIND_GUST',
        value: rounded((at) => mean(at) * GUST, 1),
      },
    ];
  });
}
