import { AppError } from '#base';
import type { DrillDetail, drillRoutes } from '#contract/response';
import { scenarioOf } from '#model/platform';
import type { DrillScript } from '#model/response';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { demandState, type DrillRow, lockDrill, tellDrills } from './drill-row.ts';
import { showDetail } from './drill-view.ts';
import { finishDrill } from './finish-drill.ts';

const MINUTE_MS = 60_000;

/** The scripts, and where a spot of one lies. */
export interface DrillBook {
  readonly scripts: readonly DrillScript[];
  placeOf(spot: { readonly lat: number; readonly lon: number }): Promise<number>;
}

/** Plans a drill (安排演练). Throws `record.not-found`, `access.denied`, `drill.unfit`. */
export async function planDrill(
  context: RequestContext,
  book: DrillBook,
  body: z.output<typeof drillRoutes.planDrill.body>,
): Promise<DrillDetail> {
  context.authorize('drill.run');
  const script = book.scripts.find(({ code }) => code === body.script);
  const [main] = script?.objects ?? [];
  if (!script || !main) throw new AppError('record.not-found', { what: '演练脚本', id: body.script });
  const where = { place: await book.placeOf(main), scenario: scenarioOf(script.scenario)?.id ?? 0 };
  context.authorizeRecord('drill.run', where);
  return context.transaction(async (tx) => {
    await demandElements(tx, script);
    const now = context.now();
    const { id } = await tx
      .insertInto('drill')
      .values({
        ...where,
        code: script.code,
        name: script.name,
        script: JSON.stringify(script),
        state: 'planned',
        planned_by: context.actor.name,
        planned_at: new Date(now),
        planned_for: body.plannedFor === undefined ? null : new Date(body.plannedFor),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(context, tx, { action: 'drill.plan', subject: `drill/${id}`, ...where, after: body });
    return changed(context, tx, id);
  });
}

async function demandElements(tx: Tx, { points }: DrillScript): Promise<void> {
  const wanted = [...new Set(points.map(({ element }) => element))];
  const rows = await tx.selectFrom('element').select('code').where('code', 'in', wanted).execute();
  const known = new Set(rows.map(({ code }) => code));
  const unknown = wanted.filter((code) => !known.has(code));
  if (unknown.length > 0) throw new AppError('drill.unfit', { issues: `没有监测要素 ${unknown.join('、')}` });
}

/** Starts a planned drill: its script runs from this moment. Throws `drill.illegal-action`, `drill.running-already`. */
export async function startDrill(context: RequestContext, id: number): Promise<DrillDetail> {
  return withDrill(context, id, async (tx, drill) => {
    demandState(drill, ['planned'], '开始');
    // Two starts of a scenario at once: the second waits here and finds the first.
    await sql`select pg_advisory_xact_lock(hashtext('drill'), ${drill.scenario})`.execute(tx);
    const { rows } = await sql<{
      name: string | null;
    }>`select running_drill(${drill.scenario}) as name`.execute(tx);
    const name = rows[0]?.name ?? undefined;
    if (name !== undefined) throw new AppError('drill.running-already', { name });
    const now = context.now();
    const { script, place, scenario } = drill;
    await tx
      .updateTable('drill')
      .set({
        state: 'running',
        started_by: context.actor.name,
        started_at: new Date(now),
        ends_at: new Date(now + script.minutes * MINUTE_MS),
      })
      .where('id', '=', id)
      .execute();
    await tx
      .insertInto('drill_act')
      .values(
        script.acts.map((act, n) => ({
          drill_id: id,
          n,
          place,
          scenario,
          due_at: new Date(now + act.minute * MINUTE_MS),
          to_role: act.kind === 'inject' ? act.to : null,
          answer: null,
          answered_by: null,
        })),
      )
      .execute();
    await audit(context, tx, { action: 'drill.start', subject: `drill/${id}`, place, scenario });
  });
}

/** Breaks a running drill off. Throws `drill.illegal-action`. */
export async function abortDrill(
  context: RequestContext,
  id: number,
  { reason }: z.output<typeof drillRoutes.abortDrill.body>,
): Promise<DrillDetail> {
  return withDrill(context, id, async (tx, drill) => {
    demandState(drill, ['running'], '中止');
    await finishDrill(tx, drill, { at: context.now(), aborted: { by: context.actor.name, reason } });
    const { place, scenario } = drill;
    await audit(context, tx, {
      action: 'drill.abort',
      subject: `drill/${id}`,
      place,
      scenario,
      after: { reason },
    });
  });
}

/** Writes the director's review (复盘) beside the score, which nobody writes. Throws `drill.illegal-action`. */
export async function assessDrill(
  context: RequestContext,
  id: number,
  { review }: z.output<typeof drillRoutes.assessDrill.body>,
): Promise<DrillDetail> {
  return withDrill(context, id, async (tx, drill) => {
    demandState(drill, ['ended', 'aborted'], '复盘');
    await tx
      .updateTable('drill')
      .set({
        state: 'assessed',
        review,
        assessed_by: context.actor.name,
        assessed_at: new Date(context.now()),
      })
      .where('id', '=', id)
      .execute();
    const { place, scenario } = drill;
    await audit(context, tx, {
      action: 'drill.assess',
      subject: `drill/${id}`,
      place,
      scenario,
      after: { review },
    });
  });
}

async function withDrill(
  context: RequestContext,
  id: number,
  act: (tx: Tx, drill: DrillRow) => Promise<void>,
): Promise<DrillDetail> {
  context.authorize('drill.run');
  return context.transaction(async (tx) => {
    const drill = await lockDrill(tx, id);
    context.authorizeRecord('drill.run', drill);
    await act(tx, drill);
    return changed(context, tx, id);
  });
}

async function changed(context: RequestContext, tx: Tx, id: number): Promise<DrillDetail> {
  const row = await lockDrill(tx, id);
  await tellDrills(tx, [row], { state: row.state, at: context.now() });
  return showDetail(tx, row, context.actor);
}
