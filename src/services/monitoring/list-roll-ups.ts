import { AppError } from '#base';
import type { RollUp, rollUpRoutes } from '#contract/monitoring';
import type { RequestContext } from '#services/context';
import { readRolled, type RollUps } from '#storage';
import type { z } from 'zod';

type Query = z.output<typeof rollUpRoutes.listRollUps.query>;

const LENGTH_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const MOST = 10_000;

/** What a point's live readings come to by minute, hour or day. Throws `record.not-found`, `input.invalid`. */
export async function listRollUps(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ items: RollUp[] }> {
  context.authorize('reading.read');
  const ms = LENGTH_MS[query.by];
  if (query.to - query.from > MOST * ms)
    throw new AppError('input.invalid', {
      issues: `时段太长：一次至多 ${MOST} 段，请缩短时段或换成更长的段`,
    });
  return context.transaction(async (tx) => {
    const point = await tx
      .selectFrom('point')
      .select('id')
      .where('code', '=', query.point)
      .executeTakeFirst();
    if (!point) throw new AppError('record.not-found', { what: '监测点', id: query.point });
    const rolled = await readRolled(tx, { point: point.id, from: query.from, to: query.to, ms });
    return { items: Array.from({ length: rolled.length }, (_, i) => rollUpAt(rolled, i)) };
  });
}

function rollUpAt({ at, count, suspect, sum, min, max, first, last }: RollUps, i: number): RollUp {
  const believed = (count[i] ?? 0) - (suspect[i] ?? 0);
  const known = (value: number | undefined): number | null => (believed > 0 ? (value ?? null) : null);
  return {
    from: at[i] ?? 0,
    count: count[i] ?? 0,
    suspect: suspect[i] ?? 0,
    min: known(min[i]),
    max: known(max[i]),
    mean: known((sum[i] ?? 0) / believed),
    first: known(first[i]),
    last: known(last[i]),
  };
}
