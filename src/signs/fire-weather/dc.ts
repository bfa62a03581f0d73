import type { NoonWeather } from './fire-weather.ts';

/** Day length factors by month, January first, for the parts of the Earth from `above` (degrees) northwards. */
const DAY_FACTORS: readonly { readonly above: number; readonly factors: readonly number[] }[] = [
  { above: 20, factors: [-1.6, -1.6, -1.6, 0.9, 3.8, 5.8, 6.4, 5, 2.4, 0.4, -1.6, -1.6] },
  { above: -20, factors: Array.from({ length: 12 }, () => 1.4) },
  { above: -91, factors: [6.4, 5, 2.4, 0.4, -1.6, -1.6, -1.6, -1.6, -1.6, 0.9, 3.8, 5.8] },
];

/** 干旱码 of the day from yesterday's; equations 18–23 of Van Wagner (1987). */
export function dc(yesterday: number, { month, temperature, rain, latitude }: NoonWeather): number {
  const factor = DAY_FACTORS.find(({ above }) => latitude > above)?.factors[month - 1] ?? 1.4;
  const evaporated = (0.36 * (Math.max(temperature, -2.8) + 2.8) + factor) / 2;
  // A cold winter's day takes nothing away, and gives nothing back.
  return Math.max(rained(yesterday, rain), 0) + Math.max(evaporated, 0);
}

/** Rain up to 2.8 mm does not reach the deep layers. */
function rained(code: number, rain: number): number {
  if (rain <= 2.8) return code;
  const net = 0.83 * rain - 1.27;
  const before = 800 * Math.exp(-code / 400);
  return code - 400 * Math.log(1 + (3.937 * net) / before);
}
