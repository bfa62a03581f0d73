import { Readable } from 'node:stream';

import { exportRoutes, sensorThingsRoutes, sharingRoutes, webhookRoutes } from '#contract/monitoring';
import type { RequestContext } from '#services/context';
import * as monitoring from '#services/monitoring';
import type { FastifyReply } from 'fastify';

import type { App } from './app.ts';
import { bind, type Bound } from './http/bind.ts';

/** What others take from the platform: SensorThings, files, the catalogue of shared data, webhooks. */
export function bindSharing(app: App): readonly Bound[] {
  const rootOf = (reply: FastifyReply): string =>
    `${app.config.publicUrl ?? `${reply.request.protocol}://${reply.request.host}`}/v1.1`;
  const ask = async (
    context: RequestContext,
    asked: Omit<Parameters<typeof monitoring.askSensorThings>[1], 'root'>,
    reply: FastifyReply,
  ): Promise<Record<string, unknown>> => {
    const answer = await monitoring.askSensorThings(context, { ...asked, root: rootOf(reply) });
    if (answer.kind === 'json') return answer.body;
    await reply.type('text/plain; charset=utf-8').send(answer.text);
    return {};
  };
  return [
    ...bindCatalogue(),
    bind(sensorThingsRoutes.getSensorThingsRoot, (context, _input, reply) =>
      Promise.resolve(monitoring.getSensorThingsRoot(context, rootOf(reply))),
    ),
    bind(exportRoutes.exportReadings, async (context, input, reply) => {
      await sendFile(reply, await monitoring.exportReadings(context, input));
      return null;
    }),
    bind(sensorThingsRoutes.askSensorThings, (context, { params, query }, reply) =>
      ask(context, { path: params.entities, query }, reply),
    ),
    bind(sensorThingsRoutes.followSensorThings, (context, { params, query }, reply) =>
      ask(context, { path: `${params.entities}/${params['*']}`, query }, reply),
    ),
  ];
}

function bindCatalogue(): readonly Bound[] {
  return [
    bind(sharingRoutes.listSharedItems, monitoring.listSharedItems),
    bind(webhookRoutes.listWebhooks, monitoring.listWebhooks),
    bind(webhookRoutes.createWebhook, monitoring.createWebhook),
    bind(webhookRoutes.removeWebhook, (context, { params }) => monitoring.removeWebhook(context, params.id)),
    bind(webhookRoutes.pauseWebhook, monitoring.pauseWebhook),
    bind(webhookRoutes.resumeWebhook, (context, { params }) => monitoring.resumeWebhook(context, params.id)),
    bind(webhookRoutes.listWebhookDeliveries, monitoring.listWebhookDeliveries),
    bind(webhookRoutes.resendDelivery, (context, { params }) =>
      monitoring.resendDelivery(context, params.id),
    ),
    bind(sharingRoutes.createSharedItem, monitoring.createSharedItem),
    bind(sharingRoutes.withdrawSharedItem, (context, { params }) =>
      monitoring.withdrawSharedItem(context, params.id),
    ),
    bind(sharingRoutes.exportSharedItem, async (context, input, reply) => {
      await sendFile(reply, await monitoring.exportSharedItem(context, input));
      return null;
    }),
    bind(sharingRoutes.listSharedGrants, monitoring.listSharedGrants),
    bind(sharingRoutes.createSharedGrant, monitoring.createSharedGrant),
    bind(sharingRoutes.endSharedGrant, (context, { params }) =>
      monitoring.endSharedGrant(context, params.id),
    ),
    bind(sharingRoutes.getSharedUse, (context, { params }) => monitoring.getSharedUse(context, params.id)),
    bind(sharingRoutes.useSharedGrant, async (context, input, reply) => {
      await sendFile(reply, await monitoring.readSharedGrant(context, input));
      return null;
    }),
  ];
}

function sendFile(reply: FastifyReply, file: monitoring.ReadingExport): FastifyReply {
  return reply
    .type(file.type)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .send(Readable.from(file.content));
}
