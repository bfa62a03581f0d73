import { AppError } from '#base';
import { PASSWORD_FAULT_TEXT, passwordFaults, PASSWORDS_REMEMBERED } from '#model/platform';
import { audit, type Ground, type RequestContext, SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { forgetCredentials, requireSession } from './credential.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { prove } from './proof.ts';

/**
 * Changes one's own password. This session goes on; all others and the bound devices end. Throws `session.refused` or
 * `session.locked` for a wrong present one (it counts to the lock), `session.password-weak`, `session.password-reused`.
 */
export async function changePassword(
  context: RequestContext,
  ground: Ground,
  { current, next }: { readonly current: string; readonly next: string },
): Promise<null> {
  const { session } = requireSession(context);
  context.authorizeSelf();
  const { username, accountId: account, address } = context.actor;
  const faults = passwordFaults(next, username);
  if (faults.length > 0) {
    const words = faults.map((fault) => PASSWORD_FAULT_TEXT[fault]).join('；');
    throw new AppError('session.password-weak', { faults: words });
  }
  const system = new SystemContext(ground);
  const offer = { username, password: current, otp: null, address };
  const proven = await prove(system, offer);
  const old = proven.account.password_hash ?? '';
  const used = await system.transaction((tx) => loadUsed(tx, account));
  for (const hash of [old, ...used]) {
    if (await verifyPassword(next, hash)) {
      throw new AppError('session.password-reused', { count: PASSWORDS_REMEMBERED });
    }
  }
  const hash = await hashPassword(next);
  await context.transaction(async (tx) => {
    const now = new Date(context.now());
    // The trigger on `account` ends every session but this one.
    await sql`select set_config('puan.session', ${String(session.id)}, true)`.execute(tx);
    await sql`update account set password_hash = ${hash}, password_changed_at = ${now}, must_change_password = false,
      password_from_bootstrap = false where id = ${account}`.execute(tx);
    await tx
      .insertInto('password_history')
      .values({ account_id: account, password_hash: old, replaced_at: now })
      .execute();
    await sql`delete from password_history where account_id = ${account} and id not in (
      select id from password_history where account_id = ${account} order by id desc limit ${PASSWORDS_REMEMBERED - 1}
    )`.execute(tx);
    await audit(context, tx, { action: 'password.change', subject: `account/${username}` });
  });
  forgetCredentials(({ actor }) => actor.accountId === account);
  return null;
}

/** The passwords before the present one, newest first. */
async function loadUsed(tx: Tx, account: number): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('password_history')
    .select('password_hash')
    .where('account_id', '=', account)
    .orderBy('id', 'desc')
    .limit(PASSWORDS_REMEMBERED - 1)
    .execute();
  return rows.map((row) => row.password_hash);
}
