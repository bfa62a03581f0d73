import { sensorThingsRoutes } from '#contract/monitoring';
import type { RequestContext } from '#services/context';
import * as monitoring from '#services/monitoring';
import type { FastifyReply } from 'fastify';

import type { App } from './app.ts';
import { bind, type Bound } from './http/bind.ts';

/** What others take from the platform: SensorThings. */
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
    bind(sensorThingsRoutes.askSensorThings, (context, { params, query }, reply) =>
      ask(context, { path: params.entities, query }, reply),
    ),
    bind(sensorThingsRoutes.followSensorThings, (context, { params, query }, reply) =>
      ask(context, { path: `${params.entities}/${params['*']}`, query }, reply),
    ),
  ];
}
