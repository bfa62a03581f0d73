import { AppError } from '#base';
import type { Route } from '#contract/http';
import { type Actor, nobodyFrom } from '#services/context';
import type { FastifyRequest } from 'fastify';

export const SESSION_COOKIE = 'puan_session';

/** Knows who stands behind a token. */
export interface ActorFinder {
  readonly findActor: (token: string, address: string) => Promise<Actor | undefined>;
}

/** Who asks. Throws `session.required` or `session.expired` where a session is needed; capabilities are the use case's. */
export async function actorOf(
  finder: ActorFinder,
  request: FastifyRequest,
  access: Route['access'],
): Promise<Actor> {
  const address = request.ip;
  if (access === 'public') return nobodyFrom(address);
  const token = tokenOf(request);
  if (token === undefined) throw new AppError('session.required');
  const actor = await finder.findActor(token, address);
  if (!actor) throw new AppError('session.expired');
  if (access !== 'session' && !actor.rights.has(access))
    throw new AppError('access.denied', { capability: access });
  return actor;
}

/** The session's or a script's token: cookie, or `Authorization: Bearer`. */
export function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer (\S{1,300})$/iu.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim().split('='));
  return cookies.find(([name]) => name === SESSION_COOKIE)?.[1];
}
