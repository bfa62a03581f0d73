import { AppError } from '#base';
import type { rarityRoutes } from '#contract/monitoring';
import type { RequestContext } from '#services/context';
import { raritySeen } from '#signs';
import type { z } from 'zod';

import type { MonitoringDesk } from '../desk.ts';
import type { PointBook } from '../point-book.ts';
import { detectorsOf } from './detectors-of.ts';

type Reply = z.output<typeof rarityRoutes.getRarity.reply>;

/** What a point's detector has learnt, and what stands. Throws `record.not-found`. */
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
    return { learnt: learntOf(desk.ingest.book, point.id) };
  });
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
