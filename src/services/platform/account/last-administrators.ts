import { AppError } from '#base';
import { type Role, ROLE_TEXT, SEPARATED_ROLES } from '#model/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/**
 * Throws `account.last-administrator` when the account is the last that can come in with one of these separated roles: a
 * system without one of them cannot be mended from inside.
 */
export async function keepAdministrators(
  tx: Tx,
  account: { readonly id: number },
  losing: readonly Role[],
  now: number,
): Promise<void> {
  for (const role of SEPARATED_ROLES.filter((one) => losing.includes(one))) {
    const { rows } = await sql<{ others: number }>`
      select other_administrators(${role}, ${account.id}, ${new Date(now)}) as others`.execute(tx);
    if (rows[0]?.others === 0) throw new AppError('account.last-administrator', { role: ROLE_TEXT[role] });
  }
}
