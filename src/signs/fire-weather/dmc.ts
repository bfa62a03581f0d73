import type { NoonWeather } from './fire-weather.ts';

/** Effective day lengths (h) by month, January first, for the parts of the Earth from `above` (degrees) northwards. */
const DAY_LENGTHS: readonly { readonly above: number; readonly hours: readonly number[] }[] = [
  // 46° N, the Canadian standard: 30° N and beyond, Pudong (31° N) among it.
  { above: 30, hours: [6.5, 7.5, 9, 12.8, 13.9, 13.9, 12.4, 10.9, 9.4, 8, 7, 6] },
  // 20° N.
  { above: 10, hours: [7.9, 8.4, 8.9, 9.5, 9.9, 10.2, 10.1, 9.7, 9.1, 8.6, 8.1, 7.8] },
  // Near the equator.
  { above: -10, hours: Array.from({ length: 12 }, () => 9) },
  // 20° S.
  { above: -30, hours: [10.1, 9.6, 9.1, 8.5, 8.1, 7.8, 7.9, 8.3, 8.9, 9.4, 9.9, 10.2] },
  // 40° S.
  { above: -91, hours: [11.5, 10.5, 9.2, 7.9, 6.8, 6.2, 6.5, 7.4, 8.7, 10, 11.2, 11.8] },
];

/** 腐殖质湿度码 of the day from yesterday's; equations 11–17 of Van Wagner (1987). */
export function dmc(
  yesterday: number,
  { month, temperature, relativeHumidity, rain, latitude }: NoonWeather,
): number {
  const hours = DAY_LENGTHS.find(({ above }) => latitude > above)?.hours[month - 1] ?? 9;
  const drying = 1.894 * (Math.max(temperature, -1.1) + 1.1) * (100 - relativeHumidity) * hours * 1e-4;
  return Math.max(rained(yesterday, rain), 0) + drying;
}

/** Rain up to 1.5 mm does not reach the duff. */
function rained(code: number, rain: number): number {
  if (rain <= 1.5) return code;
  const net = 0.92 * rain - 1.27;
  const before = 20 + 280 * Math.exp(-0.023 * code);
  const after = before + (1000 * net) / (48.77 + slope(code) * net);
  return 43.43 * (5.6348 - Math.log(after - 20));
}

function slope(code: number): number {
  if (code <= 33) return 100 / (0.5 + 0.3 * code);
  return code <= 65 ? 14 - 1.3 * Math.log(code) : 6.2 * Math.log(code) - 17.2;
}
