import type { reportRoutes } from '#contract/report';
import type { RequestContext } from '#services/context';
import type { z } from 'zod';

import { countOrders } from './count-orders.ts';
import { countReadings } from './count-readings.ts';
import { countWarnings } from './count-warnings.ts';
import { monthSpan } from './month-span.ts';

type Query = z.output<typeof reportRoutes.getMonth.query>;
type Reply = z.output<typeof reportRoutes.getMonth.reply>;

/** The figures of one Beijing month within the caller's scope, counted from the rows they open to. */
export async function getMonth(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('report.read');
  const now = context.now();
  const { rows: kind } = query;
  const span = monthSpan(query.month, now);
  return context.transaction(async (tx) => ({
    month: span.month,
    rows: kind,
    warnings: await countWarnings(tx, span, kind),
    orders: await countOrders(tx, span, kind),
    readings: await countReadings(tx, {
      span,
      kind,
      scope: context.actor.rights.scopeOf('report.read'),
      now,
    }),
  }));
}
