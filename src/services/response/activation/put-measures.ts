import { AppError } from '#base';
import type { ActivationDetail, activationRoutes } from '#contract/response';
import type { ActivationMeasure } from '#model/response';
import { audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { activationDetailOf, tellActivation } from './activation-view.ts';
import { lockActivation } from './lock-activation.ts';
import { noteActivation } from './start-activation.ts';

type MeasureRequest = z.output<typeof activationRoutes.putMeasures.body>;

/**
 * Changes what a response obliges, with the reason, and writes down what is done. A line of its course says what was added and what
 * was taken out, by whom. Throws `input.invalid` where the list changes without a reason or names a measure twice.
 */
export async function putMeasures(
  context: RequestContext,
  id: number,
  { measures, reason, version }: MeasureRequest,
): Promise<ActivationDetail> {
  context.authorize('activation.decide');
  return context.transaction(async (tx) => {
    const row = await lockActivation(context, tx, id, version);
    const changes = listChanges(row.measures, measures);
    check(measures, changes, reason);
    const at = context.now();
    const by = context.actor.name;
    const before = new Map(row.measures.map((one) => [one.text, one]));
    const after = measures.map(({ text, unit, done }): ActivationMeasure => {
      const was = before.get(text);
      if (!done) return { text, unit, doneAt: null, doneBy: null };
      return { text, unit, doneAt: was?.doneAt ?? at, doneBy: was?.doneBy ?? by };
    });
    await sql`update activation set measures = ${JSON.stringify(after)}, version = version + 1 where id = ${id}`.execute(
      tx,
    );
    const done = after.filter(({ doneAt }) => doneAt !== null).length;
    const text = [`规定动作 ${after.length} 项，完成 ${done} 项`, ...changes].join('；').slice(0, 2000);
    await noteActivation(tx, id, { at, by, kind: 'measures', text, reason: reason ?? null });
    await tellActivation(tx, id, { at, text: '', scenario: null });
    await audit(context, tx, {
      action: 'activation.measures',
      subject: `activation/${id}`,
      place: row.place,
      scenario: row.scenario,
      before: { measures: row.measures },
      after: { measures: after, reason: reason ?? null },
    });
    return activationDetailOf(context, tx, id);
  });
}

interface Named {
  readonly text: string;
  readonly unit: string;
}

/** What the list itself has become otherwise, in words; what is done is no change of the list. */
function listChanges(before: readonly Named[], after: readonly Named[]): readonly string[] {
  const was = new Map(before.map(({ text, unit }) => [text, unit]));
  const kept = new Set(after.map(({ text }) => text));
  return [
    ...after.flatMap(({ text, unit }) => {
      const old = was.get(text);
      if (old === unit) return [];
      return [old === undefined ? `增加“${text}”（${unit}）` : `“${text}”由${old}改由${unit}负责`];
    }),
    ...before.filter(({ text }) => !kept.has(text)).map(({ text }) => `删去“${text}”`),
  ];
}

function check(measures: readonly Named[], changes: readonly string[], reason: string | undefined): void {
  const twice = measures.find((one, i) => measures.findIndex(({ text }) => text === one.text) < i);
  if (twice) throw new AppError('input.invalid', { issues: `规定动作“${twice.text}”写了两次` });
  if (changes.length > 0 && reason === undefined)
    throw new AppError('input.invalid', { issues: '增减或改动规定动作须写理由' });
}
