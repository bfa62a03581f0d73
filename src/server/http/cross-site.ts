import { AppError } from '#base';
import type { FastifyRequest } from 'fastify';

const HARMLESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const OWN: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Refuses what another site makes a browser change here, beside the cookie's `SameSite=Strict`. A script that shows a
 * token of its own is no browser that was talked into something. Throws `access.cross-site`.
 */
export function refuseCrossSite(request: FastifyRequest, publicUrl: string | undefined): void {
  if (HARMLESS.has(request.method) || request.headers.authorization !== undefined) return;
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  // What the browser says of the page cannot be forged by the page; older browsers tell the origin only.
  const isOwn =
    site === undefined ? origin === undefined || isHere(origin, request, publicUrl) : OWN.has(site);
  if (!isOwn) throw new AppError('access.cross-site');
}

function isHere(origin: string, request: FastifyRequest, publicUrl: string | undefined): boolean {
  const asked = hostOf(origin);
  if (asked === undefined) return false;
  return asked === hostOf(`${request.protocol}://${request.host}`) || asked === hostOf(publicUrl ?? '');
}

/** With its port, unless that is the usual one; undefined for what is no address. */
function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).host : undefined;
}
