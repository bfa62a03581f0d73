import { Readable } from 'node:stream';

import { exportRoutes, sensorThingsRoutes } from '#contract/monitoring';
import type { RequestContext } from '#services/context';
import * as monitoring from '#services/monitoring';
import type { FastifyReply } from 'fastify';

import type { App } from './app.ts';
import { bind, type Bound } from './http/bind.ts';

/** What others take from the platform: SensorThings, files. */
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

function sendFile(reply: FastifyReply, file: monitoring.ReadingExport): FastifyReply {
  return reply
    .type(file.type)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .send(Readable.from(file.content));
}
