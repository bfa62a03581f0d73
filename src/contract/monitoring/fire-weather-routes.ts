import { pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

/** 火险天气 of one day at one point, by the fire weather index of its noon. */
const fireWeatherDay = z.object({
  /** `2026-11-30`, of Beijing. */
  day: z.string(),
  point: z.object({ id: z.number().int(), code: z.string() }),
  object: z.object({ id: z.number().int(), name: z.string() }),
  /** °C, %, km/h, mm of the 24 h up to noon; null where nothing was heard. */
  temperature: z.number().nullable(),
  relativeHumidity: z.number().nullable(),
  wind: z.number().nullable(),
  rain: z.number().nullable(),
  /** Elements without a usable value: such a day has no index, and the codes of the day before stand. */
  missing: z.array(z.object({ code: z.string(), name: z.string() })),
  ffmc: z.number(),
  dmc: z.number(),
  dc: z.number(),
  isi: z.number().nullable(),
  bui: z.number().nullable(),
  fwi: z.number().nullable(),
});
export type FireWeatherDayView = z.infer<typeof fireWeatherDay>;

export const listFireWeather = route({
  method: 'GET',
  path: '/api/v1/fire-weather-days',
  room: 'monitoring',
  summary: '逐日午时火险天气指数（FWI）及各码，最新的在前；缺测的日子写明缺什么',
  access: 'reading.read',
  query: pageQuery.extend({ object: z.coerce.number().int().optional() }),
  reply: pageOf(fireWeatherDay),
});
