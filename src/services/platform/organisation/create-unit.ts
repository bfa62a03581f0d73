import { AppError } from '#base';
import type { organisationRoutes, Unit } from '#contract/platform';
import { announce, audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { unitColumns } from './unit-facts.ts';
import { loadUnits } from './unit-view.ts';

type Body = z.output<typeof organisationRoutes.createUnit.body>;

/** Registers a unit at a platform. Throws `record.not-found`, `access.denied`, `record.exists`, `input.invalid`. */
export async function createUnit(context: RequestContext, { body }: { readonly body: Body }): Promise<Unit> {
  context.authorize('object.manage');
  const { code, ...facts } = body;
  return context.transaction(async (tx) => {
    const columns = { code, ...(await unitColumns(context, tx, facts)) };
    const row = await tx
      .insertInto('unit')
      .values(columns as never)
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning(['id', 'place', 'scenario'])
      .executeTakeFirst();
    if (!row) throw new AppError('record.exists', { what: '单位', id: code });
    const [made] = await loadUnits(context, tx, sql`where t.id = ${row.id}`);
    if (!made) throw new AppError('record.not-found', { what: '单位', id: code });
    const { place, scenario } = row;
    await audit(context, tx, {
      action: 'unit.create',
      subject: `unit/${code}`,
      after: made,
      place,
      scenario,
    });
    await announce(tx, [
      { type: 'platform.changed', at: context.now(), place, scenario, payload: { id: row.id } },
    ]);
    return made;
  });
}
