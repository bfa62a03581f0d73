import { type Inventory } from '../register.ts';
import { calmGauges } from './calm-gauges.ts';
import { floodGauges, floodLinks } from './flood-gauges.ts';
import type { Gauge } from './gauge.ts';
import { siteGauges } from './site-gauges.ts';
import { readTowns } from './towns.ts';

/** System type of a building site's dust logger (HJ 212-2017 table 5: 工地扬尘污染源). */
export const SITE_ST = '39';
/** What simulated loggers send as PW; no secret. */
export const SITE_PW = '123456';

/** Every simulated gauge of the demo district. */
export function demoGauges(): Gauge[] {
  const towns = readTowns();
  return [...floodGauges(towns), ...calmGauges(towns), ...siteGauges(towns)];
}

/** What the server must know of them: all flagged as simulated. */
export function demoInventory(gauges: readonly Gauge[]): Inventory {
  const objects = new Map(gauges.map(({ object }) => [object.code, object]));
  const devices = Map.groupBy(gauges, ({ device }) => device);
  return {
    objects: [...objects.values()].map(({ scenario, ...object }) => ({
      ...object,
      scenarios: [scenario],
      simulated: true,
    })),
    links: floodLinks(readTowns()),
    points: gauges.map(({ point, object, element }) => ({ code: point, object: object.code, element })),
    devices: [...devices].map(([code, members]) => ({
      code,
      simulated: true,
      ...(isLogger(members)
        ? { protocol: 'hj212' as const, settings: { password: SITE_PW } }
        : { protocol: 'http' as const }),
      points: members.map(({ point, factor }) =>
        factor ? { factor: factor.code, point, scale: 1 / factor.perUnit } : { factor: point, point },
      ),
    })),
  };
}

const isLogger = (members: readonly Gauge[]): boolean => members.some(({ factor }) => factor !== undefined);
