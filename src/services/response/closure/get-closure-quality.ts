import { beijingMonth, spanOfBeijingMonth } from '#base';
import type { ClosureQuality } from '#contract/response';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { countedClosed, FIRST_PASS } from './counted-closed.ts';

const MONTHS_OFFERED = 24;
const MOST_UNITS = 500;

/** How good the records of a month are: how far its 抽查 has come, and how often each unit closed at once (一次结案率). */
export async function getClosureQuality(
  context: RequestContext,
  query: { readonly month?: string | undefined },
): Promise<ClosureQuality> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    const now = beijingMonth(context.now());
    const month = query.month ?? (await lastDrawn(tx)) ?? now;
    const { rows: units } = await sql<ClosureQuality['units'][number]>`
      select o.unit, count(*)::int as closed, (count(*) filter (where ${FIRST_PASS}))::int as "firstPass"
      from work_order o where ${countedClosed(month)} and ${context.reach('o')}
      group by o.unit order by 2 desc, 1 limit ${MOST_UNITS}`.execute(tx);
    const sum = (of: (unit: ClosureQuality['units'][number]) => number): number =>
      units.reduce((all, unit) => all + of(unit), 0);
    return {
      month,
      months: monthsBack(now),
      draw: await drawOf(tx, context, month),
      total: { closed: sum((unit) => unit.closed), firstPass: sum((unit) => unit.firstPass) },
      units: [...units],
    };
  });
}

async function lastDrawn(tx: Tx): Promise<string | undefined> {
  const { rows } = await sql<{ month: string }>`
    select to_char(month, 'YYYY-MM') as month from closure_draw order by month desc limit 1`.execute(tx);
  return rows[0]?.month;
}

async function drawOf(tx: Tx, context: RequestContext, month: string): Promise<ClosureQuality['draw']> {
  const day = `${month}-01`;
  const { rows } = await sql<NonNullable<ClosureQuality['draw']>>`
    select d.drawn_at as at, count(s.id)::int as drawn, (count(s.id) filter (where s.passed is null))::int as waiting,
      (count(*) filter (where s.passed))::int as passed, (count(*) filter (where s.passed = false))::int as failed
    from closure_draw d left join closure_sample s on s.month = d.month and ${context.reach('s')}
    where d.month = ${day}::date group by d.month`.execute(tx);
  return rows[0] ?? null;
}

/** The month that runs and those before it. */
function monthsBack(month: string): string[] {
  const months = [month];
  while (months.length < MONTHS_OFFERED) {
    const { from } = spanOfBeijingMonth(months.at(-1) ?? month);
    months.push(beijingMonth(from - 1));
  }
  return months;
}
