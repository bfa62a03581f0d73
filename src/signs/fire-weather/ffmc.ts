import type { NoonWeather } from './fire-weather.ts';
import { codeOfWater, waterOf } from './fine-fuel-moisture.ts';

/** 细小可燃物湿度码 of the day from yesterday's; equations 1–10 of Van Wagner (1987). */
export function ffmc(yesterday: number, weather: NoonWeather): number {
  const before = wetted(waterOf(yesterday), weather.rain);
  return Math.min(Math.max(codeOfWater(dried(before, weather)), 0), 101);
}

/** Rain up to 0.5 mm stays in the canopy. */
function wetted(water: number, rain: number): number {
  if (rain <= 0.5) return water;
  const net = rain - 0.5;
  const soaked = water + 42.5 * net * Math.exp(-100 / (251 - water)) * (1 - Math.exp(-6.93 / net));
  const more = water > 150 ? 0.0015 * (water - 150) ** 2 * Math.sqrt(net) : 0;
  return Math.min(soaked + more, 250);
}

/** Towards the equilibrium of the air: drying down to one, wetting up to another, and between them nothing changes. */
function dried(water: number, { temperature, relativeHumidity, wind }: NoonWeather): number {
  // Saturated air would stop the drying curve altogether.
  const humidity = Math.min(relativeHumidity, 99.9999);
  const common = 0.18 * (21.1 - temperature) * (1 - Math.exp(-0.115 * humidity));
  const humid = Math.exp((humidity - 100) / 10);
  const drying = 0.942 * humidity ** 0.679 + 11 * humid + common;
  const wetting = 0.618 * humidity ** 0.753 + 10 * humid + common;
  const rate = (share: number): number =>
    (0.424 * (1 - share ** 1.7) + 0.0694 * Math.sqrt(wind) * (1 - share ** 8)) *
    0.581 *
    Math.exp(0.0365 * temperature);
  if (water > drying) return drying + (water - drying) / 10 ** rate(humidity / 100);
  if (water < wetting) return wetting - (wetting - water) / 10 ** rate((100 - humidity) / 100);
  return water;
}
