import { AppError } from '#base';
import { audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';

import { forgetCredentials, requireSession } from './credential.ts';
import { newRecoveryCodes, TOTP_PURPOSE } from './second-factor.ts';
import { stepOfCode } from './totp.ts';

/**
 * Puts the new authenticator to use with a first code of it, and gives the recovery codes, once. Throws
 * `session.enrolment-not-begun`, `session.code-wrong`.
 */
export async function confirmTotp(
  context: RequestContext,
  { code }: { readonly code: string },
): Promise<{ readonly recoveryCodes: string[] }> {
  requireSession(context);
  context.authorizeSelf();
  const { accountId: account, username } = context.actor;
  const now = context.now();
  const recoveryCodes = await context.transaction(async (tx) => {
    const pending = await tx
      .selectFrom('second_factor')
      .select(['pending_sealed', 'pending_until'])
      .where('account_id', '=', account)
      .forUpdate()
      .executeTakeFirst();
    const sealed = pending?.pending_sealed ?? null;
    if (sealed === null || (pending?.pending_until ?? 0) <= now)
      throw new AppError('session.enrolment-not-begun');
    const step = stepOfCode(context.vault.open(sealed, TOTP_PURPOSE), code.replaceAll(/\s/gu, ''), now);
    if (step === undefined) throw new AppError('session.code-wrong');
    const inUse = { totp_sealed: sealed, pending_sealed: null, pending_until: null, last_step: step };
    await tx.updateTable('second_factor').set(inUse).where('account_id', '=', account).execute();
    await sql`update account set totp_enrolled_at = ${new Date(now)} where id = ${account}`.execute(tx);
    await audit(context, tx, { action: 'second-factor.enrol', subject: `account/${username}` });
    return newRecoveryCodes(tx, context.vault, account);
  });
  forgetCredentials(({ actor }) => actor.accountId === account);
  return { recoveryCodes: [...recoveryCodes] };
}
