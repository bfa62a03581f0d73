// 一个在真实套接字上的网关与对它说话的遥测站；只有存储是测试自己的。
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { DeviceSettings, KnownDevice } from '#model/monitoring';
import { encodeFrame, type Frame, Framer, hexBytes, timesBody } from '#protocols/sl651';
import { World } from '../testing.ts';
import { startSl651Gateway, type Sl651Gateway } from './gateway.ts';
import type { Sl651GatewayOptions } from './options.ts';

export const STATION = '0012345678';
export const NOON = Date.UTC(2026, 6, 1, 4);

const FACTORS = new Map([
  ['20', { point: 1, scale: 1, offset: 0 }],
  ['39', { point: 2, scale: 1, offset: 0.5 }],
  ['F4', { point: 3, scale: 1, offset: 0 }],
  ['45.1', { point: 4, scale: 1, offset: 0 }],
]);

export function known(code: string, more: Partial<KnownDevice> = {}): KnownDevice {
  return { id: 1, code, settings: {}, factors: FACTORS, session: 0, ...more };
}

interface Opened {
  readonly world: World;
  readonly gateway: Sl651Gateway;
  readonly station: StationEnd;
}

export async function open(
  options: Partial<Sl651GatewayOptions> = {},
  settings: DeviceSettings = {},
): Promise<Opened> {
  const world = new World();
  world.devices.set(STATION, known(STATION, { settings }));
  const gateway = await startSl651Gateway({ ...world.options, notes: world.notes, ...options });
  onTestFinished(() => gateway.close());
  return { world, gateway, station: await StationEnd.dial(gateway.port) };
}

/** 存下的各行：`点号=值@正午之后几分钟`，按存的次序。 */
export const storedIn = ({ sink }: World): string[] =>
  sink.stored.map(({ point, value, observedAt }) => `${point}=${value}@${(observedAt - NOON) / 60_000}`);

/** 一个遥测站那头的真实套接字。 */
export class StationEnd {
  readonly socket: Socket;
  readonly heard: Frame[] = [];
  closed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    const framer = new Framer('centre');
    socket.on('data', (chunk: Buffer) => {
      for (const event of framer.push(chunk)) if (event.kind === 'frame') this.heard.push(event.frame);
    });
    socket.on('close', () => (this.closed = true)).on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
  }

  static async dial(port: number): Promise<StationEnd> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    return new StationEnd(socket);
  }

  say(...frames: readonly Uint8Array[]): void {
    this.socket.write(Buffer.concat(frames));
  }

  /** `功能码 结束符 流水号[/包序列号]`。 */
  get answers(): string[] {
    return this.heard.map(({ code, end, body, packet }) => {
      const serial = ((body[0] ?? 0) << 8) | (body[1] ?? 0);
      const number = packet === undefined ? '' : `/${packet.number}`;
      return `${code.toString(16)} ${end} ${serial}${number}`;
    });
  }
}

/** 正午的雨量与水位：20 = 13.0，39 = 10.490。 */
export const RAIN_AND_LEVEL = '2019000130392300010490';
export const WATCHED = `F1F1${STATION}48F0F02607011200`;

export function report(serial: number, rest: string, more: Partial<Frame> = {}): Uint8Array {
  const body = Uint8Array.of(...timesBody(serial, NOON), ...(hexBytes(rest) ?? []));
  const head = { direction: 'up', centre: 1, station: STATION, password: '1234', code: 0x32 } as const;
  return encodeFrame({ ...head, packet: undefined, body, end: 'ETX', ...more });
}

export const timed = (serial: number, more: Partial<Frame> = {}): Uint8Array =>
  report(serial, WATCHED + RAIN_AND_LEVEL, more);
