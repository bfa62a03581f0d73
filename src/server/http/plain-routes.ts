import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

import type { App } from '../app.ts';
import { metrics } from '../metrics.ts';
import { WatchdogDesk } from '../watchdog-desk.ts';
import type { Bound } from './bind.ts';
import { openApi } from './openapi.ts';

const FRAMED_BY_NOBODY = "frame-ancestors 'none'";
/** 我的待办: what villages and towns work with. */
const FRAMEABLE = /^\/todo(?:\/|$)/u;
const POLICY =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const HAND_PAGE = '/l';

/** Routes outside the contract's tables: health, metrics, the document itself, the event stream and the web client. */
export async function addPlainRoutes(
  server: FastifyInstance,
  app: App,
  site: { readonly routes: readonly Bound[]; readonly webFolder: string },
): Promise<void> {
  const document = JSON.stringify(openApi(site.routes.map((bound) => bound.route)));
  const ancestors = app.config.frameAncestors;
  server.addHook('onSend', async (request, reply) => {
    // 一次性链接: where the page is goes nowhere, and it stays nowhere.
    const path = request.url.split('?')[0] ?? '';
    const isHand = path === HAND_PAGE;
    if (isHand) reply.header('cache-control', 'no-store');
    if (ancestors.length > 0 && FRAMEABLE.test(path))
      reply.header(
        'content-security-policy',
        POLICY.replace(FRAMED_BY_NOBODY, `frame-ancestors 'self' ${ancestors.join(' ')}`),
      );
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', isHand ? 'no-referrer' : 'same-origin');
  });
  server.get('/healthz', async (_request, reply) => reply.type('text/plain').send('ok\n'));
  server.get('/readyz', async (_request, reply) => {
    const ready = await app.ready();
    return reply
      .status(ready ? 200 : 503)
      .type('text/plain')
      .send(ready ? 'ready\n' : 'not ready\n');
  });
  const watchdogs = new WatchdogDesk(app);
  server.post('/watchz', async (request, reply) => {
    if (!watchdogs.admits(request.headers.authorization)) return reply.status(401).send({ told: false });
    const told = await watchdogs.hear(request.body, request.ip);
    return told === undefined ? reply.status(400).send({ told: false }) : reply.send(told);
  });
  server.get('/metrics', async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics(app)),
  );
  server.get('/api/openapi.json', async (_request, reply) => reply.type('application/json').send(document));
  server.get('/api/v1/events', (request, reply) => app.streams.open(request, reply));

  await server.register(fastifyStatic, {
    root: site.webFolder,
    wildcard: false,
    preCompressed: true,
    setHeaders: (reply, file) => {
      reply.header('content-security-policy', POLICY);
      // Names of built files carry their hash; the page itself must be asked for each time.
      const hashed = file.includes('/assets/');
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  // Addresses of pages are the client's: any path that is no file and no API gives the page.
  server.get('/*', async (request, reply) => {
    // A part of the page that is no longer built must not be answered with the page itself.
    if (request.url.startsWith('/api/') || request.url.startsWith('/assets/')) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
}
