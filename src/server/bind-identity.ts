import { AppError } from '#base';
import { identityRoutes } from '#contract/platform';
import * as platform from '#services/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { App } from './app.ts';
import { bind, type Bound } from './http/bind.ts';
import { clearTicketCookie, setTicketCookie, ticketOf } from './http/ticket-cookie.ts';
import { setSessionCookie, visitOf } from './http/session-cookie.ts';

/** Sign-in through the identity provider: the routes a browser walks answer with redirects, in trouble to the sign-in page. */
export function bindIdentity(app: App): readonly Bound[] {
  const { ground } = app;
  return [
    // oxlint-disable-next-line typescript/require-await -- a use case answers with a promise
    bind(identityRoutes.getIdentityProvider, async () => ({
      enabled: app.identity.settings !== undefined,
      name: app.identity.settings?.name ?? '',
    })),
    bind(identityRoutes.startIdentity, async (context, { query }, reply) => {
      await lead(app, reply, async () => {
        const asked = { from: query.from, redirect: callbackAddress(app, reply.request) };
        const { address, ticket } = await platform.startIdentitySignIn(context, app.identity, asked);
        setTicketCookie(reply, ticket, app.config);
        return address;
      });
      return null;
    }),
    bind(identityRoutes.finishIdentity, async (context, { query }, reply) => {
      const ticket = ticketOf(reply.request);
      clearTicketCookie(reply, app.config);
      await lead(app, reply, async () => {
        const answer = { query, ticket, visit: visitOf(reply.request) };
        const { token, from } = await platform.finishIdentitySignIn(context, ground, app.identity, answer);
        setSessionCookie(reply, token, app.config);
        return from;
      });
      return null;
    }),
    bind(identityRoutes.backchannelLogout, (context, { raw }, reply) => {
      reply.header('cache-control', 'no-store');
      return platform.endIdentitySessions(context, ground, app.identity, raw);
    }),
    bind(identityRoutes.listIdentityMappings, platform.listIdentityMappings),
    bind(identityRoutes.saveIdentityMappings, platform.saveIdentityMappings),
    bind(identityRoutes.tryIdentityMappings, platform.tryIdentityMappings),
  ];
}

/** Sends the browser on; a refusal leads to the sign-in page, which says it in a sentence. */
async function lead(app: App, reply: FastifyReply, where: () => Promise<string>): Promise<void> {
  reply.header('cache-control', 'no-store');
  let address: string;
  try {
    address = await where();
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith('identity.')) throw error;
    app.refused(error.code);
    if (error.code === 'identity.provider-down') app.log.warn('统一身份平台连不上', error.cause);
    address = `/sign-in?fault=${error.code}`;
  }
  await reply.redirect(address, 302);
}

/** Where the provider sends the browser back to: it must be registered there, word for word. */
function callbackAddress(app: App, request: FastifyRequest): string {
  const base = app.config.publicUrl ?? `${request.protocol}://${request.host}`;
  if (!URL.canParse(base)) throw new AppError('input.invalid', { issues: '请求头 Host 不是有效的地址' });
  return new URL(identityRoutes.finishIdentity.path, base).href;
}
