import { audit, type RequestContext } from '#services/context';

import { credentialOf } from './credential.ts';

/** Ends the session the request came with at once; an API token is not a session and stays. */
export async function signOut(context: RequestContext): Promise<null> {
  const held = credentialOf(context.actor);
  const session = held?.credential.session;
  if (held === undefined || session === undefined) return null;
  context.authorizeSelf();
  await context.transaction(async (tx) => {
    await tx.deleteFrom('session').where('id', '=', session).execute();
    await audit(context, tx, { action: 'session.closed', subject: `account/${context.actor.username}` });
  });
  held.forget();
  return null;
}
