import { AppError } from '#base';
import type { qualityRoutes } from '#contract/monitoring';
import {
  type Confidence,
  type ConfidenceFacts,
  confidenceOf,
  type DataReason,
  isSuspect,
  qualityFigures,
} from '#model/monitoring';
import type { RequestContext } from '#services/context';
import type { Database, Tx } from '#storage';
import { type Selectable, sql } from 'kysely';
import type { z } from 'zod';

import { dayOf } from '../day-figures.ts';
import type { MonitoringDesk } from '../desk.ts';
import type { PointBook } from '../point-book.ts';

const DAY_MS = 86_400_000;

/** How far the newest value of a point may be leant on, and why not further. Throws `record.not-found`. */
export async function getConfidence(
  context: RequestContext,
  desk: MonitoringDesk,
  { query }: { readonly query: z.output<typeof qualityRoutes.getConfidence.query> },
): Promise<{ value: number; reasons: string[] }> {
  context.authorize('reading.read');
  return context.transaction(async (tx) => {
    const point = await tx
      .selectFrom('point')
      .select('id')
      .where('code', '=', query.point)
      .executeTakeFirst();
    if (!point) throw new AppError('record.not-found', { what: '监测点', id: query.point });
    const found = (await confidencesOf(desk, tx, [point.id], context.now())).get(point.id);
    return { value: found?.value ?? 0, reasons: [...(found?.reasons ?? [])] };
  });
}

/** The same of some points at once, by their number. The caller has found them under the points' policy; `now` is epoch ms. */
export async function confidencesOf(
  desk: MonitoringDesk,
  tx: Tx,
  points: readonly number[],
  now: number,
): Promise<ReadonlyMap<number, Confidence>> {
  if (points.length === 0) return new Map();
  const { rows: findings } = await sql<{ point: number; reason: DataReason }>`
    select p as point, f.reason from quality_finding f cross join unnest(f.point_ids) p
    where f.ended_at is null and f.point_ids && ${points}::int[] and p = any(${points}::int[])`.execute(tx);
  const days = await tx
    .selectFrom('point_day')
    .selectAll()
    .where('point_id', 'in', points)
    .where('day', '>=', dayOf(now - DAY_MS))
    .execute();
  const reasons = Map.groupBy(findings, ({ point }) => point);
  const daysOf = Map.groupBy(days, (day) => day.point_id);
  return new Map(
    points.map((id) => [
      id,
      confidenceOf({
        ...newestFacts(desk.ingest.book, id, now),
        reasons: (reasons.get(id) ?? []).map(({ reason }) => reason),
        score: scoreOf(daysOf.get(id) ?? []),
      }),
    ]),
  );
}

function newestFacts(
  book: PointBook,
  id: number,
  now: number,
): Pick<ConfidenceFacts, 'heard' | 'stale' | 'serviced' | 'suspect' | 'doubt'> {
  const newest = book.newestAt[id] ?? Number.NEGATIVE_INFINITY;
  return {
    heard: Number.isFinite(newest),
    stale: book.session[id] === 0 && now - newest > book.freshFor(id),
    serviced: book.checks.isServiced(id, now),
    suspect: isSuspect(book.newestQuality[id] ?? 0),
    doubt: book.checks.doubt[id] ?? 0,
  };
}

type Day = Selectable<Database['point_day']>;

function scoreOf(days: readonly Day[]): number | null {
  const sum = (of: (day: Day) => number): number => days.reduce((all, one) => all + of(one), 0);
  return qualityFigures({
    expected: null,
    arrived: 0,
    received: sum((one) => one.received),
    suspect: sum((one) => one.suspect),
    inTime: sum((one) => one.in_time),
    onlineMinutes: sum((one) => one.online_minutes),
    requiredMinutes: sum((one) => one.required_minutes),
  }).score;
}
