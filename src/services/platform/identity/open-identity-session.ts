import type { Tx } from '#storage';
import { sql } from 'kysely';

import { clientName } from '../session/client-name.ts';
import { openSession } from '../session/open-session.ts';
import type { Visit } from '../session/sign-in.ts';
import { hashToken } from '../session/token-text.ts';
import type { ProvenPerson } from './identity-provider.ts';

/**
 * Sessions of people who come through the provider end after one shift: whoever is shut out there, without a notice of it,
 * comes in no more after that.
 */
export const IDENTITY_SESSION_MS = 8 * 3_600_000;

interface Opening {
  readonly account: number;
  readonly person: ProvenPerson;
  readonly address: string;
  readonly visit: Visit;
  readonly now: number;
}

/**
 * A session bound to the provider's own, so that its end there is its end here. Gives the secret, and the session that this
 * browser had before and that is over now.
 */
export async function openIdentitySession(
  tx: Tx,
  { account, person, address, visit, now }: Opening,
): Promise<{ readonly token: string; readonly ended: number | undefined }> {
  const opened = await openSession(tx, {
    account,
    now,
    address,
    client: clientName(visit.userAgent),
    openedWith: 'identity',
    previous: visit.previous,
  });
  await sql`
    with shortened as (
      update session set expires_at = ${new Date(now + IDENTITY_SESSION_MS)}
      where token_hash = ${hashToken(opened.token)} returning id
    )
    insert into identity_session (session_id, issuer, sid) select id, ${person.issuer}, ${person.sid} from shortened`.execute(
    tx,
  );
  return opened;
}
