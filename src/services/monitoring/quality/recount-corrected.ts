import { isSuspect, QUALITY } from '#model/monitoring';
import { readHistory, type Tx } from '#storage';
import { sql } from 'kysely';

import { dayOf, dayStart } from '../day-figures.ts';

const DAY_MS = 86_400_000;
/** Marks that people give, and that no reading is counted with when it comes. */
const GIVEN = [QUALITY.bad, QUALITY.corrected] as const;

/**
 * Counts anew what people have declared bad or corrected at points, day by day: what is bad is suspect in the figures, and no
 * longer when the correction is taken back. Doing it twice changes nothing.
 */
export async function recountCorrected(tx: Tx, corrections: readonly number[]): Promise<void> {
  const { rows } = await sql<{ point: number; from: number; to: number }>`
    select point_id as point, extract(epoch from from_at)::float8 * 1000 as from, extract(epoch from to_at)::float8 * 1000 as to
    from reading_correction where id = any(${[...corrections]}::int[])`.execute(tx);
  const days = new Map<string, { readonly point: number; readonly from: number }>();
  for (const { point, from, to } of rows)
    for (let day = dayStart(from); day <= to; day += DAY_MS)
      days.set(`${point} ${day}`, { point, from: day });
  for (const { point, from } of days.values()) await recountDay(tx, point, from);
}

async function recountDay(tx: Tx, point: number, from: number): Promise<void> {
  const columns = (await readHistory(tx, { points: [point], from, to: from + DAY_MS })).get(point);
  const day = dayOf(from);
  const counts = GIVEN.map((mark) => {
    let count = 0;
    for (const quality of columns?.quality ?? [])
      // What was suspect when it came is counted as such already.
      if ((quality & mark) !== 0 && !isSuspect(quality & ~mark)) count += 1;
    return count;
  });
  await sql`with before as (
      select coalesce((select count from point_day_mark where day = ${day}::date and point_id = ${point} and mark = ${QUALITY.bad}), 0) as n
    ) update point_day set suspect = suspect + ${counts[0]}::int - (select n from before) where day = ${day}::date and point_id = ${point}`.execute(
    tx,
  );
  await sql`insert into point_day_mark (day, point_id, mark, count)
    select ${day}::date, ${point}, mark, count from unnest(${[...GIVEN]}::int2[], ${counts}::int[]) as k(mark, count)
    where count > 0 or exists (select from point_day_mark m where m.day = ${day}::date and m.point_id = ${point} and m.mark = k.mark)
    on conflict (day, point_id, mark) do update set count = excluded.count`.execute(tx);
}
