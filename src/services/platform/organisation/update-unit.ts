import { AppError } from '#base';
import type { organisationRoutes, Unit } from '#contract/platform';
import { announce, audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { unitColumns } from './unit-facts.ts';
import { loadUnits } from './unit-view.ts';

type Route = typeof organisationRoutes.updateUnit;

/** Changes a unit; what is left out stays. Throws `record.not-found`, `access.denied`, `record.changed`, `input.invalid`. */
export async function updateUnit(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Route['params']>; readonly body: z.output<Route['body']> },
): Promise<Unit> {
  context.authorize('object.manage');
  const { version, ...facts } = body;
  return context.transaction(async (tx) => {
    const held = await tx
      .selectFrom('unit')
      .select(['code', 'place', 'scenario', 'version'])
      .where('id', '=', params.id)
      .forUpdate()
      .executeTakeFirst();
    const [before] = await loadUnits(context, tx, sql`where t.id = ${params.id}`);
    if (!held || !before) throw new AppError('record.not-found', { what: '单位', id: String(params.id) });
    context.authorizeRecord('object.manage', held);
    if (held.version !== version) throw new AppError('record.changed');
    const columns = { ...(await unitColumns(context, tx, facts)), version: version + 1 };
    await tx.updateTable('unit').set(columns).where('id', '=', params.id).execute();
    const [after] = await loadUnits(context, tx, sql`where t.id = ${params.id}`);
    if (!after) throw new AppError('record.not-found', { what: '单位', id: String(params.id) });
    const { code, place, scenario } = held;
    await audit(context, tx, {
      action: 'unit.update',
      subject: `unit/${code}`,
      before,
      after,
      place,
      scenario,
    });
    await announce(tx, [
      { type: 'platform.changed', at: context.now(), place, scenario, payload: { id: params.id } },
    ]);
    return after;
  });
}
