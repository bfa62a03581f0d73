import { AppError } from '#base';
import { audit, type Ground, type RequestContext, SystemContext } from '#services/context';
import type { Tx } from '#storage';
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
  ground: Ground,
  { code }: { readonly code: string },
): Promise<{ readonly recoveryCodes: string[] }> {
  requireSession(context);
  context.authorizeSelf();
  const { accountId: account, username } = context.actor;
  const now = context.now();
  const system = new SystemContext(ground);
  const pending = await system.transaction((tx) => loadPending(tx, account, now));
  if (!pending) throw new AppError('session.enrolment-not-begun');
  const secret = context.vault.open(pending.sealed, TOTP_PURPOSE);
  const step = stepOfCode(secret, code.replaceAll(/\s/gu, ''), now);
  if (step === undefined) throw new AppError('session.code-wrong');
  const recoveryCodes = await context.transaction(async (tx) => {
    const confirmed = await tx
      .updateTable('second_factor')
      .set({ totp_sealed: pending.sealed, pending_sealed: null, pending_until: null, last_step: step })
      .where('account_id', '=', account)
      .where(sql<boolean>`pending_until = ${new Date(pending.until)}`)
      .executeTakeFirst();
    // Somebody else has confirmed it, or begun anew, at the same moment.
    if (confirmed.numUpdatedRows === 0n) throw new AppError('session.enrolment-not-begun');
    await sql`update account set totp_enrolled_at = ${new Date(now)} where id = ${account}`.execute(tx);
    await audit(context, tx, { action: 'second-factor.enrol', subject: `account/${username}` });
    return newRecoveryCodes(tx, context.vault, account);
  });
  forgetCredentials(({ actor }) => actor.accountId === account);
  return { recoveryCodes: [...recoveryCodes] };
}

/** The secret that waits for its first code, while it may. */
async function loadPending(
  tx: Tx,
  account: number,
  now: number,
): Promise<{ readonly sealed: string; readonly until: number } | undefined> {
  const row = await tx
    .selectFrom('second_factor')
    .select(['pending_sealed', 'pending_until'])
    .where('account_id', '=', account)
    .executeTakeFirst();
  const { pending_sealed: sealed = null, pending_until: until = null } = row ?? {};
  return sealed === null || until === null || until <= now ? undefined : { sealed, until };
}
