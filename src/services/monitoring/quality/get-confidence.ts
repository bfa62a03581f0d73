import { AppError } from '#base';
import type { qualityRoutes } from '#contract/monitoring';
import { type Confidence, confidenceOf, type DataReason, isSuspect, qualityFigures } from '#model/monitoring';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { dayOf } from '../day-figures.ts';
import type { MonitoringDesk } from '../desk.ts';

const DAY_MS = 86_400_000;

/** How far the newest value of a point may be leant on, and why not further. Throws `record.not-found`. */
export async function getConfidence(
  context: RequestContext,
  desk: MonitoringDesk,
  { query }: { readonly query: z.output<typeof qualityRoutes.getConfidence.query> },
): Promise<{ value: number; reasons: string[] }> {
  context.authorize('reading.read');
  const { book } = desk.ingest;
  const now = context.now();
  return context.transaction(async (tx) => {
    const point = await tx
      .selectFrom('point')
      .select('id')
      .where('code', '=', query.point)
      .executeTakeFirst();
    if (!point) throw new AppError('record.not-found', { what: '监测点', id: query.point });
    const { id } = point;
    const { rows } = await sql<{ reason: DataReason }>`
      select reason from quality_finding where ended_at is null and ${id}::int = any(point_ids)`.execute(tx);
    const days = await tx
      .selectFrom('point_day')
      .selectAll()
      .where('point_id', '=', id)
      .where('day', '>=', dayOf(now - DAY_MS))
      .execute();
    const sum = (of: (day: (typeof days)[number]) => number): number =>
      days.reduce((all, one) => all + of(one), 0);
    const { score } = qualityFigures({
      expected: null,
      arrived: 0,
      received: sum((one) => one.received),
      suspect: sum((one) => one.suspect),
      inTime: sum((one) => one.in_time),
      onlineMinutes: sum((one) => one.online_minutes),
      requiredMinutes: sum((one) => one.required_minutes),
    });
    const newest = book.newestAt[id] ?? Number.NEGATIVE_INFINITY;
    const found: Confidence = confidenceOf({
      heard: Number.isFinite(newest),
      stale: book.session[id] === 0 && now - newest > book.freshFor(id),
      serviced: book.checks.isServiced(id, now),
      suspect: isSuspect(book.newestQuality[id] ?? 0),
      doubt: book.checks.doubt[id] ?? 0,
      reasons: rows.map(({ reason }) => reason),
      score,
    });
    return { value: found.value, reasons: [...found.reasons] };
  });
}
