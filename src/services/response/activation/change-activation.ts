import { AppError } from '#base';
import type { ActivationDetail, activationRoutes } from '#contract/response';
import {
  ACTIVATION_GRADE_TEXT,
  ACTIVATION_GRADES,
  ACTIVATION_PLANS,
  type ActivationMeasure,
  measuresOf,
} from '#model/response';
import { audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { activationDetailOf, type ActivationRow, tellActivation } from './activation-view.ts';
import { lockActivation } from './lock-activation.ts';
import { noteActivation, scenarioNumber } from './start-activation.ts';

type ChangeRequest = z.output<typeof activationRoutes.changeActivation.body>;

/** Raises, lowers or ends a response, with the reason. What was done already stays done in the new list. */
export async function changeActivation(
  context: RequestContext,
  id: number,
  request: ChangeRequest,
): Promise<ActivationDetail> {
  context.authorize('activation.decide');
  return context.transaction(async (tx) => {
    const row = await lockActivation(context, tx, id, request.version);
    const { grade, reason } = request;
    if (grade === row.grade)
      throw new AppError('activation.in-force', { plan: row.plan_name, grade: ACTIVATION_GRADE_TEXT[grade] });
    const at = context.now();
    const by = context.actor.name;
    const plan = ACTIVATION_PLANS.find(({ code }) => code === row.plan);
    if (grade === undefined) {
      await sql`update activation set ended_at = ${new Date(at)}, ended_by = ${by}, ended_reason = ${reason}, version = version + 1
        where id = ${id}`.execute(tx);
    } else {
      const measures = plan ? kept(row.measures, measuresOf(plan, grade)) : row.measures;
      await sql`update activation set grade = ${grade}, measures = ${JSON.stringify(measures)}, version = version + 1
        where id = ${id}`.execute(tx);
    }
    const text = changeText(row, grade);
    await noteActivation(tx, id, { at, by, kind: grade === undefined ? 'end' : 'grade', text, reason });
    await tellActivation(tx, id, { at, text, scenario: scenarioNumber(plan, row) });
    await audit(context, tx, {
      action: grade === undefined ? 'activation.ended' : 'activation.graded',
      subject: `activation/${id}`,
      place: row.place,
      scenario: row.scenario,
      before: { grade: row.grade },
      after: { grade: grade ?? null, reason },
    });
    return activationDetailOf(context, tx, id);
  });
}

function changeText(row: ActivationRow, grade: ChangeRequest['grade']): string {
  const head = `${row.platform}${row.plan_name}`;
  if (grade === undefined) return `${head}${ACTIVATION_GRADE_TEXT[row.grade]}应急响应终止`;
  const rises = ACTIVATION_GRADES.indexOf(grade) < ACTIVATION_GRADES.indexOf(row.grade);
  return `${head}应急响应由${ACTIVATION_GRADE_TEXT[row.grade]}${rises ? '升' : '降'}为${ACTIVATION_GRADE_TEXT[grade]}`;
}

function kept(
  before: readonly ActivationMeasure[],
  planned: readonly { readonly text: string; readonly unit: string }[],
): readonly ActivationMeasure[] {
  const was = new Map(before.map((one) => [one.text, one]));
  return planned.map((one) => was.get(one.text) ?? { ...one, doneAt: null, doneBy: null });
}
