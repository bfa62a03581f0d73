import type { reportRoutes } from '#contract/report';
import { type Level, LEVELS, levelOf } from '#model/warning';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import type { MonthSpan } from './month-span.ts';
import { ofKind, type RowKind } from './row-kind.ts';

type Warnings = z.output<typeof reportRoutes.getMonth.reply>['warnings'];

interface Row {
  readonly scenario: string;
  readonly name: string;
  readonly level: number;
  readonly day: string;
  readonly total: number;
}

/** Warnings that were opened in the month, at the highest level each reached; days are Beijing's. */
export async function countWarnings(tx: Tx, span: MonthSpan, kind: RowKind): Promise<Warnings> {
  const { rows } = await sql<Row>`
    select s.code as scenario, s.name, w.level, w.day::text as day, w.total
    from (
      select t.scenario, t.peak_level as level, (t.opened_at at time zone 'Asia/Shanghai')::date as day,
        count(*) as total
      from warning t
      where t.opened_at >= ${new Date(span.from)} and t.opened_at < ${new Date(span.to)} and ${ofKind(kind)}
      group by 1, 2, 3
    ) w join scenario s on s.id = w.scenario order by s.id`.execute(tx);
  const byDay = new Map(span.days.map((day) => [day, 0]));
  for (const { day, total } of rows) byDay.set(day, (byDay.get(day) ?? 0) + total);
  return {
    total: sum(rows),
    byLevel: perLevel(rows),
    byScenario: [...Map.groupBy(rows, (row) => row.scenario)].map(([scenario, its]) => ({
      scenario,
      name: its[0]?.name ?? scenario,
      total: sum(its),
      byLevel: perLevel(its),
    })),
    byDay: [...byDay].map(([day, total]) => ({ day, total })).toSorted((a, b) => (a.day < b.day ? -1 : 1)),
  };
}

function perLevel(rows: readonly Row[]): Record<Level, number> {
  const [blue = 0, yellow = 0, orange = 0, red = 0] = LEVELS.map((level) =>
    sum(rows.filter((row) => levelOf(row.level) === level)),
  );
  return { blue, yellow, orange, red };
}

function sum(rows: readonly Row[]): number {
  return rows.reduce((all, row) => all + row.total, 0);
}
