import { AppError } from '#base';
import type { accountRoutes } from '#contract/platform';
import { audit, openPhone, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

type Body = z.output<typeof accountRoutes.revealPhone.body>;

/**
 * The whole phone number of somebody in scope; the reason is in the audit before the number leaves. Throws
 * `record.not-found` also where there is no number.
 */
export async function revealPhone(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Body },
): Promise<{ readonly phone: string }> {
  context.authorize('personal.reveal');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{
      username: string;
      phone_sealed: string | null;
      place: number | null;
      scenario: number | null;
    }>`
      select username, phone_sealed, place, scenario from account where id = ${params.id}`.execute(tx);
    const [row] = rows;
    // One's own row is seen without the capability; where it lies is asked here.
    if (!row || row.phone_sealed === null)
      throw new AppError('record.not-found', { what: '电话', id: String(params.id) });
    context.authorizeRecord('personal.reveal', row);
    await audit(context, tx, {
      action: 'personal.reveal',
      subject: `account/${row.username}`,
      after: { field: 'phone', reason: body.reason },
      place: row.place,
      scenario: row.scenario,
    });
    return { phone: openPhone(context.vault, row.phone_sealed) };
  });
}
