import type { Performance, performanceRoutes } from '#contract/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { performanceFigures } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { bucketMsOf } from './count-warnings.ts';
import { type ChosenDesk, chooseDesk } from './desk-choice.ts';
import { type Span, spanOf } from './span.ts';
import { type TakenFigures, takeFigures } from './take-figures.ts';

type Query = z.output<typeof performanceRoutes.getPerformance.query>;

/**
 * How well the alarms of a desk did in a stretch of time (预警绩效). A month that is over is read as it was written down at its end;
 * everything else is counted now. Throws `record.not-found` for a desk out of reach.
 */
export async function getPerformance(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Performance> {
  context.authorize('warning.read');
  const span = spanOf(query, context.now());
  return context.transaction(async (tx) => {
    const { desk, desks } = await chooseDesk(context, tx, query.desk);
    const written = span.isOver ? await findMonth(tx, desk, span) : undefined;
    const taken = written?.figures ?? (await takeFigures(tx, [desk], span)).get(desk.id);
    if (!taken) throw new Error(`desk ${desk.code} was not counted`);
    return {
      desk: named(desk),
      desks: desks.map(named),
      from: span.from,
      until: span.until,
      month: span.month,
      writtenAt: written?.written_at ?? null,
      counts: taken.counts,
      figures: [...performanceFigures(taken.load)],
      bucketMs: bucketMsOf(span),
      buckets: taken.buckets,
      actors: taken.actors,
    };
  });
}

function named({ code, name }: ChosenDesk): Performance['desk'] {
  return { code, name };
}

interface Month {
  readonly figures: TakenFigures;
  readonly written_at: number;
}

async function findMonth(tx: Tx, { id }: ChosenDesk, { month }: Span): Promise<Month | undefined> {
  const { rows } = await sql<Month>`
    select figures, written_at from performance_month where platform_id = ${id} and month = ${`${month}-01`}::date`.execute(
    tx,
  );
  return rows[0];
}
