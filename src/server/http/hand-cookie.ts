import { orderLinkRoutes } from '#contract/response';
import type { Visitor } from '#services/response';
import type { FastifyReply } from 'fastify';

import type { Config } from '../config.ts';
import { cookieOf } from './actor.ts';
import { secure } from './session-cookie.ts';

const HAND_COOKIE = 'puan_hand';
/** As long as a link can hold. */
const LASTS_SECONDS = 7 * 24 * 3600;
/** Where links are used: it travels with nothing else. */
const PATH = orderLinkRoutes.openOrderLink.path.replace(/\/open$/u, '');

/** Binds links to the browser that opened them. */
export function setHandCookie(reply: FastifyReply, browser: string, config: Config): void {
  reply.header(
    'set-cookie',
    `${HAND_COOKIE}=${browser}; Path=${PATH}; HttpOnly; SameSite=Strict; Max-Age=${LASTS_SECONDS}${secure(config)}`,
  );
}

/** Whoever comes by a link. */
export function visitorOf({ request }: FastifyReply): Visitor {
  return { browser: cookieOf(request, HAND_COOKIE), address: request.ip };
}
