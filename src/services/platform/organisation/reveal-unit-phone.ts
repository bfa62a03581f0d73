import { AppError } from '#base';
import type { organisationRoutes } from '#contract/platform';
import { audit, openPhone, type RequestContext } from '#services/context';
import type { z } from 'zod';

type Route = typeof organisationRoutes.revealUnitPhone;

/** The whole number of a unit, against a reason that the audit keeps. Throws `record.not-found`, `access.denied`. */
export async function revealUnitPhone(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Route['params']>; readonly body: z.output<Route['body']> },
): Promise<{ phone: string }> {
  context.authorize('personal.reveal');
  return context.transaction(async (tx) => {
    const row = await tx
      .selectFrom('unit')
      .select(['code', 'place', 'scenario', 'phone_sealed'])
      .where('id', '=', params.id)
      .executeTakeFirst();
    if (!row || row.phone_sealed === null) {
      throw new AppError('record.not-found', { what: '单位的电话', id: String(params.id) });
    }
    context.authorizeRecord('personal.reveal', row);
    const { code, place, scenario } = row;
    const after = { reason: body.reason };
    await audit(context, tx, { action: 'personal.reveal', subject: `unit/${code}`, after, place, scenario });
    return { phone: openPhone(context.vault, row.phone_sealed) };
  });
}
