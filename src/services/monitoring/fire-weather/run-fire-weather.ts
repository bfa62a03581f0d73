import { toBeijing } from '#base';
import type { FireWeatherInputs } from '#model/standard';
import type { SystemContext } from '#services/context';
import { type FuelMoisture, nextFireWeather, START_MOISTURE } from '#signs';
import type { Database, FireWeatherRow } from '#storage';
import { type Kysely, sql } from 'kysely';

import type { MonitoringDesk } from '../desk.ts';
import { DAY_MS, type FireWeatherDay, newestNoon, noonsTo } from './fire-weather-day.ts';
import { noonWeather } from './noon-weather.ts';

/** After a longer gap the codes tell nothing any more: they begin anew. */
const LONGEST_GAP_DAYS = 60;

interface Station {
  readonly point: number;
  readonly object: number;
  readonly latitude: number;
  readonly inputs: FireWeatherInputs;
  /** Its newest day: noon (epoch ms) and codes. */
  readonly last: (FuelMoisture & { readonly noon: number }) | null;
}

/**
 * Makes the fire weather index of every day that is due, station by station and day by day, and hands it to the hot path, which
 * judges it and writes the day down in one transaction. A day without its weather has no index and says what was missing; the
 * codes of the day before stand. Gives the number of days. Throws `service.unavailable` while the hot path is down.
 */
export async function runFireWeather(context: SystemContext, desk: MonitoringDesk): Promise<number> {
  const now = context.now();
  const noon = newestNoon(now);
  const due = await context.transaction(async (tx) => {
    const days: FireWeatherDay[] = [];
    for (const station of await stationsDue(tx, noon)) days.push(...(await daysOf(tx, station, noon)));
    return days;
  });
  if (due.length > 0) await desk.ingest.judgeDays(due);
  return due.length;
}

async function stationsDue(tx: Kysely<Database>, noon: number): Promise<readonly Station[]> {
  const moment = new Date(noon);
  const { rows } = await sql<Station>`
    select p.id as point, o.id as object, o.lat as latitude, g.body->'measure' as inputs,
      (select json_build_object('noon', extract(epoch from (d.day + time '12:00') at time zone 'Asia/Shanghai')::float8 * 1000,
          'ffmc', d.ffmc, 'dmc', d.dmc, 'dc', d.dc)
        from fire_weather_day d where d.point_id = p.id order by d.day desc limit 1) as last
    from sign g join standard_version v on v.id = g.standard_id join point p on p.element_code = g.element_code
    join monitored_object o on o.id = p.object_id
    where g.body->'measure'->>'kind' = 'fire-weather' and o.retired_at is null
      and v.effective_from <= ${moment} and (v.retired_at is null or v.retired_at > ${moment})
      and not exists (select from fire_weather_day d where d.point_id = p.id and d.day = ${dayOf(noon)}::date)
    order by p.id`.execute(tx);
  return rows;
}

async function daysOf(
  tx: Kysely<Database>,
  station: Station,
  noon: number,
): Promise<readonly FireWeatherDay[]> {
  const { point, object, latitude, inputs, last } = station;
  const days: FireWeatherDay[] = [];
  const gap = last ? Math.round((noon - last.noon) / DAY_MS) : Number.POSITIVE_INFINITY;
  let moisture: FuelMoisture = last && gap <= LONGEST_GAP_DAYS ? last : START_MOISTURE;
  for (const at of noonsTo(noon, gap <= LONGEST_GAP_DAYS ? gap : 1)) {
    const observed = await noonWeather(tx, object, inputs, at);
    const row = rowOf({ point, at, latitude, inputs }, moisture, observed);
    moisture = { ffmc: row.ffmc, dmc: row.dmc, dc: row.dc };
    days.push({ noon: at, isOver: at < noon, row });
  }
  return days;
}

interface Place {
  readonly point: number;
  readonly at: number;
  readonly latitude: number;
  readonly inputs: FireWeatherInputs;
}

function rowOf(
  { point, at, latitude, inputs }: Place,
  before: FuelMoisture,
  observed: Awaited<ReturnType<typeof noonWeather>>,
): FireWeatherRow {
  const elements = {
    temperature: inputs.temperature,
    relativeHumidity: inputs.humidity,
    wind: inputs.wind,
    rain: inputs.rain,
  } as const;
  const missing = KEYS.filter((key) => observed[key] === undefined).map((key) => elements[key]);
  const known = (key: (typeof KEYS)[number]): number => observed[key] ?? Number.NaN;
  const weather = {
    temperature: known('temperature'),
    relativeHumidity: known('relativeHumidity'),
    wind: known('wind'),
    rain: known('rain'),
  };
  const { month } = toBeijing(at);
  // Undefined on a day that lacks anything: it must not reach the codes, which carry it on for weeks.
  const made = nextFireWeather(before, { month, latitude, ...weather });
  const { ffmc, dmc, dc } = made?.state ?? before;
  const index = made ? { isi: made.isi, bui: made.bui, fwi: made.fwi } : NO_INDEX;
  return {
    point_id: point,
    day: dayOf(at),
    temperature: toldOf(observed.temperature),
    relative_humidity: toldOf(observed.relativeHumidity),
    wind: toldOf(observed.wind),
    rain: toldOf(observed.rain),
    missing,
    ffmc,
    dmc,
    dc,
    ...index,
  };
}

const KEYS = ['temperature', 'relativeHumidity', 'wind', 'rain'] as const;
const NO_INDEX = { isi: null, bui: null, fwi: null } as const;

function toldOf(value: number | undefined): number | null {
  return value ?? null;
}

function dayOf(noon: number): string {
  const { year, month, day } = toBeijing(noon);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
