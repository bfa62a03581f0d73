import type { CalendarDayKind } from '#model/command';
import type { SystemContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import chineseDays from 'chinese-days';
import { sql } from 'kysely';

export const DEFAULT_CALENDAR = 'cn';
/** Package `chinese-days` 1.5.7 holds the State Council's announcements (国务院办公厅 节假日安排) from 2004 on. */
const FIRST_YEAR = 2004;
const LAST_YEAR = 2100;
const SOURCE = '国务院办公厅节假日安排（chinese-days 1.5.7）';
const DAY_MS = 86_400_000;

interface Day {
  readonly day: string;
  readonly kind: CalendarDayKind;
  readonly name: string;
}

/**
 * Enters the announced years into the default calendar. What a person has edited stays; the rest follows the package.
 * Returns the years that were entered or changed.
 */
export async function loadHolidays(context: SystemContext): Promise<readonly number[]> {
  const announced = announcedYears();
  return context.transaction(async (tx) => {
    const held = await heldYears(tx);
    const changed = [...announced].filter(([year, days]) => {
      const is = held.get(year);
      return is === undefined || (!is.edited && is.days !== fingerprint(days));
    });
    for (const [year, days] of changed) await enterYear(tx, year, days);
    return changed.map(([year]) => year);
  });
}

/** Years with any day that is not as its weekday: the package answers every year, unknown ones by weekday only. */
function announcedYears(): ReadonlyMap<number, readonly Day[]> {
  const years = new Map<number, readonly Day[]>();
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) {
    const days = daysOf(year);
    if (days.length === 0) break;
    years.set(year, days);
  }
  return years;
}

function daysOf(year: number): readonly Day[] {
  const days: Day[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    // `Spring Festival,春节,4` on a statutory day, the weekday's name on any other.
    const { work, name } = chineseDays.getDayDetail(day);
    const chinese = name.split(',')[1];
    if (chinese !== undefined) days.push({ day, kind: work ? 'workday' : 'holiday', name: chinese });
  }
  return days;
}

function fingerprint(days: readonly Day[]): string {
  return days.map(({ day, kind, name }) => `${day} ${kind} ${name}`).join('\n');
}

async function heldYears(
  tx: Tx,
): Promise<ReadonlyMap<number, { readonly edited: boolean; readonly days: string }>> {
  const { rows } = await sql<{ year: number; edited: boolean; days: string }>`
    select y.year, y.edited_at is not null as edited,
      coalesce((select string_agg(d.day || ' ' || d.kind || ' ' || d.name, ${'\n'} order by d.day) from calendar_day d
        where d.calendar_id = y.calendar_id and extract(year from d.day) = y.year), '') as days
    from calendar_year y where y.calendar_id = ${DEFAULT_CALENDAR}`.execute(tx);
  return new Map(rows.map(({ year, ...row }) => [year, row]));
}

async function enterYear(tx: Tx, year: number, days: readonly Day[]): Promise<void> {
  await sql`delete from calendar_day where calendar_id = ${DEFAULT_CALENDAR} and extract(year from day) = ${year}`.execute(
    tx,
  );
  await sql`insert into calendar_year (calendar_id, year, source) values (${DEFAULT_CALENDAR}, ${year}, ${SOURCE})
    on conflict (calendar_id, year) do update set version = calendar_year.version + 1`.execute(tx);
  await sql`insert into calendar_day (calendar_id, day, kind, name)
    select ${DEFAULT_CALENDAR}, day, kind, name from ${recordset(days, sql`r(day date, kind text, name text)`)}`.execute(
    tx,
  );
}
