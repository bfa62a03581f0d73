import { AppError } from '#base';
import type { ActivationDetail, activationRoutes } from '#contract/response';
import { scenarioOf } from '#model/platform';
import {
  ACTIVATION_GRADE_TEXT,
  ACTIVATION_PLANS,
  type ActivationMeasure,
  type ActivationPlan,
  measuresOf,
  type PlannedMeasure,
} from '#model/response';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { activationDetailOf, tellActivation } from './activation-view.ts';

type StartRequest = z.output<typeof activationRoutes.startActivation.body>;

interface Home {
  readonly id: number;
  readonly name: string;
  readonly place: number;
  readonly scenario: number | null;
}

/** Starts a response of a platform under a plan. Throws `activation.in-force` where the plan is in force there already. */
export async function startActivation(
  context: RequestContext,
  request: StartRequest,
): Promise<ActivationDetail> {
  context.authorize('activation.decide');
  return context.transaction(async (tx) => {
    const plan = ACTIVATION_PLANS.find(({ code }) => code === request.plan);
    if (!plan) throw new AppError('record.not-found', { what: '预案', id: request.plan });
    const home = await findHome(tx, request.platform);
    context.authorizeRecord('activation.decide', home);
    const at = context.now();
    const measures = request.measures ?? measuresOf(plan, request.grade);
    const id = await insert(tx, { home, plan, at, by: context.actor.name, measures }, request);
    const text = `${home.name}启动${plan.name}${ACTIVATION_GRADE_TEXT[request.grade]}应急响应`;
    await noteActivation(tx, id, { at, by: context.actor.name, kind: 'start', text, reason: request.ground });
    await tellActivation(tx, id, { at, text, scenario: scenarioNumber(plan, home) });
    await audit(context, tx, {
      action: 'activation.started',
      subject: `activation/${id}`,
      place: home.place,
      scenario: home.scenario,
      after: { plan: plan.code, grade: request.grade, towns: request.towns, ground: request.ground },
    });
    return activationDetailOf(context, tx, id);
  });
}

export function scenarioNumber(
  plan: ActivationPlan | undefined,
  { scenario }: Pick<Home, 'scenario'>,
): number | null {
  const code = plan?.scenario ?? null;
  return scenario ?? (code === null ? null : (scenarioOf(code)?.id ?? null));
}

async function findHome(tx: Tx, code: string): Promise<Home> {
  const { rows } = await sql<Home>`select id, name, place, scenario from platform where code = ${code}
    and place is not null and kind <> 'zone'`.execute(tx);
  const [home] = rows;
  if (!home) throw new AppError('record.not-found', { what: '平台', id: code });
  return home;
}

interface Insert {
  readonly home: Home;
  readonly plan: ActivationPlan;
  readonly at: number;
  readonly by: string;
  readonly measures: readonly PlannedMeasure[];
}

async function insert(tx: Tx, about: Insert, request: StartRequest): Promise<number> {
  const { home, plan, at, by } = about;
  const measures: readonly ActivationMeasure[] = about.measures.map((one) => ({
    ...one,
    doneAt: null,
    doneBy: null,
  }));
  const row = await tx
    .insertInto('activation')
    .values({
      platform_id: home.id,
      place: home.place,
      scenario: home.scenario,
      plan: plan.code,
      plan_name: plan.name,
      grade: request.grade,
      towns: request.towns,
      ground: request.ground,
      incident_id: await seenIncident(tx, request.incident),
      measures: JSON.stringify(measures),
      started_at: new Date(at),
      started_by: by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new AppError('activation.in-force', { plan: plan.name, grade: '' });
  return row.id;
}

async function seenIncident(tx: Tx, id: number | undefined): Promise<number | null> {
  if (id === undefined) return null;
  const found = await tx.selectFrom('incident').select('id').where('id', '=', id).executeTakeFirst();
  if (!found) throw new AppError('record.not-found', { what: '事件', id });
  return found.id;
}

/** A line of what became of an activation. */
export async function noteActivation(
  tx: Tx,
  id: number,
  line: {
    readonly at: number;
    readonly by: string;
    readonly kind: string;
    readonly text: string;
    readonly reason: string | null;
  },
): Promise<void> {
  await tx
    .insertInto('activation_entry')
    .values({ activation_id: id, ...line, at: new Date(line.at) })
    .execute();
}
