import { AppError } from '#base';
import type { monitoringRoutes } from '#contract/monitoring';
import { isSuspect, qualityMarks, SOURCES } from '#model/monitoring';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { REPLAY_SOURCE } from './prepare-group.ts';

type Query = z.output<typeof monitoringRoutes.listReadings.query>;
type Page = z.output<typeof monitoringRoutes.listReadings.reply>;

interface Row {
  readonly at: number;
  readonly value: number;
  readonly quality: number;
  readonly source: number;
}

/**
 * Readings of one point, oldest first. With `width` the time is cut into that many slots and each gives its lowest and
 * its highest reading: a peak is never averaged away.
 */
export async function listReadings(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Page> {
  context.authorize('reading.read');
  const from = Math.max(query.from ?? 0, query.after === undefined ? 0 : readIdCursor(query.after) + 1);
  const to = query.to ?? context.now() + 86_400_000;
  return context.transaction(async (tx) => {
    // The point's own policy is the scope of its readings.
    const point = await tx
      .selectFrom('point')
      .select('id')
      .where('code', '=', query.point)
      .executeTakeFirst();
    if (!point) throw new AppError('record.not-found', { what: '监测点', id: query.point });
    // The same moment may have been replayed more than once: the newest arrival counts.
    const chosen = sql`select distinct on (observed_at) extract(epoch from observed_at)::float8 * 1000 as at, value, quality, source
      from reading where point_id = ${point.id} and observed_at >= ${new Date(from)} and observed_at < ${new Date(to)}
      order by observed_at, received_at desc`;
    const { rows } = await (
      query.width === undefined
        ? sql<Row>`${chosen} limit ${query.limit + 1}`
        : sql<Row>`with r as (${chosen}),
          bounds as (select min(at) as a, (max(at) - min(at)) / ${query.width}::float8 as step from r),
          slots as (select r.*, case when step > 0 then floor((at - a) / step) else 0 end as slot from r, bounds),
          ranked as (select *, row_number() over (partition by slot order by value, at) as low,
            row_number() over (partition by slot order by value desc, at) as high from slots)
          select at, value, quality, source from ranked where low = 1 or high = 1 order by at`
    ).execute(tx);
    const limit = query.width === undefined ? query.limit : rows.length;
    const { page, next } = cutPage(rows, limit, (row) => String(Math.round(row.at)));
    return { items: page.map((row) => show(query.point, row)), next };
  });
}

function show(point: string, row: Row): Page['items'][number] {
  const replay = row.source >= REPLAY_SOURCE;
  return {
    point,
    observedAt: Math.round(row.at),
    value: row.value,
    quality: isSuspect(row.quality) ? 'suspect' : 'good',
    marks: [...qualityMarks(row.quality)],
    source: SOURCES[row.source % REPLAY_SOURCE] ?? 'iot',
    replay,
  };
}
