import { AppError } from '#base';
import type { BasisTask, basisRoutes } from '#contract/standard';
import { announce, audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadTasks } from './task-view.ts';

type Route = typeof basisRoutes.keepBasis;

interface Held {
  readonly place: number;
  readonly scenario: number;
  readonly state: string;
  readonly told_by: string;
  readonly document: string;
  readonly version: number;
}

/**
 * Says, with the reason, that nothing needs to change though the basis has. Throws `record.not-found`, `access.denied`,
 * `record.changed`, `standard.illegal-action`, `access.same-person` for whoever told the change.
 */
export async function keepBasis(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Route['params']>; readonly body: z.output<Route['body']> },
): Promise<BasisTask> {
  context.authorize('standard.approve');
  return context.transaction(async (tx) => {
    const { rows } = await sql<Held>`
      select place, scenario, state, told_by, document, version from basis_task where id = ${params.id} for update`.execute(
      tx,
    );
    const held = rows[0];
    if (!held) throw new AppError('record.not-found', { what: '依据变更任务', id: String(params.id) });
    const { place, scenario } = held;
    context.authorizeRecord('standard.approve', { place, scenario });
    if (held.version !== body.version) throw new AppError('record.changed');
    if (held.state !== 'open')
      throw new AppError('standard.illegal-action', { state: '已回应', action: '说明无须修改' });
    const { actor, actingFor } = context;
    if ([actor.username, actingFor?.username].includes(held.told_by))
      throw new AppError('access.same-person');
    await sql`update basis_task set state = 'kept', answered_at = ${new Date(context.now())},
      answered_by = ${actor.username}, answer_note = ${body.reason}, version = version + 1 where id = ${params.id}`.execute(
      tx,
    );
    await audit(context, tx, {
      action: 'basis-task.keep',
      subject: `basis-task/${params.id}`,
      before: { state: 'open', document: held.document },
      after: { state: 'kept', reason: body.reason },
      place,
      scenario,
    });
    const payload = { id: params.id, state: 'kept' };
    await announce(tx, [{ type: 'standard.basis-changed', at: context.now(), place, scenario, payload }]);
    const [task] = await loadTasks(context, tx, sql`where t.id = ${params.id}`);
    if (!task) throw new AppError('record.not-found', { what: '依据变更任务', id: String(params.id) });
    return task;
  });
}
