import { calleeRoutes, notificationRoutes } from '#contract/command';
import * as command from '#services/command';
import { proveSelf } from '#services/platform';
import type { FastifyReply } from 'fastify';

import { answersFrom } from './answers.ts';
import type { App } from './app.ts';
import { bind, type Bound } from './http/bind.ts';

/** 通知: channels, what was told, one's own messages, templates, and what providers tell afterwards. */
export function bindNotification(app: App): readonly Bound[] {
  return [
    bind(notificationRoutes.listChannels, command.listChannels),
    bind(notificationRoutes.createChannel, command.createChannel),
    bind(notificationRoutes.updateChannel, command.updateChannel),
    bind(notificationRoutes.removeChannel, command.removeChannel),
    bind(notificationRoutes.testChannel, command.testChannel),
    bind(notificationRoutes.listNotifications, command.listNotifications),
    bind(notificationRoutes.listOrderNotifications, command.listOrderNotifications),
    bind(notificationRoutes.listMyNotifications, command.listMyNotifications),
    bind(notificationRoutes.readMyNotifications, command.readMyNotifications),
    bind(notificationRoutes.getNotificationPreference, (context) =>
      command.getNotificationPreference(context),
    ),
    bind(notificationRoutes.putNotificationPreference, (context, given) =>
      command.putNotificationPreference(context, given, (password) =>
        proveSelf(context, app.ground, password),
      ),
    ),
    bind(notificationRoutes.testMyNotification, command.testMyNotification),
    bind(calleeRoutes.getWebPushKey, (context) => command.getWebPushKey(context)),
    bind(calleeRoutes.listCallees, (context) => command.listCallees(context)),
    bind(notificationRoutes.listNotificationTemplates, (context) => command.listTemplates(context)),
    bind(notificationRoutes.putNotificationTemplate, command.putTemplate),
    bind(notificationRoutes.resetNotificationTemplate, command.resetTemplate),
    bind(notificationRoutes.takeReceipts, (context, { params, query, raw }, reply) =>
      receive(app, { channel: params.id, query, address: context.actor.address, body: raw }, reply),
    ),
    bind(notificationRoutes.verifyReceipts, (context, { params, query }, reply) =>
      receive(
        app,
        { channel: params.id, query, address: context.actor.address, body: Buffer.alloc(0) },
        reply,
      ),
    ),
  ];
}

async function receive(
  app: App,
  given: {
    readonly channel: number;
    readonly query: Readonly<Record<string, string>>;
    readonly address: string;
    readonly body: Buffer;
  },
  reply: FastifyReply,
): Promise<null> {
  const headers = Object.entries(reply.request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value[0] : value,
  ]);
  const request = {
    method: reply.request.method,
    query: given.query,
    headers: Object.fromEntries(headers) as Readonly<Record<string, string | undefined>>,
    body: given.body.toString('utf8'),
  };
  const answer = await command.takeReceipts(app.system, answersFrom(app, given.address), {
    channel: given.channel,
    request,
    mailroom: app.mailroom,
  });
  await reply.type(answer.contentType).header('x-content-type-options', 'nosniff').send(answer.body);
  return null;
}
