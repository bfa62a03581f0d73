import { audit, type RequestContext } from '#services/context';

import { credentialOf, forgetSession } from './credential.ts';

/** Ends the session the request came with at once; an API token is not a session and stays. */
export async function signOut(context: RequestContext): Promise<null> {
  const session = credentialOf(context.actor)?.session;
  if (session === undefined) return null;
  context.authorizeSelf();
  await context.transaction(async (tx) => {
    await tx.deleteFrom('session').where('id', '=', session.id).execute();
    await audit(context, tx, { action: 'session.closed', subject: `account/${context.actor.username}` });
  });
  forgetSession(session.id);
  return null;
}
