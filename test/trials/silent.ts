import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Ground, comes, memoryMiB, metric, openGround, registerLoggers } from './ground.ts';
import { Logger } from './logger.ts';
import type { Report } from './report.ts';

/** Connections that say nothing, by gateway: ten thousand. HJ 212 gets more than its door lets in. */
const SILENT = { hj212: 6000, sl651: 2000, gb26875: 1000, mqtt: 1000 } as const;
type Protocol = keyof typeof SILENT;
const PROTOCOLS = Object.keys(SILENT) as Protocol[];
/** What a door lets in unless told otherwise. */
const DOOR = 5000;
/** From one address each; more than 1000 of them would be refused for that alone. */
const PER_ADDRESS = 250;
const DIALS_AT_ONCE = 200;
const IDLE_MS = 45_000;
const GOOD = 4;
const MOST_GROWTH_MIB = 400;

interface GatewayRow {
  readonly id: number;
  readonly protocol: string;
  readonly name: string;
  readonly port: number | null;
  readonly enabled: boolean;
  readonly state: { readonly kind: string; readonly sessions?: number };
  readonly framesRefused: readonly {
    readonly reason: string;
    readonly text: string;
    readonly count: number;
  }[];
}

export async function silent(report: Report): Promise<void> {
  const ground = await openGround();
  const sockets: Socket[] = [];
  try {
    await shortenPatience(ground);
    const [newcomer, ...devices] = await registerLoggers(ground, GOOD + 1, 1);
    const good = devices.map((device) => new Logger(ground, device));
    for (const logger of good) logger.start();
    const before = await memoryMiB(ground);

    const began = performance.now();
    for (const protocol of PROTOCOLS) await dialMany(ground, protocol, sockets);
    report.figure('一万条连上用时（秒）', Math.round((performance.now() - began) / 1000));
    await lookInside(report, ground, before);

    // The oldest of the silent ones have been in for ten seconds now, and have to make way.
    await sleep(10_000);
    if (newcomer) await letIn(report, ground, new Logger(ground, newcomer));
    await waitForCut(report, ground, good.length);
    for (const logger of good) await logger.stop();
    report.fact(
      '好设备一直有应答',
      good.every(({ answered }) => answered.length > 30),
      answeredOf(good),
    );
    report.figure(
      '好设备等得最久的一次应答（毫秒）',
      Math.round(Math.max(...good.map(({ longestMs }) => longestMs))),
    );
    report.figure('沉默的断开之后的内存（MiB）', await memoryMiB(ground));
    report.fact('服务没有倒', ground.puan.crashes === 0);
  } finally {
    for (const socket of sockets) socket.destroy();
    await ground.puan.remove();
  }
}

/** The doors cut what is silent after 45 s instead of half an hour. */
async function shortenPatience(ground: Ground): Promise<void> {
  for (const { id, name, port, enabled, protocol } of await gatewaysOf(ground)) {
    if (!PROTOCOLS.includes(protocol as Protocol)) continue;
    await ground.admin.ask('PUT', `/api/v1/gateways/${id}`, {
      name,
      port,
      enabled,
      limits: { idleMs: IDLE_MS },
    });
  }
}

async function gatewaysOf(ground: Ground): Promise<readonly GatewayRow[]> {
  return (await ground.admin.ask<{ items: GatewayRow[] }>('GET', '/api/v1/gateways')).items;
}

async function dialMany(ground: Ground, protocol: Protocol, into: Socket[]): Promise<void> {
  const port = ground.puan.ports[protocol];
  for (let from = 0; from < SILENT[protocol]; from += DIALS_AT_ONCE) {
    const n = Math.min(DIALS_AT_ONCE, SILENT[protocol] - from);
    await Promise.all(
      Array.from({ length: n }, (_, i) => {
        const nth = Math.floor((from + i) / PER_ADDRESS) + 2;
        return dial(port, `127.0.${PROTOCOLS.indexOf(protocol) + 1}.${nth}`, into);
      }),
    );
  }
}

function dial(port: number, localAddress: string, into: Socket[]): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    into.push(socket);
    socket.on('error', () => undefined);
    socket.once('connect', () => resolve());
    socket.once('close', () => resolve());
  });
}

async function lookInside(report: Report, ground: Ground, before: number): Promise<void> {
  const inside = await metric(ground, 'puan_gateway_sessions', 'protocol="hj212"');
  report.fact('HJ 212 的门口只放进上限那么多', inside <= DOOR, inside);
  const refused = await metric(
    ground,
    'puan_frames_refused_total',
    'protocol="hj212",reason="too-many-connections"',
  );
  const displaced = await displacedOf(ground);
  report.fact(
    '放不进的都计了数',
    refused + displaced >= SILENT.hj212 - DOOR,
    `挡在门外 ${refused}，让位 ${displaced}`,
  );
  const after = await memoryMiB(ground);
  report.fact('内存有界', after - before < MOST_GROWTH_MIB, `${before} → ${after} MiB`);
}

const displacedOf = (ground: Ground): Promise<number> =>
  metric(ground, 'puan_frames_refused_total', 'protocol="hj212",reason="connection-displaced"');

async function letIn(report: Report, ground: Ground, logger: Logger): Promise<void> {
  const before = await displacedOf(ground);
  logger.start();
  const isServed = await comes(10_000, () => logger.answered.length > 0, 100);
  report.fact('门口占满时新来的设备也有应答', isServed, `${Math.round(logger.longestMs)} 毫秒`);
  report.fact('为它让位的沉默连接计了数', (await displacedOf(ground)) > before);
  await logger.stop();
}

async function waitForCut(report: Report, ground: Ground, good: number): Promise<void> {
  const open = async (): Promise<number> => {
    const each = await Promise.all(
      PROTOCOLS.map((one) => metric(ground, 'puan_gateway_sessions', `protocol="${one}"`)),
    );
    return each.reduce((sum, n) => sum + n, 0);
  };
  report.fact(
    '沉默的到限都断开，只剩好设备',
    await comes(2 * IDLE_MS, async () => (await open()) === good, 1000),
    await open(),
  );
  await sleep(3000);
  for (const { protocol, framesRefused } of await gatewaysOf(ground)) {
    if (!PROTOCOLS.includes(protocol as Protocol)) continue;
    const idle = framesRefused.find(({ reason }) => reason === 'connection-idle');
    report.fact(
      `网关页上看得见 ${protocol} 断了多少`,
      (idle?.count ?? 0) > 0,
      `${idle?.count ?? 0}（${idle?.text ?? '没有'}）`,
    );
  }
}

const answeredOf = (loggers: readonly Logger[]): string =>
  `${loggers.reduce((sum, { answered }) => sum + answered.length, 0)} 帧`;
