import { isSuspect, QUALITY } from '#model/monitoring';
import { readHistory, type Tx } from '#storage';
import { sql } from 'kysely';

import { dayOf, dayStart } from '../day-figures.ts';
import { loadCorrections } from './corrected-readings.ts';

const DAY_MS = 86_400_000;

/**
 * Counts anew what people have declared bad at points, day by day: those readings are suspect in the figures, and no longer
 * when the correction is taken back. Doing it twice changes nothing.
 */
export async function recountBad(tx: Tx, corrections: readonly number[]): Promise<void> {
  const { rows } = await sql<{ point: number; from: number; to: number }>`
    select point_id as point, extract(epoch from from_at)::float8 * 1000 as from, extract(epoch from to_at)::float8 * 1000 as to
    from reading_correction where id = any(${[...corrections]}::int[]) and kind = 'bad'`.execute(tx);
  const days = new Map<string, { readonly point: number; readonly from: number }>();
  for (const { point, from, to } of rows)
    for (let day = dayStart(from); day <= to; day += DAY_MS)
      days.set(`${point} ${day}`, { point, from: day });
  for (const { point, from } of days.values()) await recountDay(tx, point, from);
}

async function recountDay(tx: Tx, point: number, from: number): Promise<void> {
  const span = { from, to: from + DAY_MS };
  const bad = (await loadCorrections(tx, point, span)).filter(({ kind }) => kind === 'bad');
  const columns = (await readHistory(tx, { points: [point], ...span })).get(point);
  let count = 0;
  for (const [i, at] of columns?.observedAt.entries() ?? []) {
    if (isSuspect(columns?.quality[i] ?? 0)) continue;
    if (bad.some((one) => at >= one.from && at <= one.to)) count += 1;
  }
  const day = dayOf(from);
  await sql`with before as (
      select coalesce((select count from point_day_mark where day = ${day}::date and point_id = ${point} and mark = ${QUALITY.bad}), 0) as n
    ) update point_day set suspect = suspect + ${count} - (select n from before) where day = ${day}::date and point_id = ${point}`.execute(
    tx,
  );
  await sql`insert into point_day_mark (day, point_id, mark, count) values (${day}::date, ${point}, ${QUALITY.bad}, ${count})
    on conflict (day, point_id, mark) do update set count = excluded.count`.execute(tx);
}
