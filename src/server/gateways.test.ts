import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import type { GatewayView } from '#contract/monitoring';

import { PASSWORD, PuanProcess } from '../../test/puan-process.ts';

const puan = new PuanProcess();
const sockets: Socket[] = [];
beforeAll(() => puan.start());
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await puan.remove();
});

const tokens = new Map<string, string>();
async function tokenOf(username: string): Promise<string> {
  const known = tokens.get(username);
  if (known !== undefined) return known;
  const answer = await fetch(`${puan.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: PASSWORD }),
  });
  const { token } = (await answer.json()) as { token: string };
  tokens.set(username, token);
  return token;
}

async function ask<T>(username: string, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${puan.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await tokenOf(username)}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as T;
}

const gateways = async (username = 'tech.admin'): Promise<readonly GatewayView[]> =>
  (await ask<{ items: GatewayView[] }>(username, 'GET', '/gateways')).items;

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const change = (gateway: GatewayView, to: object): Promise<GatewayView> => {
  const { name, port, enabled, limits } = gateway;
  return ask('tech.admin', 'PUT', `/gateways/${gateway.id}`, { name, port, enabled, limits, ...to });
};

test('every protocol that listens has its gateway on the port of the settings, with the district', async () => {
  const hj212 = (await gateways()).find((one) => one.protocol === 'hj212');
  expect(hj212).toMatchObject({
    port: null,
    enabled: true,
    state: { kind: 'listening', port: puan.ports.hj212, sessions: 0 },
    allowedActions: ['change'],
  });
});

test('a platform gets a gateway of its own; who is on it is seen and can be cut off; it is switched off, on, and taken away', async () => {
  const port = await freePort();
  const opened = await ask<GatewayView>('tech.admin', 'POST', '/gateways', {
    platform: 'WATER',
    protocol: 'hj212',
    name: '排水在线专线',
    port,
  });
  expect(opened).toMatchObject({ name: '排水在线专线', state: { kind: 'listening', port, sessions: 0 } });

  const device = await dial(port);
  // Reset by the other side: an error comes first.
  const closed = new Promise((resolve) => device.once('close', resolve));
  const sessions = await vi.waitFor(async () => {
    const { items } = await ask<{ items: { id: number; address: string }[] }>(
      'tech.admin',
      'GET',
      `/gateways/${opened.id}/sessions`,
    );
    expect(items).toHaveLength(1);
    return items;
  }, 5000);
  expect(sessions[0]?.address).toContain('127.0.0.1');
  expect(await ask('tech.admin', 'DELETE', `/gateways/${opened.id}/sessions/${sessions[0]?.id}`)).toEqual({
    cut: true,
  });
  await closed;

  const off = await change(opened, { enabled: false });
  expect(off.state).toEqual({ kind: 'off' });
  await expect(dial(port)).rejects.toThrow(/ECONNREFUSED/u);
  expect((await change(off, { enabled: true })).state).toMatchObject({ kind: 'listening', port });

  expect(await ask('tech.admin', 'DELETE', `/gateways/${opened.id}`)).toEqual({ removed: true });
  await expect(dial(port)).rejects.toThrow(/ECONNREFUSED/u);
  expect((await gateways()).map((one) => one.id)).not.toContain(opened.id);
});

test('a port that a stranger has is told, and taken once it is free; one of our own is refused', async () => {
  const stranger = createServer();
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const { port } = stranger.address() as { port: number };
  const body = { platform: 'GAS', protocol: 'hj212', name: '燃气专线', port };
  const opened = await ask<GatewayView>('tech.admin', 'POST', '/gateways', body);
  expect(opened.state).toEqual({ kind: 'failed', reason: `端口 ${port} 被本机别的程序占用，会自动再试` });
  expect(await ask('tech.admin', 'POST', '/gateways', body)).toMatchObject({ code: 'gateway.port-taken' });

  await new Promise((resolve) => stranger.close(resolve));
  expect((await change(opened, { name: '燃气专线一' })).state).toMatchObject({ kind: 'listening', port });
  await ask('tech.admin', 'DELETE', `/gateways/${opened.id}`);
});

test('the gateway of the settings can be switched off, not moved or taken away', async () => {
  const hj212 = (await gateways()).find((one) => one.protocol === 'hj212');
  if (!hj212) throw new Error('no gateway');
  expect(await change(hj212, { port: await freePort() })).toMatchObject({ code: 'gateway.by-settings' });
  expect(await ask('tech.admin', 'DELETE', `/gateways/${hj212.id}`)).toMatchObject({
    code: 'gateway.by-settings',
  });
  expect((await change(hj212, { enabled: false })).state).toEqual({ kind: 'off' });
  await expect(dial(puan.ports.hj212)).rejects.toThrow(/ECONNREFUSED/u);
  expect((await change(hj212, { enabled: true })).state).toMatchObject({ kind: 'listening' });
});

test('whoever only reads sees the gateways and may change none', async () => {
  const [seen] = await gateways('tech.lead');
  expect(seen?.allowedActions).toEqual([]);
  expect(await ask('tech.lead', 'DELETE', `/gateways/${seen?.id}`)).toMatchObject({ code: 'access.denied' });
});
