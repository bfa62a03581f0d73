import { AppError } from '#base';
import type { Session } from '#contract/platform';
import type { RequestContext } from '#services/context';

import { credentialOf } from './credential.ts';
import { IDLE_MS, showSession } from './session-view.ts';

/** The last moment a date can hold: the end of what has none. */
const NEVER = 8.64e15;

/** Who is signed in, what they may do, and until when (epoch ms). Throws `session.required`. */
// oxlint-disable-next-line typescript/require-await -- a use case answers with a promise
export async function getSession(context: RequestContext): Promise<Session> {
  const held = credentialOf(context.actor);
  if (!held) throw new AppError('session.required');
  const { endsAt, session, firstPassword } = held.credential;
  const { accountId, username, name, rights } = context.actor;
  const idleEnd = session === undefined ? NEVER : context.now() + IDLE_MS;
  return showSession(
    { id: accountId, username, name, firstPassword },
    rights,
    Math.min(endsAt, idleEnd, NEVER),
  );
}
