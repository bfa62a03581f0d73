import { randomBytes } from 'node:crypto';

import { AppError } from '#base';
import type { RequestContext } from '#services/context';

import type { IdentityProvider } from './identity-provider.ts';
import { localPath } from './local-path.ts';
import { sealTicket, type SignInTicket, TICKET_MS } from './sign-in-ticket.ts';

/**
 * Begins a sign-in through the provider: where to send the browser, and the sealed ticket it must bring back. Throws
 * `input.invalid` for a `from` that is no page of ours, `identity.disabled`, `identity.provider-down`.
 */
export async function startIdentitySignIn(
  context: RequestContext,
  provider: IdentityProvider,
  asked: { readonly from: string | undefined; readonly redirect: string },
): Promise<{ readonly address: string; readonly ticket: string }> {
  const from = localPath(asked.from ?? '/');
  if (from === undefined)
    throw new AppError('input.invalid', { issues: 'from 须是本站内的页面地址，以 / 开头' });
  const secret = (): string => randomBytes(32).toString('base64url');
  const ticket: SignInTicket = {
    state: secret(),
    nonce: secret(),
    verifier: secret(),
    from,
    redirect: asked.redirect,
    expiresAt: context.now() + TICKET_MS,
  };
  return {
    address: await provider.authorizationAddress(ticket),
    ticket: sealTicket(context.vault, ticket),
  };
}
