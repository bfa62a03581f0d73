import { bui } from './bui.ts';
import { dc } from './dc.ts';
import { dmc } from './dmc.ts';
import { dsr } from './dsr.ts';
import { ffmc } from './ffmc.ts';
import type { FireWeather, FuelMoisture, NoonWeather } from './fire-weather.ts';
import { fwi } from './fwi.ts';
import { isi } from './isi.ts';

/** Where a season begins after the snow, or a station without history: the system's standard. */
export const START_MOISTURE: FuelMoisture = { ffmc: 85, dmc: 6, dc: 15 };

/**
 * One day of the Canadian Forest Fire Weather Index System. Humidity beyond 0–100 % and negative wind or rain are sensors'
 * noise and are taken as the nearest that can be. Undefined where a value is missing or no number: such a day must not
 * reach the codes, which carry it on for weeks; the state of the day before stands.
 */
export function nextFireWeather(before: FuelMoisture, weather: NoonWeather): FireWeather | undefined {
  if (!isUsable(before, weather)) return undefined;
  const noon = credible(weather);
  const state = { ffmc: ffmc(before.ffmc, noon), dmc: dmc(before.dmc, noon), dc: dc(before.dc, noon) };
  const spread = isi(state.ffmc, noon.wind);
  const buildUp = bui(state.dmc, state.dc);
  const index = fwi(spread, buildUp);
  return { state, isi: spread, bui: buildUp, fwi: index, dsr: dsr(index) };
}

function isUsable(before: FuelMoisture, weather: NoonWeather): boolean {
  const { month, latitude } = weather;
  const numbers = [...Object.values(before), ...Object.values(weather)];
  if (!numbers.every(Number.isFinite)) return false;
  return Number.isInteger(month) && month >= 1 && month <= 12 && Math.abs(latitude) <= 90;
}

function credible(weather: NoonWeather): NoonWeather {
  return {
    ...weather,
    relativeHumidity: Math.min(Math.max(weather.relativeHumidity, 0), 100),
    wind: Math.max(weather.wind, 0),
    rain: Math.max(weather.rain, 0),
  };
}
