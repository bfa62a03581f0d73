// A gateway on a real socket, and devices that speak to it; only the storage is the test's own.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import type { KnownDevice } from '#model/monitoring';
import { encodeFrame, type Item } from '#protocols/hj212';
import type { LineGateway, LineLimits } from '#gateways/line';
import { World } from '../testing.ts';
import { startHj212Gateway } from './gateway.ts';

export const MN = '010000A8900016F000169DC0';

export const cleanup: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of cleanup.splice(0).toReversed()) await close();
});

export const FACTORS = new Map([
  ['a34004', { point: 1, scale: 1000, offset: 0 }],
  ['a01001', { point: 2, scale: 1, offset: 0.5 }],
  ['w00000-Cou', { point: 3, scale: 1, offset: 0 }],
]);

export async function open(
  limits: Partial<LineLimits> = {},
  settings: KnownDevice['settings'] = {},
): Promise<{ world: World; gateway: LineGateway; device: Device }> {
  const world = new World();
  world.devices.set(MN, { id: 1, code: MN, settings, factors: FACTORS, session: 0 });
  const gateway = await startHj212Gateway({ ...world.options, limits });
  cleanup.push(() => gateway.close());
  return { world, gateway, device: await Device.dial(gateway.port) };
}

/** 一台在真实套接字上说话的设备。 */
export class Device {
  readonly socket: Socket;
  heard = '';
  closed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1').on('data', (text) => (this.heard += text));
    socket.on('close', () => (this.closed = true)).on('error', () => undefined);
    cleanup.push(() => void socket.destroy());
  }
  static async dial(port: number): Promise<Device> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    return new Device(socket);
  }
  get answers(): string[] {
    return [...this.heard.matchAll(/QN=(\d+);ST=91;CN=(\d+)/g)].map((match) => `${match[2]}:${match[1]}`);
  }
}

interface Said {
  readonly qn: string;
  readonly cn?: string;
  readonly flag?: string;
  readonly pw?: string;
  readonly mn?: string;
  readonly area?: readonly (readonly Item[])[];
}

export const TIME: Item = ['DataTime', '20240101080000'];
export const AT = Date.UTC(2024, 0, 1);
export const PM: readonly Item[] = [
  ['a34004-Rtd', '0.035'],
  ['a34004-Flag', 'N'],
];

export function packet(said: Said, style: Parameters<typeof encodeFrame>[1] = {}): Uint8Array {
  const { qn, cn = '2011', flag = '5', pw = '123456', mn = MN, area = [[TIME], PM] } = said;
  const fields: Item[] = [
    ['QN', qn],
    ['ST', '39'],
    ['CN', cn],
    ['PW', pw],
    ['MN', mn],
    ['Flag', flag],
  ];
  return encodeFrame({ fields, groups: area, trailingSemicolon: false, coding: 'utf-8' }, style);
}

export const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 40));

export { gate, PATIENCE } from '../testing.ts';
