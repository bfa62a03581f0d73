import type { SystemContext } from '#services/context';

import { hashToken, newToken } from '../session/token-text.ts';

const LASTS_MS = 3_600_000;

/** A token for the device of a self-test, in place of the one of its last test. */
export async function openTestToken(
  context: SystemContext,
  of: { readonly device: number; readonly account: number },
): Promise<string> {
  const token = newToken();
  await context.transaction(async (tx) => {
    await tx.deleteFrom('token').where('device_id', '=', of.device).execute();
    await tx
      .insertInto('token')
      .values({
        name: '链路自检',
        kind: 'device',
        token_hash: hashToken(token),
        account_id: of.account,
        device_id: of.device,
        expires_at: new Date(context.now() + LASTS_MS),
      })
      .execute();
  });
  return token;
}
