// Programs that are not ours: Debian's mosquitto and its clients, openssl. Where one is absent its tests are skipped.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as dial, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import mqtt from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { World } from './testing.ts';

const AT = 1_790_000_000_000;
const TELEMETRY = 'v1/devices/me/telemetry';
const row = (value: number, at = AT): string => JSON.stringify({ ts: at, values: { level: value } });

const has = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args).error === undefined;
const hasClients = has('mosquitto_pub', '--help') && has('mosquitto_sub', '--help');
const hasBroker = has('mosquitto', '-h');
const hasOpenssl = has('openssl', 'version');

let world: World;
let folder: string;
beforeEach(() => {
  world = new World();
  world.device('M1', ['level']);
  folder = mkdtempSync(path.join(os.tmpdir(), 'puan-mqtt-'));
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Running {
  readonly child: ChildProcess;
  /** What it has printed. */
  said: string;
}

/** Runs a program, which ends with the test at the latest. */
function run(program: string, args: readonly string[], input = ''): Running {
  const child = spawn(program, args, { stdio: 'pipe' });
  const running: Running = { child, said: '' };
  const hear = (text: Buffer): void => void (running.said += text.toString());
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.stdin.on('error', () => undefined).end(input);
  world.onClose(() => Promise.resolve(child.kill()));
  return running;
}

async function ended(
  program: string,
  args: readonly string[],
  input?: string,
): Promise<{ code: number; said: string }> {
  const running = run(program, args, input);
  const [code] = (await once(running.child, 'close')) as [number];
  return { code, said: running.said };
}

const as = (port: number, ...who: readonly string[]): string[] => [
  '-h',
  '127.0.0.1',
  '-p',
  String(port),
  ...who,
];
const values = (): readonly number[] => world.sink.stored.map(([, , value]) => value);

test.skipIf(!hasClients)('mosquitto_pub speaks at QoS 0, 1 and 2; a bad line does not end it', async () => {
  const { port } = await world.gateway();
  const m1 = as(port, '-u', 'token-M1', '-t', TELEMETRY);
  for (const qos of [1, 2, 0]) {
    const { code } = await ended('mosquitto_pub', [...m1, '-q', String(qos), '-m', row(qos, AT + qos)]);
    expect(code).toBe(0);
  }
  await vi.waitFor(() => expect(values()).toEqual([1, 2, 0]), { timeout: 10_000 });
  const lines = ['no json', ...Array.from({ length: 50 }, (_, i) => row(100 + i, AT + 100 + i))].join('\n');
  const { code } = await ended('mosquitto_pub', [...m1, '-q', '1', '-l'], `${lines}\n`);
  expect(code).toBe(0);
  await vi.waitFor(() => expect(values()).toHaveLength(53), { timeout: 10_000 });
  expect(world.refused).toEqual(['bad-json:M1']);
});

test.skipIf(!hasClients)('mosquitto_pub without a token in force is told so', async () => {
  const { port } = await world.gateway();
  const say = ['-t', TELEMETRY, '-m', row(1)];
  // Its exit codes are those of CONNACK (MQTT 3.1.1, 3.2.2.3).
  expect(await ended('mosquitto_pub', [...as(port, '-u', 'nonsense'), ...say])).toMatchObject({ code: 4 });
  expect(await ended('mosquitto_pub', [...as(port, '-u', 'token-stranger'), ...say])).toMatchObject({
    code: 5,
  });
  expect(world.refused).toEqual(['bad-credential:?', 'not-mqtt-device:?']);
});

test.skipIf(!hasClients)('mosquitto_sub hears calls, and nothing that is not its own', async () => {
  const gateway = await world.gateway({ answerWithinMs: 100 });
  const { port } = gateway;
  const requests = 'v1/devices/me/rpc/request/+';
  const listening = run('mosquitto_sub', [...as(port, '-u', 'token-M1'), '-t', requests, '-v']);
  await vi.waitFor(
    async () => {
      await gateway.command?.('M1', { kind: 'rpc', method: 'ping', params: '[]' });
      expect(listening.said).toContain(' {"method":"ping","params":[]}');
    },
    { timeout: 10_000 },
  );
  const { said } = await ended('mosquitto_sub', [...as(port, '-u', 'token-M1'), '-t', '#', '-W', '5']);
  expect(said).toContain('All subscription requests were denied');
});

/** A key and a certificate for this machine, signed by itself. */
function selfSigned(): { readonly cert: string; readonly key: string } {
  const [cert, key] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  spawnSync('openssl', ['req', ...kind, '-keyout', key, '-out', cert, ...names]);
  return { cert, key };
}

test.skipIf(!hasOpenssl)(
  'over TLS it is the same; who does not trust the certificate does not speak',
  async () => {
    const { cert, key } = selfSigned();
    const ca = readFileSync(cert);
    const { tlsPort = 0 } = await world.gateway({ tls: { port: 0, cert: ca, key: readFileSync(key) } });
    const options = { username: 'token-M1', reconnectPeriod: 0 };
    const client = await mqtt.connectAsync(`mqtts://localhost:${tlsPort}`, { ...options, ca });
    world.onClose(() => client.endAsync(true));
    await client.publishAsync(TELEMETRY, row(7), { qos: 1 });
    expect(values()).toEqual([7]);
    await expect(mqtt.connectAsync(`mqtts://localhost:${tlsPort}`, options)).rejects.toThrow(
      'self-signed certificate',
    );
  },
);

test.skipIf(!hasOpenssl || !hasClients)('mosquitto_pub over TLS is answered', async () => {
  const { cert, key } = selfSigned();
  const { tlsPort = 0 } = await world.gateway({
    tls: { port: 0, cert: readFileSync(cert), key: readFileSync(key) },
  });
  const trusting = ['-h', 'localhost', '-p', String(tlsPort), '-u', 'token-M1', '--cafile', cert];
  const { code } = await ended('mosquitto_pub', [...trusting, '-q', '1', '-t', TELEMETRY, '-m', row(8)]);
  expect(code).toBe(0);
  expect(values()).toEqual([8]);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** A real broker of another make, which speaks MQTT 5; resolves once it listens. */
async function mosquitto(): Promise<number> {
  const port = await freePort();
  const file = path.join(folder, 'mosquitto.conf');
  writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
  run('mosquitto', ['-c', file]);
  await vi.waitFor(
    () =>
      new Promise<void>((resolve, reject) => {
        const socket = dial(port, '127.0.0.1', () => resolve(void socket.destroy())).once('error', reject);
      }),
    { timeout: 10_000 },
  );
  return port;
}

test.skipIf(!hasBroker || !hasClients)(
  'mosquitto as the broker outside, MQTT 5: each message once, sent again where it was not stored',
  async () => {
    const port = await mosquitto();
    const outside = {
      url: `mqtt://127.0.0.1:${port}`,
      topic: 'city/{device}/telemetry',
      version: 5,
    } as const;
    const gateway = await world.gateway({ outside });
    await vi.waitFor(() => expect(gateway.sessions()).toHaveLength(16), { timeout: 10_000 });
    const publish = (value: number): Promise<{ code: number }> =>
      ended('mosquitto_pub', [
        ...as(port),
        '-V',
        '5',
        '-q',
        '1',
        '-t',
        'city/M1/telemetry',
        '-m',
        row(value, AT + value),
      ]);
    // Subscribed or not yet is only seen by what arrives.
    await vi.waitFor(
      async () => {
        await publish(1);
        expect(values()).toContain(1);
      },
      { timeout: 10_000, interval: 200 },
    );
    const before = values().length;
    world.sink.failures = 1;
    for (let value = 2; value <= 20; value += 1) await publish(value);
    await vi.waitFor(
      () =>
        expect(
          values()
            .slice(before)
            .toSorted((a, b) => a - b),
        ).toEqual(Array.from({ length: 19 }, (_, i) => i + 2)),
      { timeout: 20_000 },
    );
    expect(world.refused).toEqual(['store-failed:M1']);
  },
);
