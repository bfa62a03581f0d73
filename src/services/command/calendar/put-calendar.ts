import { AppError } from '#base';
import type { CalendarYear, commandRoutes } from '#contract/command';
import { audit, type RequestContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { showCalendar } from './get-calendar.ts';
import { DISTRICT, mayEditCalendar } from './may-edit-calendar.ts';

interface Asked {
  readonly params: z.output<typeof commandRoutes.putCalendar.params>;
  readonly body: z.output<typeof commandRoutes.putCalendar.body>;
}

/**
 * Enters or corrects a year. Shifts that are planned already stay. Throws `access.denied`, `input.invalid`, `record.changed`.
 */
export async function putCalendar(context: RequestContext, { params, body }: Asked): Promise<CalendarYear> {
  const capability = mayEditCalendar(context.actor.rights) ?? 'roster.manage';
  context.authorize(capability);
  context.authorizeRecord(capability, DISTRICT);
  const { id, year } = params;
  const foreign = body.days.filter((one) => !one.day.startsWith(`${year}-`)).map((one) => one.day);
  if (foreign.length > 0) {
    throw new AppError('input.invalid', { issues: `${foreign.join('、')} 不在 ${year} 年` });
  }
  if (new Set(body.days.map((one) => one.day)).size < body.days.length) {
    throw new AppError('input.invalid', { issues: '同一天写了两次' });
  }
  return context.transaction(async (tx) => {
    const before = await showCalendar(context, tx, params);
    if (before.version !== body.version) throw new AppError('record.changed');
    await saveYear(tx, { id, year, by: context.actor.name, at: context.now(), ...body });
    await audit(context, tx, {
      action: 'calendar.edit',
      subject: `calendar/${id}/${year}`,
      before: before.known ? { source: before.source, days: before.days } : null,
      after: { source: body.source, days: body.days },
      ...DISTRICT,
    });
    return showCalendar(context, tx, params);
  });
}

async function saveYear(
  tx: Tx,
  given: Asked['body'] & {
    readonly id: string;
    readonly year: number;
    readonly by: string;
    readonly at: number;
  },
): Promise<void> {
  const { id, year, by, at, source, version, days } = given;
  const saved = await sql`
    insert into calendar_year (calendar_id, year, source, edited_by, edited_at)
    values (${id}, ${year}, ${source}, ${by}, ${new Date(at)})
    on conflict (calendar_id, year) do update set source = excluded.source, edited_by = excluded.edited_by,
      edited_at = excluded.edited_at, version = calendar_year.version + 1
    where calendar_year.version = ${version}`.execute(tx);
  // Two people who enter the year at once: the second one has not seen the first one's days.
  if (saved.numAffectedRows === 0n) throw new AppError('record.changed');
  await sql`delete from calendar_day where calendar_id = ${id}
    and day between make_date(${year}, 1, 1) and make_date(${year}, 12, 31)`.execute(tx);
  if (days.length === 0) return;
  await sql`insert into calendar_day (calendar_id, day, kind, name)
    select ${id}, day, kind, name from ${recordset(days, sql`r(day date, kind text, name text)`)}`.execute(
    tx,
  );
}
