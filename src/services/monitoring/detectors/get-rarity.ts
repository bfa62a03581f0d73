import { AppError } from '#base';
import type { rarityRoutes } from '#contract/monitoring';
import type { RequestContext } from '#services/context';
import { raritySeen } from '#signs';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import type { MonitoringDesk } from '../desk.ts';
import type { PointBook } from '../point-book.ts';
import { detectorsOf } from './detectors-of.ts';

type Reply = z.output<typeof rarityRoutes.getRarity.reply>;

/** What a point's detector has learnt, what stands, and when it did not fit within a span that was asked for. Throws `record.not-found`. */
export async function getRarity(
  context: RequestContext,
  desk: MonitoringDesk,
  { query }: { readonly query: z.output<typeof rarityRoutes.getRarity.query> },
): Promise<Reply> {
  context.authorize('reading.read');
  return context.transaction(async (tx) => {
    const point = await tx
      .selectFrom('point')
      .select('id')
      .where('code', '=', query.point)
      .executeTakeFirst();
    if (!point) throw new AppError('record.not-found', { what: '监测点', id: query.point });
    const { from, to } = query;
    const spans = from === undefined || to === undefined ? [] : await spansOf(tx, point.id, { from, to });
    return { learnt: learntOf(desk.ingest.book, point.id), spans };
  });
}

/** More of them would not be told apart on a chart. */
const MOST_SPANS = 100;

/** Alarms of its signs of rarity and findings that it does not fit its past, as far as they lie within (epoch ms). */
async function spansOf(
  tx: Tx,
  point: number,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Reply['spans']> {
  const [begin, end] = [new Date(from), new Date(to)];
  const { rows } = await sql<Reply['spans'][number]>`
    select extract(epoch from f.began)::float8 * 1000 as "from", extract(epoch from f.ended)::float8 * 1000 as until, f.text from (
      select a.raised_at as began, a.normal_at as ended, coalesce(a.reason, s.name) as text
      from alarm a join sign s on s.id = a.sign_id
      where a.point_id = ${point} and s.body->'measure'->>'kind' = 'rarity' and a.replay_session_id is null
      union all
      select since, ended_at, text from quality_finding where reason = 'improbable' and ${point} = any(point_ids)
    ) f
    where f.began < ${end} and (f.ended is null or f.ended > ${begin})
    order by f.began desc limit ${MOST_SPANS}`.execute(tx);
  return [...rows];
}

/** Of several signs of a point the one that learns longest is told: all of them know the same. */
function learntOf(book: PointBook, point: number): Reply['learnt'] {
  const [detector] = detectorsOf(book, point).toSorted((a, b) => b.learnMs - a.learnMs);
  const known = detector?.known;
  if (!detector || !known) return null;
  const { since, at, readings } = known;
  const { isLearning, standing, told } = detector;
  const rhythm = book.intervalMs[point] ?? 0;
  const period = rhythm > 0 ? rhythm : (book.get(point)?.periodMs ?? 0);
  return {
    since,
    at,
    readings,
    learning: isLearning,
    readyAt: isLearning ? Math.max(since + detector.learnMs, at + detector.lacking * period) : null,
    rarity: standing,
    seen: standing > 0 ? raritySeen(standing, told) : null,
  };
}
