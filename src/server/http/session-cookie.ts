import type { FastifyReply } from 'fastify';

import type { Config } from '../config.ts';
import { SESSION_COOKIE } from './actor.ts';

/** The browser's session: not readable by scripts, never sent from other sites, and over HTTPS only where there is HTTPS. */
export function setSessionCookie(reply: FastifyReply, token: string, config: Config): void {
  const secure = config.tls || config.publicUrl?.startsWith('https:') ? '; Secure' : '';
  reply.header('set-cookie', `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict${secure}`);
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.header('set-cookie', `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`);
}
