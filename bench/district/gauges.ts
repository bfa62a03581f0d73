import type { Town } from '../../simulator/demo/gauge.ts';
import { chance, wander } from '../../simulator/demo/noise.ts';
import { readTowns } from '../../simulator/demo/towns.ts';
import { rainRate, stormAt } from './typhoon.ts';

/** A simulated point, on an object of its own, and what it says at a minute of the day; undefined: nothing. */
export interface DayGauge {
  readonly code: string;
  readonly element: string;
  readonly scenario: string;
  readonly town: Town;
  readonly lat: number;
  readonly lon: number;
  readonly parameters?: Readonly<Record<string, number>>;
  /** It speaks through the gateway that is lost at noon. */
  readonly viaLostGateway: boolean;
  /** Its town is cut off from power for an hour, and it hangs on that. */
  readonly powered: boolean;
  readonly says: (minute: number) => number | undefined;
}

interface Family {
  readonly name: string;
  readonly scenario: string;
  readonly element: string;
  readonly perTown: number;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly powered?: boolean;
  /** Minute by minute, each once and in order: water remembers. */
  readonly curve: (gauge: Seat) => (minute: number) => number | undefined;
}

/** Where a gauge stands. */
interface Seat {
  readonly code: string;
  readonly lat: number;
  readonly lon: number;
  readonly n: number;
  readonly cutOff: boolean;
}

/** 14:00–15:00 three towns are without power. */
export const POWER_CUT = { from: 14 * 60, to: 15 * 60, towns: 3 } as const;
/** 12:00–13:00 nothing comes through a gateway. */
export const GATEWAY_LOSS = { from: 12 * 60, to: 13 * 60, points: 300 } as const;
export const CHATTERING = 'underpass.0.0';

const MINUTE_MS = 60_000;
const noise = (code: string, minute: number): number => 2 * chance(code, minute) - 1;
const cut = ({ cutOff }: Seat, minute: number): boolean =>
  cutOff && minute >= POWER_CUT.from && minute < POWER_CUT.to;
const each =
  (every: number, value: (minute: number) => number) =>
  (minute: number): number | undefined =>
    minute % every === 0 ? value(minute) : undefined;

/** A mean of ten minutes, as gauges tell it, wanders a little from one minute to the next. */
function wind(share: number): Family['curve'] {
  return (seat) =>
    each(1, (minute) =>
      Math.max(
        0,
        share * (5 + 14 * Math.sqrt(stormAt(seat, minute))) +
          1.2 * noise(seat.code, minute) +
          1.5 * wander(seat.code, minute * MINUTE_MS, 30 * MINUTE_MS),
      ),
    );
}

/** Water that gathers faster than it drains; every minute while there is some. */
function depth(catchment: readonly [number, number], drain: readonly [number, number], dry: number) {
  return (seat: Seat) => {
    const [gathers, drains] = [catchment, drain].map(
      ([least, more], i) => least + more * chance(seat.code, i + 1),
    );
    let cm = 0;
    return (minute: number): number | undefined => {
      const pumps = cut(seat, minute) ? 0 : (drains ?? 0);
      cm = Math.min(120, Math.max(0, cm + rainRate(seat, minute) * (gathers ?? 0) - pumps));
      if (cm === 0) return minute % dry === 0 ? 0 : undefined;
      return Math.max(0, cm + 0.4 * noise(seat.code, minute));
    };
  };
}

/** Twenty minutes over the blue line and twenty under it, and trembling about it while over. */
function chattering(seat: Seat): (minute: number) => number {
  return (minute) =>
    minute % 40 < 20 ? 5.6 + 1.6 * noise(seat.code, minute) : 0.6 + 0.4 * noise(seat.code, minute);
}

const underpass = depth([0.005, 0.015], [0.45, 0.5], 5);

/** Mostly nothing. One in fifteen rises for half an hour though there is no gas (a calibration, a wet probe), three really do. */
function gas(seat: Seat): (minute: number) => number | undefined {
  const begins = Math.floor(chance(seat.code, 3) * 1380);
  const leaks = seat.n < 3;
  const rises = leaks || chance(seat.code, 4) < 1 / 15;
  const peak = leaks ? 1.6 : 0.45;
  const lasts = leaks ? 120 : 30;
  return each(5, (minute) => {
    const up = rises && minute >= begins && minute < begins + lasts;
    return Math.max(0, (up ? peak : 0.03) + 0.01 * noise(seat.code, minute));
  });
}

