import { AppError } from '#base';
import type { organisationRoutes } from '#contract/platform';
import { audit, type RequestContext } from '#services/context';
import type { z } from 'zod';

type Params = z.output<typeof organisationRoutes.deleteImportMapping.params>;

/** Forgets a mapping of the caller's. Throws `record.not-found`, also for somebody else's. */
export async function deleteImportMapping(
  context: RequestContext,
  { params }: { readonly params: Params },
): Promise<null> {
  context.authorize('object.manage');
  return context.transaction(async (tx) => {
    const gone = await tx
      .deleteFrom('import_mapping')
      .where('id', '=', params.id)
      .where('account_id', '=', context.actor.accountId)
      .returning(['name', 'kind'])
      .executeTakeFirst();
    if (!gone) throw new AppError('record.not-found', { what: '列对应', id: String(params.id) });
    const subject = `import-mapping/${gone.name}`;
    await audit(context, tx, { action: 'import-mapping.delete', subject, before: gone });
    return null;
  });
}
