import type { CalendarYear } from '#contract/command';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { mayEditCalendar } from './may-edit-calendar.ts';
import { unannounced } from './load-calendar.ts';

interface Asked {
  readonly params: { readonly id: string; readonly year: number };
}

/** The holidays and make-up working days of a year; an unknown year is answered, and says that it is. */
export async function getCalendar(context: RequestContext, { params }: Asked): Promise<CalendarYear> {
  context.authorize('duty.read');
  return context.transaction((tx) => showCalendar(context, tx, params));
}

export async function showCalendar(
  context: RequestContext,
  tx: Tx,
  { id, year }: Asked['params'],
): Promise<CalendarYear> {
  const [found] = await tx
    .selectFrom('calendar_year')
    .selectAll()
    .where('calendar_id', '=', id)
    .where('year', '=', year)
    .execute();
  const { rows: days } = await sql<CalendarYear['days'][number]>`
    select day, kind, name from calendar_day
    where calendar_id = ${id} and day between make_date(${year}, 1, 1) and make_date(${year}, 12, 31) order by day`.execute(
    tx,
  );
  return {
    id,
    year,
    known: found !== undefined,
    note: found
      ? `${year} 年：放假 ${count(days, 'holiday')} 天，调休上班 ${count(days, 'workday')} 天`
      : unannounced(year),
    source: found?.source ?? null,
    editedBy: found?.edited_by ?? null,
    editedAt: found?.edited_at ?? null,
    version: found?.version ?? 0,
    days,
    allowedActions: mayEditCalendar(context.actor.rights) === undefined ? [] : ['edit'],
  };
}

function count(days: CalendarYear['days'], kind: string): number {
  return days.filter((one) => one.kind === kind).length;
}