const FAMILIES: readonly Family[] = [
  {
    name: 'rain',
    scenario: 'FLOOD',
    element: 'FLOOD.RAIN_5M',
    perTown: 5,
    curve: (seat) =>
      each(5, (minute) => (rainRate(seat, minute) / 12) * (1 + 0.15 * noise(seat.code, minute))),
  },
  { name: 'wind', scenario: 'FLOOD', element: 'FLOOD.WIND_AVG', perTown: 4, curve: wind(1) },
  {
    name: 'underpass',
    scenario: 'FLOOD',
    element: 'FLOOD.UNDERPASS',
    perTown: 15,
    curve: (seat) => (seat.code === CHATTERING ? chattering(seat) : underpass(seat)),
  },
  {
    name: 'ponding',
    scenario: 'FLOOD',
    element: 'FLOOD.PONDING',
    perTown: 20,
    curve: depth([0.004, 0.011], [0.4, 0.5], 10),
  },
  {
    name: 'river',
    scenario: 'FLOOD',
    element: 'FLOOD.RIVER',
    perTown: 5,
    parameters: { 'FLOOD.W_STAGE': 3.3, 'FLOOD.G_STAGE': 3.6 },
    curve: (seat) => {
      let rise = 0;
      return (minute) => {
        rise += rainRate(seat, minute) * 0.000_06 - rise * 0.002;
        if (minute % 5 !== 0) return undefined;
        return 2.7 + 0.1 * chance(seat.code) + rise + 0.02 * noise(seat.code, minute);
      };
    },
  },
  {
    name: 'pump',
    scenario: 'FLOOD',
    element: 'FLOOD.PUMP_STATE',
    perTown: 3,
    powered: true,
    curve: (seat) => each(1, (minute) => (cut(seat, minute) ? 2 : 0)),
  },
  {
    name: 'power',
    scenario: 'POWER',
    element: 'POWER.OUTAGE',
    perTown: 1,
    curve: (seat) => each(1, (minute) => (cut(seat, minute) ? 6200 : 4)),
  },
  {
    name: 'pressure',
    scenario: 'WATER',
    element: 'WATER.WPRESS',
    perTown: 5,
    powered: true,
    curve: (seat) =>
      each(5, (minute) => (cut(seat, minute) ? 0.13 : 0.24) + 0.004 * noise(seat.code, minute)),
  },
  { name: 'gas', scenario: 'GAS', element: 'GAS.CH4_SPACE', perTown: 16, curve: gas },
  { name: 'host', scenario: 'FIRE', element: 'FIRE.HOST', perTown: 20, curve: () => each(5, () => 0) },
  { name: 'crane', scenario: 'CONSTR', element: 'CONSTR.TC_WIND', perTown: 5, curve: wind(0.95) },
  { name: 'bridge', scenario: 'BRIDGE', element: 'BRIDGE.WIND', perTown: 1, curve: wind(0.9) },
];

/** Every gauge of the district. Each is heard minute by minute from the first on. */
export function dayGauges(): readonly DayGauge[] {
  const towns = readTowns();
  let hosts = 0;
  return FAMILIES.flatMap((family) =>
    towns.flatMap((town, t) =>
      Array.from({ length: family.perTown }, (_, i) => {
        const code = `${family.name}.${t}.${i}`;
        const seat: Seat = {
          code,
          lat: town.lat + 0.05 * (chance(code, 7) - 0.5),
          lon: town.lon + 0.05 * (chance(code, 8) - 0.5),
          n: t * family.perTown + i,
          cutOff: t < POWER_CUT.towns,
        };
        const viaLostGateway = family.name === 'host' && (hosts += 1) <= GATEWAY_LOSS.points;
        const says = family.curve(seat);
        const { scenario, element, parameters } = family;
        return {
          code,
          scenario,
          element,
          town,
          lat: seat.lat,
          lon: seat.lon,
          viaLostGateway,
          ...(parameters ? { parameters } : {}),
          powered: family.powered === true && seat.cutOff,
          says: (minute: number) =>
            viaLostGateway && minute >= GATEWAY_LOSS.from && minute < GATEWAY_LOSS.to
              ? undefined
              : says(minute),
        };
      }),
    ),
  );
}
