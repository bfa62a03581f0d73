import { AppError } from '#base';
import type { qualityRoutes } from '#contract/monitoring';
import type { RequestContext } from '#services/context';
import { walkHistory } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

type Query = z.output<typeof qualityRoutes.listGaps.query>;
type Reply = z.output<typeof qualityRoutes.listGaps.reply>;

const MOST = 200;
const LONGEST_MS = 92 * 86_400_000;
/** Of the period; more than this between two readings and some are missing. */
const PERIODS = 3;

/**
 * Stretches of time in which a point should have told something and did not, oldest first, for back-fill. Throws `record.not-found`,
 * and `input.invalid` for more than a quarter of a year or an element without a rhythm.
 */
export async function listGaps(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('reading.read');
  const { from, to } = query;
  if (to <= from || to - from > LONGEST_MS)
    throw new AppError('input.invalid', { issues: '时段要从早到晚，最长 92 天' });
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ id: number; period: number }>`
      select p.id, e.period_seconds * 1000 as period from point p join element e on e.code = p.element_code
      where p.code = ${query.point}`.execute(tx);
    const [point] = rows;
    if (!point) throw new AppError('record.not-found', { what: '监测点', id: query.point });
    if (point.period === 0)
      throw new AppError('input.invalid', { issues: '事件类要素没有采样周期，谈不上缺数' });
    const items: Reply['items'] = [];
    let last = from;
    const take = (at: number): void => {
      if (at - last > PERIODS * point.period)
        items.push({ from: last, to: at, missing: Math.floor((at - last) / point.period) - 1 });
      last = at;
    };
    const history = walkHistory(tx, { points: [point.id], from, to, windowMs: 7 * 86_400_000 });
    for await (const { readings } of history) {
      for (const { observedAt, length } of readings.values())
        for (let i = 0; i < length; i += 1) take(observedAt[i] ?? last);
    }
    take(Math.min(to, context.now()));
    return { items: items.slice(0, MOST), truncated: items.length > MOST };
  });
}
