import type { fireWeatherRoutes, FireWeatherDayView } from '#contract/monitoring';
import { AppError } from '#base';
import { cutPage, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

type Route = typeof fireWeatherRoutes.listFireWeather;

/** `day@point` of the last row of a page. */
const CURSOR = /^(?<day>\d{4}-\d{2}-\d{2})@(?<point>\d{1,9})$/u;

/** Days of fire weather at points the caller may see, the newest first. Throws `input.invalid` for a cursor that is none. */
export async function listFireWeather(
  context: RequestContext,
  { query: { object, after, limit } }: { readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('reading.read');
  const cursor = after === undefined ? undefined : CURSOR.exec(after)?.groups;
  if (after !== undefined && !cursor)
    throw new AppError('input.invalid', { issues: 'after 须是上一页的 next' });
  const { rows } = await context.transaction((tx) =>
    sql<FireWeatherDayView>`
      select d.day::text as day, json_build_object('id', p.id, 'code', p.code) as point,
        json_build_object('id', o.id, 'name', o.name) as object, d.temperature, d.relative_humidity as "relativeHumidity",
        d.wind, d.rain, d.ffmc, d.dmc, d.dc, d.isi, d.bui, d.fwi,
        coalesce((select json_agg(json_build_object('code', m, 'name', coalesce(e.name, m)) order by m)
          from unnest(d.missing) m left join element e on e.code = m), '[]') as missing
      from fire_weather_day d join point p on p.id = d.point_id join monitored_object o on o.id = p.object_id
      where ${context.reach('p')} ${object === undefined ? sql`` : sql`and o.id = ${object}`}
        ${cursor ? sql`and (d.day, d.point_id) < (${cursor['day']}::date, ${Number(cursor['point'])})` : sql``}
      order by d.day desc, d.point_id desc limit ${limit + 1}`.execute(tx),
  );
  const { page, next } = cutPage(rows, limit, ({ day, point }) => `${day}@${point.id}`);
  return { items: [...page], next };
}
