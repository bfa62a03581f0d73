import { AppError } from '#base';
import type { Session } from '#contract/platform';
import type { RequestContext } from '#services/context';

import { credentialOf } from './credential.ts';
import { showSession } from './session-view.ts';

/** The last moment a date can hold: the end of what has none. */
const NEVER = 8.64e15;

/** Who is signed in, what they may do, what they owe, and until when (epoch ms). Throws `session.required`. */
// oxlint-disable-next-line typescript/require-await -- a use case answers with a promise
export async function getSession(context: RequestContext): Promise<Session> {
  const credential = credentialOf(context.actor);
  if (!credential) throw new AppError('session.required');
  const { endsAt, idleEndsAt, firstPassword, secondFactor } = credential;
  const { accountId, username, name, rights, owes } = context.actor;
  return showSession(
    { id: accountId, username, name, firstPassword, secondFactor, owes },
    rights,
    Math.min(endsAt, idleEndsAt, NEVER),
  );
}
