import { createHmac, randomInt } from 'node:crypto';

import type { Tx, Vault } from '#storage';
import { sql } from 'kysely';

import type { OpenedWith } from './open-session.ts';
import { stepOfCode } from './totp.ts';

export const TOTP_PURPOSE = 'second-factor';
export const RECOVERY_CODES = 8;
/** Without letters and digits that are taken for one another. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const HALF = 5;

/**
 * Uses a code of the authenticator, or a recovery code, once: neither is taken a second time, however many come at the
 * same moment. Says which of the two it was; undefined for one that is wrong or used up.
 */
export async function spendCode(
  tx: Tx,
  vault: Vault,
  given: { readonly account: number; readonly code: string; readonly now: number },
): Promise<OpenedWith | undefined> {
  const code = given.code.replaceAll(/[\s-]/gu, '').toUpperCase();
  if (!/^\d{6}$/u.test(code))
    return (await spendRecoveryCode(tx, vault, { ...given, code })) ? 'recovery-code' : undefined;
  const factor = await tx
    .selectFrom('second_factor')
    .select('totp_sealed')
    .where('account_id', '=', given.account)
    .executeTakeFirst();
  if (factor?.totp_sealed === null || factor === undefined) return undefined;
  const step = stepOfCode(vault.open(factor.totp_sealed, TOTP_PURPOSE), code, given.now);
  if (step === undefined) return undefined;
  const used = await tx
    .updateTable('second_factor')
    .set({ last_step: step })
    .where('account_id', '=', given.account)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return used.numUpdatedRows > 0n ? 'code' : undefined;
}

async function spendRecoveryCode(
  tx: Tx,
  vault: Vault,
  given: { readonly account: number; readonly code: string; readonly now: number },
): Promise<boolean> {
  const used = await tx
    .updateTable('recovery_code')
    .set({ used_at: new Date(given.now) })
    .where('account_id', '=', given.account)
    .where('code_hash', '=', hashRecoveryCode(vault, given.code))
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return used.numUpdatedRows > 0n;
}

/** Eight new codes, as they are shown once; those of before are gone. */
export async function newRecoveryCodes(tx: Tx, vault: Vault, account: number): Promise<readonly string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode);
  await tx.deleteFrom('recovery_code').where('account_id', '=', account).execute();
  await tx
    .insertInto('recovery_code')
    .values(
      codes.map((code) => ({ account_id: account, code_hash: hashRecoveryCode(vault, code), used_at: null })),
    )
    .execute();
  return codes.map((code) => `${code.slice(0, HALF)}-${code.slice(HALF)}`);
}

function recoveryCode(): string {
  return Array.from({ length: HALF * 2 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** Keyed: a copy of the tables alone does not let anybody try them out. */
function hashRecoveryCode(vault: Vault, code: string): Buffer {
  return createHmac('sha256', vault.derive('recovery-code')).update(code).digest();
}

/** Takes the authenticator and its recovery codes away; at the next request the account owes a second factor again. */
export async function forgetSecondFactor(tx: Tx, account: number): Promise<void> {
  await tx.deleteFrom('recovery_code').where('account_id', '=', account).execute();
  await tx.deleteFrom('second_factor').where('account_id', '=', account).execute();
  await sql`update account set totp_enrolled_at = null where id = ${account}`.execute(tx);
}
