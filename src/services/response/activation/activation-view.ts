import { AppError } from '#base';
import type { Activation, ActivationDetail } from '#contract/response';
import { ACTIVATION_GRADE_TEXT, type ActivationGrade, type ActivationMeasure } from '#model/response';
import { announce, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

export interface ActivationRow {
  readonly id: number;
  readonly place: number;
  readonly scenario: number | null;
  readonly platform: string;
  readonly plan: string;
  readonly plan_name: string;
  readonly grade: ActivationGrade;
  readonly towns: readonly string[];
  readonly ground: string;
  readonly incident: Activation['incident'];
  readonly measures: readonly ActivationMeasure[];
  readonly started_at: number;
  readonly started_by: string;
  readonly ended_at: number | null;
  readonly ended_by: string | null;
  readonly ended_reason: string | null;
  readonly version: number;
}

/** Activations as `suffix` picks and sorts them; everybody who is signed in reads them. `a` is the activation. */
export async function loadActivations(
  tx: Tx,
  suffix: RawBuilder<unknown>,
): Promise<readonly ActivationRow[]> {
  // The incident is named only to whoever sees it.
  const { rows } = await sql<ActivationRow>`
    select a.id, a.place, a.scenario, p.name as platform, a.plan, a.plan_name, a.grade, to_json(a.towns) as towns, a.ground,
      (select json_build_object('id', i.id, 'code', i.code) from incident i where i.id = a.incident_id) as incident,
      a.measures, a.started_at, a.started_by, a.ended_at, a.ended_by, a.ended_reason, a.version
    from (select * from activation a ${suffix}) a join platform p on p.id = a.platform_id
    order by a.started_at desc, a.id desc`.execute(tx);
  return rows;
}

export async function loadActivation(tx: Tx, id: number): Promise<ActivationRow> {
  const [row] = await loadActivations(tx, sql`where a.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '应急响应', id });
  return row;
}

export function showActivation({ actor }: RequestContext, row: ActivationRow): Activation {
  return {
    id: row.id,
    plan: row.plan,
    planName: row.plan_name,
    grade: row.grade,
    gradeText: ACTIVATION_GRADE_TEXT[row.grade],
    platform: row.platform,
    towns: [...row.towns],
    ground: row.ground,
    incident: row.incident,
    measures: [...row.measures],
    startedAt: row.started_at,
    startedBy: row.started_by,
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    endedReason: row.ended_reason,
    version: row.version,
    mayDecide: row.ended_at === null && actor.rights.mayAt('activation.decide', row),
  };
}

export async function activationDetailOf(
  context: RequestContext,
  tx: Tx,
  id: number,
): Promise<ActivationDetail> {
  const row = await loadActivation(tx, id);
  const entries = await tx
    .selectFrom('activation_entry')
    .select(['at', 'by', 'kind', 'text', 'reason'])
    .where('activation_id', '=', id)
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
  return { ...showActivation(context, row), entries };
}

/** Tells every screen; the duty log of the plan's scenario takes it down. */
export async function tellActivation(
  tx: Tx,
  id: number,
  told: { readonly at: number; readonly text: string; readonly scenario: number | null },
): Promise<void> {
  await announce(tx, [
    {
      type: 'activation.changed',
      at: told.at,
      place: null,
      scenario: null,
      payload: { id, text: told.text, ofScenario: told.scenario },
    },
  ]);
}
