import { AppError } from '#base';
import type { Route } from '#contract/http';
import { RequestContext } from '#services/context';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { App } from '../app.ts';
import { actorOf } from './actor.ts';
import { refuseCrossSite } from './cross-site.ts';
import type { Bound } from './bind.ts';
import { check } from './check.ts';
import { answerClientError } from './client-error.ts';
import { problemOf, tooLarge } from './problem-reply.ts';
import { readJson } from './read-json.ts';

const BODY_LIMIT = 1024 * 1024;
/**
 * Read beyond a limit before the refusal: a sender that is cut off while writing never sees why. Bodies longer still
 * are cut off.
 */
const READ_BEYOND = 16 * 1024 * 1024;

/** The HTTP face without its plugins: every bound route, checked by its schemas, errors as problem documents. */
export function createHttpServer(app: App, routes: readonly Bound[]): FastifyInstance {
  const { config } = app;
  const server = fastify({
    bodyLimit: BODY_LIMIT + READ_BEYOND,
    trustProxy: config.trustedProxy ?? false,
    // An address that cannot be decoded is refused before there is a route.
    frameworkErrors: (error, request, reply) => void sendProblem(app, error, request, reply),
    clientErrorHandler: (error, socket) => answerClientError(app, error, socket),
    routerOptions: { ignoreTrailingSlash: true },
    ...(config.tls ? { https: app.readTls() } : {}),
  });
  // Bodies stay bytes; each route reads its own, so that a wrong type is refused before anything is parsed.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error, request, reply) => sendProblem(app, error, request, reply));
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const error = new AppError('route.not-found', { method: request.method, path });
    return sendProblem(app, error, request, reply);
  });
  server.addHook('onRequest', async (request) => refuseCrossSite(request, config.publicUrl));
  for (const bound of routes) add(app, server, bound);
  return server;
}

function add(app: App, server: FastifyInstance, { route, run }: Bound): void {
  const limit = route.rawBody?.limitBytes ?? BODY_LIMIT;
  server.route({
    method: route.method,
    url: route.path,
    config: { faults: route.faults },
    bodyLimit: limit + READ_BEYOND,
    handler: async (request, reply) => {
      const context = new RequestContext(app.ground, await actorOf(app, request, route));
      const contentType = checkType(request, route.rawBody?.types);
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (raw.length > limit) throw tooLarge(limit);
      const body = route.rawBody || route.body instanceof z.ZodUndefined ? undefined : readJson(raw);
      const input = {
        params: check(route.params, request.params),
        query: check(route.query, request.query),
        body: check(route.body, body),
        raw,
        contentType,
      };
      const result = await run(context, input, reply);
      if (reply.sent) return reply;
      if (route.status) reply.status(route.status);
      return route.status === 204
        ? reply.send()
        : reply.type('application/json; charset=utf-8').send(JSON.stringify(result));
    },
  });
}

function checkType(request: FastifyRequest, types: readonly string[] | undefined): string {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const wanted = types ?? ['application/json'];
  const hasBody = Buffer.isBuffer(request.body) && request.body.length > 0;
  if (hasBody && !wanted.includes(type)) {
    throw new AppError('input.unsupported-media-type', { type, expected: wanted.join('、') });
  }
  return type;
}

function sendProblem(app: App, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { problem, bug } = problemOf(
    error,
    (request.routeOptions?.bodyLimit ?? BODY_LIMIT + READ_BEYOND) - READ_BEYOND,
  );
  if (bug) app.log.error(`${request.method} ${request.url.split('?')[0]} ${problem.detail}`, error);
  app.refused(problem.code);
  reply.status(problem.status);
  if ((request.routeOptions?.config as { faults?: Route['faults'] } | undefined)?.faults === 'odata') {
    // OData JSON Format 4.0 §19, which SensorThings follows.
    const error = { code: problem.code, message: problem.detail };
    return reply.type('application/json; charset=utf-8').send(JSON.stringify({ error }));
  }
  return reply
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify({ ...problem, instance: request.url.split('?')[0] }));
}
