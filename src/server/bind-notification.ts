import { AppError, wordingOf } from '#base';
import { notificationRoutes } from '#contract/command';
import * as command from '#services/command';
import { RequestContext } from '#services/context';
import { personActor } from '#services/platform';
import { advanceWorkOrder } from '#services/response';
import type { FastifyReply } from 'fastify';

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
    bind(notificationRoutes.putNotificationPreference, command.putNotificationPreference),
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
  const answer = await command.takeReceipts(
    app.system,
    { accept: (account, order, key) => accept(app, { account, order, key, address: given.address }) },
    { channel: given.channel, request },
  );
  await reply.type(answer.contentType).header('x-content-type-options', 'nosniff').send(answer.body);
  return null;
}

/** Accepts an order in somebody's name and with their rights, as the page would; a refusal is told in its words. */
async function accept(
  app: App,
  given: {
    readonly account: number;
    readonly order: number;
    readonly key: string;
    readonly address: string;
  },
): Promise<string> {
  const actor = await personActor(app.system, given.account, given.address);
  if (!actor) return '账号已停用，没有接单';
  try {
    const context = new RequestContext(app.ground, actor);
    await advanceWorkOrder(context, given.order, { action: 'accept', idempotencyKey: given.key });
    return '已接单';
  } catch (error) {
    if (error instanceof AppError) return `没有接单：${wordingOf(error)}`;
    throw error;
  }
}
