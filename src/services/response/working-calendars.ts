import type { WorkingPeriod } from '#model/standard';
import { settingsOfScenarios } from '#services/context';
import type { Tx } from '#storage';
import { type WorkingCalendar, workingCalendar } from '#workflow';
import { sql } from 'kysely';

interface CalendarRow {
  readonly id: string;
  readonly holidays: readonly string[];
  readonly workdays: readonly string[];
}

/**
 * The working calendar of each scenario (setting `calendar.id`): the standard's working periods on weekdays, less holidays,
 * plus make-up working days. A calendar without days knows weekends only.
 */
export async function workingCalendars(
  tx: Tx,
  periods: readonly WorkingPeriod[],
): Promise<(scenario: number) => WorkingCalendar> {
  const setting = await settingsOfScenarios(tx, ['calendar.id']);
  const { rows } = await sql<CalendarRow>`
    select calendar_id as id,
      coalesce(json_agg(day) filter (where kind = 'holiday'), '[]') as holidays,
      coalesce(json_agg(day) filter (where kind = 'workday'), '[]') as workdays
    from calendar_day group by calendar_id`.execute(tx);
  const byId = new Map(rows.map((row) => [row.id, workingCalendar(periods, row.holidays, row.workdays)]));
  const weekdays = workingCalendar(periods);
  return (scenario) => byId.get(String(setting('calendar.id', scenario))) ?? weekdays;
}
