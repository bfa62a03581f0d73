import { lines, rounded } from './curve.ts';
import { except, steady } from './curve-kinds.ts';
import { windAt } from './flood-gauges.ts';
import { type Gauge, near, two, type Town } from './gauge.ts';

const SITES = 8;

/**
 * Building sites, each with a logger that speaks HJ 212 over TCP (ST=39): crane wind every minute as a01007, dust every
 * quarter of an hour as a34001, which the standard counts in ng/m³.
 */
export function siteGauges(towns: readonly Town[]): Gauge[] {
  return Array.from({ length: SITES }, (_, i) => i).flatMap((i) => {
    const town = towns[(i * 4 + 1) % towns.length];
    if (!town) return [];
    const code = `SIM-SITE-${two(i + 1)}`;
    const object = {
      code,
      scenario: 'CONSTR' as const,
      name: `模拟·建筑工地 ${two(i + 1)}（${town.name}）`,
      ...near(town, 20),
    };
    const device = `PUANSIMSITE00000000000${two(i + 1)}`;
    const dust = except(
      0,
      lines([
        ['18 14:00', 0.3],
        ['18 14:45', 0.86],
        ['18 15:15', 0.86],
        ['18 16:00', 0.25],
        ['19 20:00', 0.05],
      ]),
      steady(0.16, 0.06, 0.04),
    );
    return [
      {
        point: `${code}-WIND`,
        object,
        device,
        element: 'CONSTR.TC_WIND',
        factor: { code: 'a01007', perUnit: 1 },
        every: () => 60,
        value: windAt(code, 0.55 + 0.03 * i),
      },
      {
        point: `${code}-PM`,
        object,
        device,
        element: 'CONSTR.PM',
        factor: { code: 'a34001', perUnit: 1e6 },
        every: () => 900,
        value: rounded(dust(code, i), 3),
      },
    ];
  });
}
