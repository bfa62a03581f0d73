import { AppError } from '#base';
import type { identityRoutes } from '#contract/platform';
import { auditVisitor, type Ground, type RequestContext, SystemContext } from '#services/context';
import type { z } from 'zod';

import type { Visit } from '../session/sign-in.ts';
import { admitPerson } from './admit-person.ts';
import type { IdentityProvider, ProvenPerson } from './identity-provider.ts';
import { providerRefusal } from './provider-refusal.ts';
import { openTicket, type SignInTicket } from './sign-in-ticket.ts';
import { useOnce } from './use-once.ts';

export interface IdentityAnswer {
  /** What the browser brought in the address. */
  readonly query: z.output<typeof identityRoutes.finishIdentity.query>;
  /** The cookie of the browser. */
  readonly ticket: string | undefined;
  readonly visit: Visit;
}

/**
 * Ends a sign-in through the provider: checks that this browser asked, redeems the code, maps the claims and opens a
 * session. Throws one of the `identity.*` refusals, each written into the audit.
 */
export async function finishIdentitySignIn(
  context: RequestContext,
  ground: Ground,
  provider: IdentityProvider,
  answer: IdentityAnswer,
): Promise<{ readonly token: string; readonly from: string }> {
  const system = new SystemContext(ground);
  let person: ProvenPerson | undefined;
  try {
    const ticket = openTicket(context.vault, answer.ticket, {
      state: answer.query.state,
      now: context.now(),
    });
    await spend(system, ticket);
    person = await provider.redeem(ticket, answer.query);
    const arrival = { address: context.actor.address, visit: answer.visit };
    const { token } = await admitPerson(system, person, arrival);
    return { token, from: ticket.from };
  } catch (error) {
    if (error instanceof AppError) await note(system, context.actor.address, error, person);
    throw error;
  }
}

/** An answer is taken once, whatever comes of it. */
async function spend(system: SystemContext, ticket: SignInTicket): Promise<void> {
  const fresh = await system.transaction((tx) => useOnce(tx, `state ${ticket.state}`, ticket.expiresAt));
  if (!fresh) throw new AppError('identity.expired');
}

async function note(
  system: SystemContext,
  address: string,
  error: AppError,
  person: ProvenPerson | undefined,
): Promise<void> {
  const username = person === undefined ? '' : `oidc:${person.subject}`;
  const after = { code: error.code, reason: providerRefusal(error).details['reason'] ?? null };
  await system.transaction((tx) =>
    auditVisitor(
      tx,
      { at: system.now(), username, address },
      { action: 'identity.refused', subject: `identity/${person?.subject ?? ''}`, after },
    ),
  );
}
