import { type Curve, HOUR_MS, MINUTE_MS } from './curve.ts';
import type { Town } from './gauge.ts';
import { wander } from './noise.ts';
import { rainRate } from './story.ts';

/** Middle of the rain band, and how wide it is (degrees). Ours: the press names no gauge. */
const CORE = { lat: 31.14, lon: 121.62, width: 0.26 };
/** Brings the wettest gauge over 100 mm in six hours with the reading of 07:50. */
const SCALE = 1.0556;

/** How much of the core's rain falls on a town, 0…1. */
export function rainShare({ lat, lon }: Pick<Town, 'lat' | 'lon'>): number {
  const distance = Math.hypot(lat - CORE.lat, (lon - CORE.lon) * 0.855);
  return Math.exp(-((distance / CORE.width) ** 2));
}

/** Rain of the five minutes that end at `at`, mm. */
export function rainIn5Minutes(town: Town): Curve {
  const share = rainShare(town);
  return (at) => {
    const middle = at - 2.5 * MINUTE_MS;
    const gusty = 1 + 0.12 * wander(town.code, middle, 20 * MINUTE_MS);
    return Math.round(((rainRate(middle) * SCALE * share * gusty) / 12) * 10) / 10;
  };
}

/** Rain of the hour that ends at `at`, mm. */
export function rainInHour(town: Town): Curve {
  const five = rainIn5Minutes(town);
  return (at) => {
    const end = Math.floor(at / (5 * MINUTE_MS)) * 5 * MINUTE_MS;
    let sum = 0;
    for (let t = end; t > end - HOUR_MS; t -= 5 * MINUTE_MS) sum += five(t);
    return Math.round(sum * 10) / 10;
  };
}
