import type { FireWeatherInputs } from '#model/standard';
import { type ObservedSeries, rainToNoon, valueAtNoon } from '#signs';
import { type Database, readHistory, type ReadingColumns } from '#storage';
import { type Kysely, sql } from 'kysely';

import { DAY_MS } from './fire-weather-day.ts';

/** What was observed at a noon; undefined where it was not. Units: °C, %, km/h, mm. */
export interface NoonObserved {
  readonly temperature: number | undefined;
  readonly relativeHumidity: number | undefined;
  readonly wind: number | undefined;
  readonly rain: number | undefined;
}

/** The index wants km/h; stations tell m/s. */
const KMH = { 'm/s': 3.6, 'km/h': 1 } as const;

/** The weather of a noon (epoch ms) at an object: of its own points, else of those of a station it is linked to. */
export async function noonWeather(
  db: Kysely<Database>,
  object: number,
  inputs: FireWeatherInputs,
  noon: number,
): Promise<NoonObserved> {
  const points = await inputPoints(db, object, inputs);
  const ask = {
    points: [...points.values()].map(({ id }) => id),
    from: noon - DAY_MS,
    to: noon + 1,
    rows: 'live',
    believed: true,
  } as const;
  const history = await readHistory(db, ask);
  const series = (code: string): ObservedSeries => seriesOf(history.get(points.get(code)?.id ?? -1));
  const wind = valueAtNoon(series(inputs.wind), noon);
  const factor = points.get(inputs.wind)?.unit === 'km/h' ? KMH['km/h'] : KMH['m/s'];
  return {
    temperature: valueAtNoon(series(inputs.temperature), noon),
    relativeHumidity: valueAtNoon(series(inputs.humidity), noon),
    wind: wind === undefined ? undefined : wind * factor,
    rain: rainToNoon(series(inputs.rain), noon),
  };
}

interface InputPoint {
  readonly id: number;
  readonly unit: string;
}

async function inputPoints(
  db: Kysely<Database>,
  object: number,
  { temperature, humidity, wind, rain }: FireWeatherInputs,
): Promise<ReadonlyMap<string, InputPoint>> {
  const { rows } = await sql<InputPoint & { readonly code: string }>`
    select distinct on (p.element_code) p.element_code as code, p.id, e.unit
    from point p join element e on e.code = p.element_code
    where p.element_code = any(${[temperature, humidity, wind, rain]})
      and (p.object_id = ${object} or p.object_id in (select w.object from objects_within(${object}, '{"linked": true}') w))
    order by p.element_code, p.object_id <> ${object}, p.id`.execute(db);
  return new Map(rows.map(({ code, ...point }) => [code, point]));
}

function seriesOf(columns: ReadingColumns | undefined): ObservedSeries {
  if (!columns) return [];
  return Array.from({ length: columns.length }, (_, i) => [
    columns.observedAt[i] ?? 0,
    columns.value[i] ?? 0,
  ]);
}
