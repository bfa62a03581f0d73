import { startOfBeijingMonth, toBeijing } from '#base';
import type { SystemContext } from '#services/context';
import { recordset } from '#storage';
import { sql } from 'kysely';

import { loadDesks } from '../load/desks.ts';
import { spanOf } from './span.ts';
import { takeFigures } from './take-figures.ts';

/**
 * Writes down the figures of the month that is over, for every desk, once: from then on they are read as they were. Does nothing where
 * that month is written, or where nothing had been recorded yet while it lasted.
 */
export async function writeMonths(system: SystemContext): Promise<void> {
  const now = system.now();
  const { year, month } = toBeijing(startOfBeijingMonth(now) - 1);
  const span = spanOf({ month: `${year}-${String(month).padStart(2, '0')}` }, now);
  const day = `${span.month}-01`;
  await system.transaction(async (tx) => {
    const { rows } = await sql<{ done: boolean }>`
      select exists (select from performance_month where month = ${day}::date)
        or coalesce((select recorded_at from alarm order by id limit 1), 'infinity') >= ${new Date(span.until)} as done`.execute(
      tx,
    );
    if (rows[0]?.done) return;
    const desks = await loadDesks(tx);
    const figures = await takeFigures(tx, desks, span);
    const written = desks.map(({ id, place, scenario }) => ({
      id,
      place,
      scenario,
      figures: figures.get(id),
    }));
    await sql`insert into performance_month (platform_id, place, scenario, month, figures, written_at)
      select id, place, scenario, ${day}::date, figures, ${new Date(now)}
      from ${recordset(written, sql`r(id int, place int, scenario int2, figures jsonb)`)}
      on conflict do nothing`.execute(tx);
  });
}
