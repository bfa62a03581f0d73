import type { Tx } from '#storage';
import { sql } from 'kysely';

/**
 * Shuts an account: its person tokens end here, its sessions and bound devices with the same statement by the trigger of
 * 0009. Gateway tokens outlive their issuer: devices go on sending.
 */
export async function endAccess(
  tx: Tx,
  account: number,
  { at, reason }: { readonly at: Date; readonly reason: string },
): Promise<void> {
  await sql`update account set disabled_at = coalesce(disabled_at, ${at}), disabled_reason = ${reason}
    where id = ${account}`.execute(tx);
  await sql`update token set revoked_at = ${at} where account_id = ${account} and kind = 'person' and revoked_at is null`.execute(
    tx,
  );
}
