import { audit, type Ground, type RequestContext, SystemContext } from '#services/context';

import { forgetCredentials, requireSession } from './credential.ts';
import { prove } from './proof.ts';
import { forgetSecondFactor } from './second-factor.ts';

/**
 * Takes one's own authenticator out of use, for a change of phones; the account owes a second factor again. Throws what
 * a sign-in with this password and code would throw.
 */
export async function removeTotp(
  context: RequestContext,
  ground: Ground,
  { password, code }: { readonly password: string; readonly code: string },
): Promise<null> {
  requireSession(context);
  context.authorizeSelf();
  const { accountId: account, username, address } = context.actor;
  await prove(new SystemContext(ground), { username, password, otp: code, address });
  await context.transaction(async (tx) => {
    await forgetSecondFactor(tx, account);
    await audit(context, tx, { action: 'second-factor.remove', subject: `account/${username}` });
  });
  forgetCredentials(({ actor }) => actor.accountId === account);
  return null;
}
