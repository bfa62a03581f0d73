import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { encodeUpload } from '#protocols/hj212';

import { SEEDS as GB26875 } from '../../src/protocols/gb26875/fuzz-seeds.ts';
import { SEEDS as HJ212 } from '../../src/protocols/hj212/fuzz-seeds.ts';
import { SEEDS as SL651 } from '../../src/protocols/sl651/fuzz-seeds.ts';
import { comes, type Ground, memoryMiB, metric, openGround, registerLoggers } from './ground.ts';
import { Logger, type RegisteredDevice } from './logger.ts';
import type { Report } from './report.ts';

/** MQTT: a CONNECT of a device that never ends it. */
const MQTT = [Buffer.from('101a00044d5154540402003c000e7075616e2d747269616c2d68616c66', 'hex')];
const SEEDS = { hj212: HJ212, sl651: SL651, gb26875: GB26875, mqtt: MQTT } as const;
type Protocol = keyof typeof SEEDS;
const PROTOCOLS = Object.keys(SEEDS) as Protocol[];

const CUT_EACH = 200;
const IN_TWO = 20;
const DRIPPERS = 50;
const DRIP_MS = 500;
const IDLE_MS = 10_000;
const NOISE_BYTES = 4 * 2 ** 20;

export async function halves(report: Report): Promise<void> {
  const ground = await openGround();
  try {
    await shortenPatience(ground);
    const [spare, ...devices] = await registerLoggers(ground, 4, 1);
    const good = devices.map((device) => new Logger(ground, device));
    for (const logger of good) logger.start();
    const before = await memoryMiB(ground);

    await cutMidFrame(ground);
    report.step(`每个网关断了 ${CUT_EACH} 条说到一半的连接`);
    if (spare) await sendInTwo(report, ground, spare);
    await drip(report, ground);
    await makeNoise(report, ground);

    for (const logger of good) await logger.stop();
    const told = good.reduce((sum, { answered }) => sum + answered.length, 0);
    report.fact(
      '好设备一直有应答',
      good.every(({ answered }) => answered.length > 10),
      `${told} 帧`,
    );
    report.figure(
      '好设备等得最久的一次应答（毫秒）',
      Math.round(Math.max(...good.map(({ longestMs }) => longestMs))),
    );
    const after = await memoryMiB(ground);
    report.fact('内存有界', after - before < 200, `${before} → ${after} MiB`);
    report.fact('服务没有倒', ground.puan.crashes === 0);
  } finally {
    await ground.puan.remove();
  }
}

async function shortenPatience({ admin }: Ground): Promise<void> {
  const { items } = await admin.ask<{
    items: { id: number; protocol: string; name: string; port: number | null; enabled: boolean }[];
  }>('GET', '/api/v1/gateways');
  for (const { id, protocol, ...rest } of items) {
    if (!PROTOCOLS.includes(protocol as Protocol)) continue;
    await admin.ask('PUT', `/api/v1/gateways/${id}`, { ...rest, limits: { idleMs: IDLE_MS } });
  }
}

/** Connections that are reset in the middle of a frame, each somewhere else in it. */
async function cutMidFrame(ground: Ground): Promise<void> {
  for (const protocol of PROTOCOLS) {
    const seeds = SEEDS[protocol];
    for (let i = 0; i < CUT_EACH; i += 1) {
      const frame = seeds[i % seeds.length] ?? Buffer.alloc(0);
      const socket = await dial(ground, protocol);
      await write(socket, frame.subarray(0, 1 + (i % Math.max(1, frame.length - 1))));
      socket.resetAndDestroy();
    }
  }
}

/** One frame in two halves half a second apart is a frame like any other. */
async function sendInTwo(report: Report, ground: Ground, device: RegisteredDevice): Promise<void> {
  let answers = 0;
  const second = Math.floor(Date.now() / 1000) * 1000 - 60_000;
  await Promise.all(
    Array.from({ length: IN_TWO }, async (_, i) => {
      const socket = await dial(ground, 'hj212');
      socket.on('data', (text) => (answers += String(text).includes('CN=9014') ? 1 : 0));
      const frame = encodeUpload({
        mn: device.code,
        st: '32',
        cn: '2011',
        pw: '123456',
        observedAt: second + i * 1000,
        sentAt: second + i * 1000,
        groups: [
          [
            ['w01000-Rtd', '1.5'],
            ['w01000-Flag', 'N'],
          ],
        ],
      });
      const middle = Math.floor((frame.length * (i + 1)) / (IN_TWO + 1));
      await write(socket, frame.subarray(0, middle));
      await sleep(500);
      await write(socket, frame.subarray(middle));
      await comes(5000, () => answers >= IN_TWO, 50);
      socket.destroy();
    }),
  );
  report.fact('分两半来的帧照收照答', answers === IN_TWO, `${answers} / ${IN_TWO}`);
}

/** A byte every half second, for ever: never idle, and never a frame. */
async function drip(report: Report, ground: Ground): Promise<void> {
  for (const protocol of PROTOCOLS) {
    const sockets = await Promise.all(Array.from({ length: DRIPPERS }, () => dial(ground, protocol)));
    const frame = SEEDS[protocol][0] ?? Buffer.alloc(0);
    let n = 0;
    const timer = setInterval(() => {
      for (const socket of sockets)
        if (socket.writable) socket.write(frame.subarray(n % frame.length, (n % frame.length) + 1));
      // Never the last byte: a frame would end there.
      n = (n + 1) % (frame.length - 1);
    }, DRIP_MS);
    const areCut = await comes(4 * IDLE_MS, () => sockets.every(({ destroyed }) => destroyed));
    clearInterval(timer);
    const left = sockets.filter(({ destroyed }) => !destroyed).length;
    report.fact(
      `${protocol}：一个字节一个字节拖的到限都断开`,
      areCut,
      areCut ? `${DRIPPERS} 条` : `还剩 ${left} 条`,
    );
    for (const socket of sockets) socket.destroy();
  }
}

async function makeNoise(report: Report, ground: Ground): Promise<void> {
  for (const protocol of PROTOCOLS) {
    const socket = await dial(ground, protocol);
    const noise = Buffer.alloc(64 * 1024, 0xaa);
    for (let sent = 0; sent < NOISE_BYTES && !socket.destroyed; sent += noise.length)
      await write(socket, noise);
    const isCut = await comes(10_000, () => socket.destroyed, 100);
    report.fact(`${protocol}：没完没了的杂音断开`, isCut);
    socket.destroy();
  }
  await sleep(500);
  const counted = await Promise.all(
    ['connection-idle', 'connection-noise'].map((reason) =>
      metric(ground, 'puan_frames_refused_total', `protocol="hj212",reason="${reason}"`),
    ),
  );
  report.fact(
    '都计了数',
    counted.every((n) => n > 0),
    `闲置 ${counted[0]}，杂音 ${counted[1]}（HJ 212）`,
  );
}

async function dial({ puan }: Ground, protocol: Protocol): Promise<Socket> {
  const socket = connect({ port: puan.ports[protocol], host: '127.0.0.1' });
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    socket.once('connect', () => resolve());
    socket.once('close', () => resolve());
  });
  return socket;
}

function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (!socket.writable) resolve();
    else socket.write(bytes, () => resolve());
  });
}
