import { AppError } from '#base';
import type { Drill, DrillDetail, drillRoutes, ShownScript } from '#contract/response';
import { scenarioOf, SCENARIOS } from '#model/platform';
import type { DrillScript } from '#model/response';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadDrills } from './drill-row.ts';
import { showDetail, showDrill } from './drill-view.ts';

/** Drills the caller may see, the newest first. */
export async function listDrills(
  context: RequestContext,
  query: z.output<typeof drillRoutes.listDrills.query>,
): Promise<{ items: Drill[]; next: string | null }> {
  context.authorize('work-order.read');
  const before = query.after === undefined ? 2_147_483_647 : readIdCursor(query.after);
  return context.transaction(async (tx) => {
    const rows = await loadDrills(
      tx,
      sql`where d.id < ${before} and (${query.state ?? null}::text is null or d.state = ${query.state ?? null})
        order by d.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: page.map((row) => showDrill(row, context.actor)), next };
  });
}

/** One drill with its acts, orders and score. Throws `record.not-found`. */
export async function getDrill(context: RequestContext, id: number): Promise<DrillDetail> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    const [row] = await loadDrills(tx, sql`where d.id = ${id}::bigint`);
    if (!row) throw new AppError('record.not-found', { what: '演练', id });
    return showDetail(tx, row, context.actor);
  });
}

/** The scripts there are, and which of them the caller may run. */
// oxlint-disable-next-line typescript/require-await -- a use case answers with a promise
export async function listDrillScripts(
  context: RequestContext,
  scripts: readonly DrillScript[],
): Promise<{ items: ShownScript[] }> {
  context.authorize('work-order.read');
  return {
    items: scripts.map((script) => ({
      ...structuredClone(script as ShownScript),
      scenarioName: SCENARIOS[script.scenario].name,
      mayRun: context.actor.rights.mayAt('drill.run', {
        place: null,
        scenario: scenarioOf(script.scenario)?.id ?? null,
      }),
    })),
  };
}
