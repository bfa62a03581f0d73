import { AppError } from '#base';
import type { Actor } from '#services/context';
import { RequestContext } from '#services/context';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { App } from '../app.ts';
import type { Bound } from './bind.ts';
import { problemOf } from './problem-reply.ts';

const BODY_LIMIT = 1024 * 1024;

export const SESSION_COOKIE = 'puan_session';

/** The HTTP face without its plugins: every bound route, checked by its schemas, errors as problem documents. */
export function createHttpServer(app: App, routes: readonly Bound[]): FastifyInstance {
  const { config } = app;
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustedProxy ?? false,
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
  for (const bound of routes) add(app, server, bound);
  return server;
}

function add(app: App, server: FastifyInstance, { route, run }: Bound): void {
  server.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.rawBody?.limitBytes ?? BODY_LIMIT,
    handler: async (request, reply) => {
      const context = new RequestContext(app.ground, await actorOf(app, request, route.access));
      const contentType = checkType(request, route.rawBody?.types);
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const body = route.rawBody ? undefined : readJson(raw, route.body);
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

const NOBODY: Actor = {
  accountId: 0,
  username: '',
  name: '',
  roles: [],
  capabilities: new Set(),
  scope: { places: [], scenarios: [] },
  address: '',
};

/** Who asks. Throws `session.required` or `session.expired` where a session is needed; capabilities are the use case's. */
export async function actorOf(
  app: App,
  request: FastifyRequest,
  access: Bound['route']['access'],
): Promise<Actor> {
  const address = request.ip;
  if (access === 'public') return { ...NOBODY, address };
  const token = tokenOf(request);
  if (token === undefined) throw new AppError('session.required');
  const actor = await app.findActor(token, address);
  if (!actor) throw new AppError('session.expired');
  if (access !== 'session' && !actor.capabilities.has(access))
    throw new AppError('access.denied', { capability: access });
  return actor;
}

/** The session's or a script's token: cookie, or `Authorization: Bearer`. */
export function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer (\S{1,300})$/iu.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim().split('='));
  return cookies.find(([name]) => name === SESSION_COOKIE)?.[1];
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

function readJson(raw: Buffer, schema: z.ZodType): unknown {
  if (schema instanceof z.ZodUndefined) return undefined;
  try {
    return JSON.parse(raw.toString('utf8')) as unknown;
  } catch (error) {
    throw new AppError('input.malformed-json', { reason: error instanceof Error ? error.message : '' });
  }
}

/** The value as the schema reads it. Throws `input.invalid` naming every field that is wrong. */
function check(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .map((issue) => `${issue.path.join('.') || '正文'} ${issue.message}`)
    .join('；');
  throw new AppError('input.invalid', { issues });
}

function sendProblem(app: App, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { problem, bug } = problemOf(error);
  if (bug) app.log.error(`${request.method} ${request.url.split('?')[0]} ${problem.detail}`, error);
  app.refused(problem.code);
  return reply
    .status(problem.status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify({ ...problem, instance: request.url.split('?')[0] }));
}
