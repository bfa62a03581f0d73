import type { Visit } from '#services/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Config } from '../config.ts';
import { cookieOf, SESSION_COOKIE } from './actor.ts';

const DEVICE_COOKIE = 'puan_device';
/** Where a bound device is asked for: it travels with nothing else. */
const DEVICE_PATH = '/api/v1/session';

/**
 * The browser's session: not readable by scripts, never sent from other sites, and over HTTPS only where there is HTTPS. Where another
 * system may frame 我的待办 it travels from there, too; what a foreign page would change by it `refuseCrossSite` refuses.
 */
export function setSessionCookie(reply: FastifyReply, token: string, config: Config): void {
  reply.header(
    'set-cookie',
    `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=${config.frameAncestors.length > 0 ? 'None' : 'Strict'}${secure(config)}`,
  );
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.header('set-cookie', `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`);
}

/** The secret of a bound device, for as long as a binding can last. */
export function setDeviceCookie(
  reply: FastifyReply,
  secret: string,
  { config, lastsMs }: { readonly config: Config; readonly lastsMs: number },
): void {
  const lasts = `; Max-Age=${Math.floor(lastsMs / 1000)}`;
  reply.header(
    'set-cookie',
    `${DEVICE_COOKIE}=${secret}; Path=${DEVICE_PATH}; HttpOnly; SameSite=Strict${lasts}${secure(config)}`,
  );
}

/** What a browser that signs in brings along. */
export function visitOf(request: FastifyRequest): Visit {
  return {
    userAgent: request.headers['user-agent'],
    device: cookieOf(request, DEVICE_COOKIE),
    previous: cookieOf(request, SESSION_COOKIE),
  };
}

/** Over HTTPS only, where there is HTTPS. */
export function secure(config: Config): string {
  return config.tls || config.publicUrl?.startsWith('https:') ? '; Secure' : '';
}
