import { AppError } from '#base';
import type { Account, TemporaryPassword } from '#contract/platform';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

import { showAccount } from './account-view.ts';
import { forgetPeople } from './forget-people.ts';
import { loadAccount } from './get-account.ts';
import { makePasswords } from './make-passwords.ts';
import { auditManaged, lockManaged } from './manage-account.ts';

interface Input {
  readonly params: { readonly id: number };
  readonly body: { readonly reason: string };
}

/**
 * Gives a temporary password, told in this answer only; the person changes it at the next sign-in. Never for oneself, not for
 * the separated administrators, and not by whoever took the second factor away: one person holding both could sign in as the
 * other. Throws what `lockManaged` throws, and `account.four-eyes`.
 */
export async function resetPassword(
  context: RequestContext,
  { params, body }: Input,
): Promise<TemporaryPassword> {
  context.authorize('account.manage');
  const [made] = await makePasswords(1);
  const told = await context.transaction(async (tx) => {
    const row = await lockManaged(context, tx, params.id, 'reset-password');
    const tookFactor =
      row.totp_enrolled_at === null && row.second_factor_reset_by === context.actor.accountId;
    if (tookFactor || !made)
      throw new AppError('account.four-eyes', { action: '重置口令', role: '刚由您重置第二因素的账号' });
    const at = new Date(context.now());
    await sql`select give_temporary_password(${row.id}, ${made.hash}, ${context.actor.accountId}, ${at})`.execute(
      tx,
    );
    const after = { temporary: true, reason: body.reason };
    await auditManaged(context, tx, row, { verb: 'reset-password', after });
    return { username: row.username, name: row.name, password: made.text };
  });
  forgetPeople([params.id]);
  return told;
}

/** Takes the authenticator away; the next sign-in enrols anew. The other half of the same rule. */
export async function resetSecondFactor(context: RequestContext, { params, body }: Input): Promise<Account> {
  context.authorize('account.manage');
  const account = await context.transaction(async (tx) => {
    const row = await lockManaged(context, tx, params.id, 'reset-second-factor');
    if (row.must_change_password && row.password_set_by === context.actor.accountId)
      throw new AppError('account.four-eyes', { action: '重置第二因素', role: '由您刚设过口令的账号' });
    await sql`select take_second_factor(${row.id}, ${context.actor.accountId})`.execute(tx);
    const after = { secondFactor: null, reason: body.reason };
    await auditManaged(context, tx, row, { verb: 'reset-second-factor', after });
    return showAccount(context, await loadAccount(tx, context.now(), row.id));
  });
  forgetPeople([params.id]);
  return account;
}
