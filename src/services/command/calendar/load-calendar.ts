import type { CalendarDayKind } from '#model/command';
import type { Tx } from '#storage';
import { type WorkingCalendar, workingCalendar } from '#workflow';
import { sql } from 'kysely';

/** Days of work and days off; the periods of a day are no matter of duty, which is round the clock. */
const WHOLE_DAY = [{ from: '00:00', to: '24:00' }];

export interface LoadedCalendar {
  readonly calendar: WorkingCalendar;
  /** A sentence for each year that has not been announced. */
  readonly notes: readonly string[];
}

/** The calendar over some days (`YYYY-MM-DD`, both included). */
export async function loadCalendar(
  tx: Tx,
  id: string,
  days: { readonly from: string; readonly to: string },
): Promise<LoadedCalendar> {
  const { rows } = await sql<{ day: string; kind: CalendarDayKind }>`
    select day, kind from calendar_day where calendar_id = ${id} and day between ${days.from}::date and ${days.to}::date`.execute(
    tx,
  );
  const of = (kind: CalendarDayKind): string[] =>
    rows.filter((row) => row.kind === kind).map((row) => row.day);
  const { rows: known } = await sql<{ year: number }>`
    select year from calendar_year where calendar_id = ${id}`.execute(tx);
  const announced = new Set(known.map((row) => row.year));
  const years: number[] = [];
  for (let year = Number(days.from.slice(0, 4)); year <= Number(days.to.slice(0, 4)); year += 1)
    years.push(year);
  return {
    calendar: workingCalendar(WHOLE_DAY, of('holiday'), of('workday')),
    notes: years.filter((year) => !announced.has(year)).map(unannounced),
  };
}

export function unannounced(year: number): string {
  return `${year} 年节假日与调休尚未公布，暂按周末休息计算；公布后请录入并重新排班`;
}
