import type { Tx } from '#storage';
import { recordset } from '#storage';
import { scoreDrill } from '#workflow';
import { sql } from 'kysely';

import { closeDrillOrders } from './close-drill-orders.ts';
import { loadDrillFacts } from './drill-facts.ts';
import { type DrillRow, tellDrills } from './drill-row.ts';

/** How a drill ends: by its script, or broken off by somebody (null: a rule) for a reason. */
export interface DrillEnd {
  readonly at: number;
  readonly aborted?: { readonly by: string | null; readonly reason: string };
}

/**
 * Ends a running drill that the caller holds: its score is taken from the records as they stand, then its open orders end. Its session
 * is ended by the next round, between two commits of the hot path, which also closes what the caller does not reach.
 */
export async function finishDrill(tx: Tx, drill: DrillRow, { at, aborted }: DrillEnd): Promise<void> {
  const lines = scoreDrill(drill.script, await loadDrillFacts(tx, drill, true)).map((line, n) => ({
    n,
    ...line,
  }));
  await sql`insert into drill_line (drill_id, n, place, scenario, outcome, points, due_at, met_at, work_order_id, warning_id, found)
    select ${drill.id}, n, ${drill.place}, ${drill.scenario}, outcome, given, to_timestamp("dueAt" / 1000.0),
      to_timestamp("metAt" / 1000.0), "order", warning, found
    from ${recordset(
      lines,
      sql`r(n int2, outcome text, given float8, "dueAt" float8, "metAt" float8, "order" bigint, warning bigint, found text)`,
    )}`.execute(tx);
  if (drill.session !== null) await closeDrillOrders(tx, at, drill.session);
  const state = aborted ? 'aborted' : 'ended';
  await tx
    .updateTable('drill')
    .set({
      state,
      ended_at: new Date(at),
      score: lines.reduce((sum, { given }) => sum + given, 0),
      aborted_by: aborted?.by ?? null,
      abort_reason: aborted?.reason ?? null,
    })
    .where('id', '=', drill.id)
    .execute();
  await tellDrills(tx, [drill], { state, at });
}
