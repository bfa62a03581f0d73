import { timingSafeEqual } from 'node:crypto';

import { AppError } from '#base';
import type { Vault } from '#storage';

/** What a sign-in through the provider began with. Sealed into a cookie, it binds the answer to the browser that asked. */
export interface SignInTicket {
  readonly state: string;
  readonly nonce: string;
  /** PKCE: proves to the provider that whoever redeems the code also asked for it. */
  readonly verifier: string;
  /** Our page to go to afterwards. */
  readonly from: string;
  /** Our address the provider answers to; the same words must be sent with the code. */
  readonly redirect: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** Ten minutes to type a password and a code at the provider. */
export const TICKET_MS = 10 * 60_000;

const PURPOSE = 'identity-ticket';

export function sealTicket(vault: Vault, ticket: SignInTicket): string {
  return vault.seal(JSON.stringify(ticket), PURPOSE);
}

/**
 * The ticket of the browser that comes back with `state`. Throws `identity.not-started-here` for a browser that never
 * asked, or for an answer to another question; `identity.expired`.
 */
export function openTicket(
  vault: Vault,
  sealed: string | undefined,
  asked: { readonly state: string | undefined; readonly now: number },
): SignInTicket {
  const ticket = sealed === undefined ? undefined : read(vault, sealed);
  if (!ticket || asked.state === undefined || !same(ticket.state, asked.state)) {
    throw new AppError('identity.not-started-here');
  }
  if (ticket.expiresAt <= asked.now) throw new AppError('identity.expired');
  return ticket;
}

function read(vault: Vault, sealed: string): SignInTicket | undefined {
  try {
    return JSON.parse(vault.open(sealed, PURPOSE)) as SignInTicket;
  } catch {
    return undefined;
  }
}

function same(x: string, y: string): boolean {
  const [a, b] = [Buffer.from(x), Buffer.from(y)];
  return a.length === b.length && timingSafeEqual(a, b);
}
