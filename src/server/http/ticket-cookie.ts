import type { FastifyReply, FastifyRequest } from 'fastify';

import { identityRoutes } from '#contract/platform';
import { TICKET_MS } from '#services/platform';

import type { Config } from '../config.ts';
import { secure } from './session-cookie.ts';

const TICKET_COOKIE = 'puan_identity';
/** Sent back only to the address the provider leads to, and on its way from there: hence Lax. */
const ATTRIBUTES = `Path=${identityRoutes.finishIdentity.path}; HttpOnly; SameSite=Lax`;

/** Binds a sign-in through the provider to the browser that began it. */
export function setTicketCookie(reply: FastifyReply, ticket: string, config: Config): void {
  const seconds = Math.floor(TICKET_MS / 1000);
  reply.header(
    'set-cookie',
    `${TICKET_COOKIE}=${ticket}; ${ATTRIBUTES}; Max-Age=${seconds}${secure(config)}`,
  );
}

export function clearTicketCookie(reply: FastifyReply, config: Config): void {
  reply.header('set-cookie', `${TICKET_COOKIE}=; ${ATTRIBUTES}; Max-Age=0${secure(config)}`);
}

export function ticketOf(request: FastifyRequest): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
  return cookies.find((cookie) => cookie.startsWith(`${TICKET_COOKIE}=`))?.slice(TICKET_COOKIE.length + 1);
}
