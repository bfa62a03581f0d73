import { fromBeijing, toBeijing } from '#base';
import type { basisRoutes } from '#contract/standard';
import { updatesInTime } from '#model/standard';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

type Route = typeof basisRoutes.getUpdateRate;

interface Row {
  readonly scenario: string;
  readonly name: string;
  readonly dueAt: number;
  readonly answeredAt: number | null;
}

/** 标准更新及时率 (A12) of a month, of the scenarios in the caller's scope; this month's as it stands now. */
export async function getUpdateRate(
  context: RequestContext,
  { query }: { readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('report.read');
  const now = context.now();
  const { month, ...span } = spanOf(query.month, now);
  return context.transaction(async (tx) => {
    const { rows } = await sql<Row>`
      select s.code as scenario, s.name, t.due_at as "dueAt", t.answered_at as "answeredAt"
      from basis_task t join scenario s on s.id = t.scenario order by t.scenario, t.id`.execute(tx);
    const open = rows.filter(({ answeredAt }) => answeredAt === null);
    return {
      month,
      total: updatesInTime(rows, span, now),
      scenarios: [...Map.groupBy(rows, ({ scenario }) => scenario)].map(([scenario, its]) => ({
        scenario,
        name: its[0]?.name ?? scenario,
        ...updatesInTime(its, span, now),
      })),
      open: open.length,
      overdue: open.filter(({ dueAt }) => dueAt <= now).length,
    };
  });
}

/** The month in Beijing as moments: from its beginning (excluded, as what is due then was due the day before) to its end. */
function spanOf(told: string | undefined, now: number) {
  const today = toBeijing(now);
  const [year = today.year, number = today.month] = told?.split('-').map(Number) ?? [];
  const month = `${year}-${String(number).padStart(2, '0')}`;
  const to = number === 12 ? fromBeijing(year + 1, 1, 1) : fromBeijing(year, number + 1, 1);
  return { month, from: fromBeijing(year, number, 1), to };
}
