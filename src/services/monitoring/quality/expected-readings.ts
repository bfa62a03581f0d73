import { type RawBuilder, sql } from 'kysely';

/**
 * How many readings a point (`p`, its element `e`) should have sent on the day `day`, until a moment (epoch ms) and since it was
 * registered, the windows of service left out; null for what is event-driven. A piece of SQL.
 */
export function expectedReadings(day: RawBuilder<unknown>, now: number): RawBuilder<number | null> {
  const begin = sql`greatest(${day}::timestamp at time zone 'Asia/Shanghai', p.created_at)`;
  const end = sql`least((${day}::timestamp + interval '1 day') at time zone 'Asia/Shanghai', ${new Date(now)}::timestamptz)`;
  return sql`case when e.period_seconds = 0 then null else greatest(0, floor((
      extract(epoch from ${end} - ${begin}) - coalesce((
        select sum(extract(epoch from greatest(least(w.to_at, ${end}) - greatest(w.from_at, ${begin}), interval '0')))
        from serviced_point w where w.point_id = p.id and w.to_at > ${begin} and w.from_at < ${end}), 0)
    ) / e.period_seconds))::int end`;
}
