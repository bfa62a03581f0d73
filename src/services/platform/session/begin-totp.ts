import { AppError } from '#base';
import { audit, type RequestContext } from '#services/context';

import { loadBoundDevices } from './bound-device.ts';
import { requireSession } from './credential.ts';
import { TOTP_PURPOSE } from './second-factor.ts';
import { newTotpSecret, totpUri } from './totp.ts';

const PENDING_MS = 10 * 60_000;

/**
 * Gives the secret of a new authenticator, once; it counts when `confirmTotp` has seen a code of it. Throws
 * `session.second-factor-exists`, and `session.second-factor-required` where only a bound device may vouch for the person.
 */
export async function beginTotp(
  context: RequestContext,
): Promise<{ readonly secret: string; readonly uri: string; readonly expiresAt: number }> {
  const { secondFactor } = requireSession(context);
  context.authorizeSelf();
  if (secondFactor) throw new AppError('session.second-factor-exists');
  const { accountId: account, username, owes } = context.actor;
  const now = context.now();
  const secret = newTotpSecret();
  const pending = {
    pending_sealed: context.vault.seal(secret, TOTP_PURPOSE),
    pending_until: new Date(now + PENDING_MS),
  };
  await context.transaction(async (tx) => {
    const devices = await loadBoundDevices(tx, { account, now, current: undefined });
    // A password alone must not replace the phone that is the second factor.
    if (owes === 'second-factor' && devices.length > 0) throw new AppError('session.second-factor-required');
    await tx
      .insertInto('second_factor')
      .values({ account_id: account, totp_sealed: null, ...pending })
      .onConflict((row) => row.column('account_id').doUpdateSet(pending))
      .execute();
    await audit(context, tx, { action: 'second-factor.begin', subject: `account/${username}` });
  });
  return { secret, uri: totpUri(secret, username), expiresAt: now + PENDING_MS };
}
