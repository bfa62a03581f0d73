import { orderLinkRoutes } from '#contract/response';
import * as response from '#services/response';
import type { FastifyReply } from 'fastify';

import type { App } from './app.ts';
import { bind, type Bound } from './http/bind.ts';
import { setHandCookie, visitorOf } from './http/hand-cookie.ts';

/** 一次性链接: those who make them have accounts, those who use them have none. */
export function bindLinks({ system, config }: App): readonly Bound[] {
  const desk = new response.HandDesk(system);
  // What a link shows stays in no cache on its way.
  const unkept = <T>(reply: FastifyReply, shown: T): T => {
    reply.header('cache-control', 'no-store');
    return shown;
  };
  return [
    bind(orderLinkRoutes.listOrderLinks, (context, { params }) =>
      response.listOrderLinks(context, params.id),
    ),
    bind(orderLinkRoutes.issueOrderLink, async (context, input, reply) =>
      unkept(reply, await response.issueOrderLink(context, input)),
    ),
    bind(orderLinkRoutes.endOrderLink, (context, { params }) => response.endOrderLink(context, params.id)),
    bind(orderLinkRoutes.openOrderLink, async (_context, { body }, reply) => {
      const { order, browser } = await desk.open(body.token, visitorOf(reply));
      setHandCookie(reply, browser, config);
      return unkept(reply, order);
    }),
    bind(orderLinkRoutes.actByLink, async (_context, { params, body }, reply) =>
      unkept(reply, await desk.act(params.id, body, visitorOf(reply))),
    ),
    bind(orderLinkRoutes.photoByLink, async (_context, { params, raw, contentType }, reply) =>
      unkept(reply, await desk.photo(params.id, { content: raw, mediaType: contentType }, visitorOf(reply))),
    ),
  ];
}
