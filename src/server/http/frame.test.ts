// Who may show which page in a frame of theirs: nobody, unless told; then 我的待办 only, with its session.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';

import type { App } from '../app.ts';
import { readConfig } from '../config.ts';
import { addPlainRoutes } from './plain-routes.ts';
import { setSessionCookie } from './session-cookie.ts';

let server: FastifyInstance;
let webFolder = '';
afterEach(async () => {
  await server.close();
  rmSync(webFolder, { recursive: true });
});

async function open(env: Readonly<Record<string, string>>): Promise<FastifyInstance> {
  webFolder = mkdtempSync(path.join(tmpdir(), 'puan-frame-'));
  writeFileSync(path.join(webFolder, 'index.html'), '<!doctype html>');
  const config = readConfig({ ...env, PUAN_DATA_DIR: webFolder }, []);
  const app = { config, ground: {}, system: {}, vault: {}, clock: { now: () => 0 } } as unknown as App;
  server = fastify();
  await addPlainRoutes(server, app, { routes: [], webFolder });
  server.post('/sign-in-here', async (_request, reply) => {
    setSessionCookie(reply, 'token', config);
    return reply.send('');
  });
  return server;
}

async function framers(url: string): Promise<string> {
  const { headers } = await server.inject({ url });
  return /frame-ancestors ([^;]+)/u.exec(String(headers['content-security-policy']))?.[1] ?? 'everybody';
}

test('nobody frames anything by default, and the session stays with its own site', async () => {
  await open({ PUAN_PUBLIC_URL: 'https://puan.example.cn' });
  for (const url of ['/', '/todo', '/orders/1', '/l']) expect(await framers(url)).toBe("'none'");
  const { headers } = await server.inject({ method: 'POST', url: '/sign-in-here' });
  expect(headers['set-cookie']).toContain('SameSite=Strict; Secure');
});

test('a system that is listed frames 我的待办 and nothing else', async () => {
  await open({
    PUAN_PUBLIC_URL: 'https://puan.example.cn',
    PUAN_FRAME_ANCESTORS: 'https://ywtg.example.cn,https://oa.example.cn',
  });
  const listed = "'self' https://ywtg.example.cn https://oa.example.cn";
  expect(await framers('/todo')).toBe(listed);
  expect(await framers('/todo/17?x=1')).toBe(listed);
  for (const url of ['/', '/todos', '/orders/1', '/platforms/people', '/l'])
    expect(await framers(url)).toBe("'none'");
  const { headers } = await server.inject({ method: 'POST', url: '/sign-in-here' });
  expect(headers['set-cookie']).toContain('HttpOnly; SameSite=None; Secure');
});

test('the page of one-time links is kept nowhere and tells nobody where it is', async () => {
  await open({});
  const { headers } = await server.inject({ url: '/l?x=1' });
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  expect((await server.inject({ url: '/todo' })).headers['referrer-policy']).toBe('same-origin');
});
