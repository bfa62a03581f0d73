import type { Storage } from '#storage';
import { sql } from 'kysely';

/** What a day brought in one of its hours. */
export interface HourCount {
  readonly alarms: number;
  readonly warnings: number;
  /** Lines and cards before the people of the district's desk, and the most of any town's. */
  readonly shown: number;
  readonly shownTown: number;
  readonly orders: number;
  /** Alarms held back, by what. */
  readonly verify: number;
  readonly cause: number;
  readonly shelved: number;
  readonly reAlarms: number;
}

/** The day that begins at `begins`, hour by hour, by what the tables say of it. */
export async function countDay({ system: db }: Storage, begins: number): Promise<readonly HourCount[]> {
  const from = new Date(begins);
  const { rows } = await sql<HourCount>`
    with hours as (
      select ${from}::timestamptz + h * interval '1 hour' as from_at, ${from}::timestamptz + (h + 1) * interval '1 hour' as to_at
      from generate_series(0, 23) h
    )
    select
      (select count(*) from alarm where raised_at >= from_at and raised_at < to_at) as alarms,
      (select count(*) from warning where recorded_at >= from_at and recorded_at < to_at) as warnings,
      coalesce((select l.shown from seat_load l join platform p on p.id = l.platform_id and p.kind = 'district' where hour = from_at), 0)
        as shown,
      coalesce((select max(l.shown) from seat_load l join platform p on p.id = l.platform_id and p.kind = 'town' where hour = from_at), 0)
        as "shownTown",
      (select count(*) from work_order where opened_at >= from_at and opened_at < to_at) as orders,
      (select count(*) from alarm_hold where kind = 'verify' and held_at >= from_at and held_at < to_at) as verify,
      (select count(distinct alarm_id) from alarm_hold
        where kind = 'suppressed' and held_by ~ '^(warning|fault)/' and held_at >= from_at and held_at < to_at) as cause,
      (select count(*) from alarm_hold where kind = 'shelved' and held_at >= from_at and held_at < to_at) as shelved,
      (select count(*) from event where type = 'warning.re-alarmed' and at >= from_at and at < to_at) as "reAlarms"
    from hours order by from_at`.execute(db);
  return rows;
}

/** Most warnings that came to the district's desk in any ten minutes. */
export async function worstTenMinutes({ system: db }: Storage): Promise<number> {
  const { rows } = await sql<{ n: number | null }>`
    select max(l.peak) as n from seat_load l join platform p on p.id = l.platform_id where p.kind = 'district'`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}
