import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { FactorBinding, Gateway, KnownDevice } from '#model/monitoring';
import { COMMAND, encodeMessage, type Frame, Framer, timeTag, UNIT, unitOf } from '#protocols/gb26875';
import { World as GatewayWorld } from '../testing.ts';
import { startGb26875Gateway } from './gateway.ts';
import type { Gb26875GatewayOptions } from './options.ts';

/** 三号楼的用户信息传输装置，与监控中心的地址。 */
export const CODE = '711101000000';
export const CENTRE = '385B01000000';
/** 2026-08-29 09:00:00（北京）。 */
export const AT = Date.UTC(2026, 7, 29, 1);

export class World extends GatewayWorld {
  now = AT + 1500;

  /** 因子键 → 点号；写成 `[点号, 倍率]` 的带倍率。 */
  register(
    factors: Readonly<Record<string, number | readonly [number, number]>>,
    more: Partial<KnownDevice> = {},
  ): void {
    const bindings = Object.entries(factors).map(([key, to]): [string, FactorBinding] => {
      const [point, scale] = typeof to === 'number' ? [to, 1] : to;
      return [key, { point, scale, offset: 0 }];
    });
    this.devices.set(CODE, {
      id: 1,
      code: CODE,
      settings: {},
      session: 0,
      ...more,
      factors: new Map(bindings),
    });
  }

  /** 存下的各行：点号、值、离 {@link AT} 几毫秒，按存的次序。 */
  get rows(): string[] {
    return this.sink.stored.map(({ point, value, observedAt, quality }) => {
      const mark = quality === 0 ? '' : ` q${quality}`;
      return `${point}=${value} @${observedAt - AT}${mark}`;
    });
  }
}

export async function open(
  options: Partial<Gb26875GatewayOptions> = {},
): Promise<{ readonly world: World; readonly gateway: Gateway }> {
  const world = new World();
  const gateway = await startGb26875Gateway({ ...world.options, now: () => world.now, ...options });
  onTestFinished(() => gateway.close());
  return { world, gateway };
}

/** 一台在真实套接字上说话的装置；听到的帧都留着。 */
export interface Caller {
  readonly heard: Frame[];
  /** 听到的命令与流水号，如 `3:7`。 */
  readonly answers: readonly string[];
  say(bytes: Uint8Array): void;
}

class Ear {
  readonly heard: Frame[] = [];
  readonly #framer = new Framer();

  get answers(): readonly string[] {
    return this.heard.map(({ command, serial }) => `${command}:${serial}`);
  }

  protected listen(bytes: Uint8Array): void {
    for (const event of this.#framer.push(bytes)) if (event.kind === 'frame') this.heard.push(event.frame);
  }
}

export class TcpCaller extends Ear implements Caller {
  readonly socket: Socket;
  closed = false;

  private constructor(socket: Socket) {
    super();
    this.socket = socket;
    socket.on('data', (bytes: Buffer) => this.listen(bytes));
    socket.on('close', () => (this.closed = true)).on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
  }

  static async dial(port: number): Promise<TcpCaller> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    return new TcpCaller(socket);
  }

  say(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }
}

export class UdpCaller extends Ear implements Caller {
  readonly #socket: UdpSocket;
  readonly #port: number;

  private constructor(socket: UdpSocket, port: number) {
    super();
    this.#socket = socket;
    this.#port = port;
    socket.on('message', (bytes) => this.listen(bytes));
    onTestFinished(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  }

  static async dial(port: number): Promise<UdpCaller> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new UdpCaller(socket, port);
  }

  say(bytes: Uint8Array): void {
    this.#socket.send(bytes, this.#port, '127.0.0.1');
  }
}

export function message(serial: number, unit: Uint8Array, command: number = COMMAND.send): Uint8Array {
  return encodeMessage({ serial, source: CODE, target: CENTRE, at: AT }, command, unit);
}

const NO_TIME = new Uint8Array(6);
export const tag = (at: number | null): Uint8Array => (at === null ? NO_TIME : timeTag(at));

/** 一号系统里一个部件的状态；`type` 默认是点型光电感烟探测器。 */
export function component(
  address: number,
  state: number,
  { at = AT, type = 42, system = 1 }: { at?: number | null; type?: number; system?: number } = {},
): Uint8Array {
  const description = new Uint8Array(31);
  return unitOf(UNIT.componentState, [
    {
      systemType: 1,
      systemAddress: system,
      componentType: type,
      componentAddress: address,
      state,
      description,
      time: tag(at),
    },
  ]);
}

export const systemState = (state: number, at: number | null = AT, system = 1): Uint8Array =>
  unitOf(UNIT.systemState, [{ systemType: 1, systemAddress: system, state, time: tag(at) }]);

export const heartbeat = (gatewayState: number, at: number | null = AT): Uint8Array =>
  unitOf(UNIT.gatewayState, [{ gatewayState, time: tag(at) }]);

export const operation = (bits: number, at: number | null = AT): Uint8Array =>
  unitOf(UNIT.operation, [{ systemType: 1, systemAddress: 1, operation: bits, operator: 3, time: tag(at) }]);

/** 状态位。 */
export const FIRE = 2;
export const FAULT = 4;
export const NORMAL = 1;

export { gate } from '../testing.ts';
