import { AppError } from '#base';
import type { organisationRoutes } from '#contract/platform';
import { audit, openPhone, type RequestContext } from '#services/context';
import type { z } from 'zod';

import { findPlatform } from './find-platform.ts';

type Route = typeof organisationRoutes.revealPlatformContact;

/** The whole number of a post, against a reason that the audit keeps. Throws `record.not-found`, `access.denied`. */
export async function revealPlatformContact(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Route['params']>; readonly body: z.output<Route['body']> },
): Promise<{ phone: string }> {
  context.authorize('personal.reveal');
  return context.transaction(async (tx) => {
    const platform = await findPlatform(tx, params.code);
    context.authorizeRecord('personal.reveal', platform);
    const { code, place, scenario } = platform;
    const row = await tx
      .selectFrom('platform_contact')
      .select(['post', 'phone_sealed'])
      .where('id', '=', params.id)
      .where('platform_id', '=', platform.id)
      .executeTakeFirst();
    if (!row || row.phone_sealed === null) {
      throw new AppError('record.not-found', { what: '联系岗位的电话', id: String(params.id) });
    }
    await audit(context, tx, {
      action: 'personal.reveal',
      subject: `platform/${code}`,
      after: { post: row.post, reason: body.reason },
      place,
      scenario,
    });
    return { phone: openPhone(context.vault, row.phone_sealed) };
  });
}
