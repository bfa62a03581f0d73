import { AppError } from '#base';
import type { Obligation, Route } from '#contract/http';
import { PASSWORD_DAYS } from '#model/platform';
import { type Actor, nobodyFrom } from '#services/context';
import type { FastifyRequest } from 'fastify';

export const SESSION_COOKIE = 'puan_session';

/** Knows who stands behind a token. */
export interface ActorFinder {
  readonly findActor: (token: string, address: string, automatic?: boolean) => Promise<Actor | undefined>;
}

/** A page that asks by itself says so: it keeps nobody signed in who went away. */
const AUTOMATIC_HEADER = 'puan-automatic';

/** Who may ask: what of `Route` decides it. */
type Door = Pick<Route, 'access' | 'owing'> & {
  /** Nobody does anything here, whatever the headers say: the event stream. */
  readonly automatic?: boolean;
};

/**
 * Who asks. Throws `session.required` or `session.expired` where a session is needed, `session.password-change-required` or
 * `session.second-factor-required` while that is owed and the route does not help to pay it.
 */
export async function actorOf(
  finder: ActorFinder,
  request: FastifyRequest,
  { access, owing, automatic }: Door,
): Promise<Actor> {
  const address = request.ip;
  if (access === 'public') return nobodyFrom(address);
  const token = tokenOf(request);
  if (token === undefined) throw new AppError('session.required');
  const byItself = automatic === true || request.headers[AUTOMATIC_HEADER] !== undefined;
  const actor = await finder.findActor(token, address, byItself);
  if (!actor) throw new AppError('session.expired');
  if (actor.owes !== undefined && !owing?.includes(actor.owes)) throw owed(actor.owes);
  if (access !== 'session' && !actor.rights.has(access))
    throw new AppError('access.denied', { capability: access });
  return actor;
}

function owed(owes: Obligation): AppError {
  return owes === 'password'
    ? new AppError('session.password-change-required', { days: PASSWORD_DAYS })
    : new AppError('session.second-factor-required');
}

/** The session's or a script's token: cookie, or `Authorization: Bearer`. */
export function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer (\S{1,300})$/iu.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  return cookieOf(request, SESSION_COOKIE);
}

/** The value of a cookie, undefined for one that did not come along or is empty. */
export function cookieOf(request: FastifyRequest, wanted: string): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim().split('='));
  return cookies.find(([name]) => name === wanted)?.[1] || undefined;
}
