import { platformRoutes } from '#contract/platform';
import * as platform from '#services/platform';
import type { FastifyReply } from 'fastify';

import type { App } from './app.ts';
import { bind, type Bound } from './http/bind.ts';
import { clearSessionCookie, setDeviceCookie, setSessionCookie, visitOf } from './http/session-cookie.ts';

/** One's own session, password, second factor, bound phone, and tokens: the routes that set cookies, and those beside them. */
export function bindSession(app: App): readonly Bound[] {
  const { ground, config } = app;
  const open = async <S extends { readonly token: string }>(
    reply: FastifyReply,
    signedIn: Promise<S>,
  ): Promise<S> => {
    const session = await signedIn;
    setSessionCookie(reply, session.token, config);
    return session;
  };
  return [
    bind(platformRoutes.signIn, (context, { body }, reply) =>
      open(reply, platform.signIn(context, ground, body, visitOf(reply.request))),
    ),
    bind(platformRoutes.signInWithPin, (context, { body }, reply) =>
      open(reply, platform.signInWithPin(context, ground, body, visitOf(reply.request))),
    ),
    bind(platformRoutes.getSession, (context) => platform.getSession(context)),
    bind(platformRoutes.signOut, async (context, _input, reply) => {
      await platform.signOut(context);
      clearSessionCookie(reply);
      return null;
    }),
    bind(platformRoutes.changePassword, (context, { body }) =>
      platform.changePassword(context, ground, body),
    ),
    bind(platformRoutes.beginTotp, (context) => platform.beginTotp(context)),
    bind(platformRoutes.confirmTotp, (context, { body }) => platform.confirmTotp(context, ground, body)),
    bind(platformRoutes.removeTotp, (context, { body }) => platform.removeTotp(context, ground, body)),
    bind(platformRoutes.getBoundDevice, (context, _input, reply) =>
      platform.getBoundDevice(context, ground, visitOf(reply.request)),
    ),
    bind(platformRoutes.bindDevice, async (context, { body }, reply) => {
      const { device, secret } = await platform.bindDevice(context, body, visitOf(reply.request));
      setDeviceCookie(reply, secret, { config, lastsMs: platform.BOUND_MS });
      return device;
    }),
    bind(platformRoutes.listSessions, (context) => platform.listSessions(context)),
    bind(platformRoutes.endSession, (context, { params }) => platform.endSession(context, params.id)),
    bind(platformRoutes.endOtherSessions, (context) => platform.endOtherSessions(context)),
    bind(platformRoutes.endBoundDevice, (context, { params }) => platform.endBoundDevice(context, params.id)),
    bind(platformRoutes.issueToken, (context, input) => platform.issueToken(context, input)),
    bind(platformRoutes.listTokens, platform.listTokens),
    bind(platformRoutes.rotateToken, platform.rotateToken),
    bind(platformRoutes.revokeToken, platform.revokeToken),
  ];
}
