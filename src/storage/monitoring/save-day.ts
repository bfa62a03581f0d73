import type pg from 'pg';

/** Counts of one day, a column each; they are added to what the day has. */
export interface DayRows {
  /** `2026-11-30`, of Beijing. */
  readonly day: string;
  readonly points: readonly number[];
  readonly received: readonly number[];
  readonly suspect: readonly number[];
  readonly inTime: readonly number[];
  /** Epoch ms of the newest reading. */
  readonly lastAt: readonly number[];
  readonly marks: readonly { readonly point: number; readonly mark: number; readonly count: number }[];
}

/** Adds what was counted of a day, up to what was received at `countedTo` (epoch ms). */
export async function saveDay(client: pg.ClientBase, rows: DayRows, countedTo: number): Promise<void> {
  await client.query(
    `insert into point_day as d (day, point_id, received, suspect, in_time, last_at, counted_to)
     select $1::date, p, r, s, t, to_timestamp(l / 1000.0), to_timestamp($7 / 1000.0)
       from unnest($2::int[], $3::int[], $4::int[], $5::int[], $6::float8[]) as n(p, r, s, t, l)
     on conflict (day, point_id) do update set received = d.received + excluded.received, suspect = d.suspect + excluded.suspect,
       in_time = d.in_time + excluded.in_time, last_at = greatest(d.last_at, excluded.last_at),
       counted_to = excluded.counted_to`,
    [
      rows.day,
      literal(rows.points),
      literal(rows.received),
      literal(rows.suspect),
      literal(rows.inTime),
      literal(rows.lastAt),
      countedTo,
    ],
  );
  if (rows.marks.length === 0) return;
  await client.query(
    `insert into point_day_mark as m (day, point_id, mark, count)
     select $1::date, point, mark, count from json_to_recordset($2::json) as n(point int, mark int, count int)
     on conflict (day, point_id, mark) do update set count = m.count + excluded.count`,
    [rows.day, JSON.stringify(rows.marks)],
  );
}

/** An array as PostgreSQL reads it: many times quicker than element by element. */
export function literal(column: readonly number[]): string {
  return `{${column.join(',')}}`;
}
