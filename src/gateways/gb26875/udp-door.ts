import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

import {
  commitDelivery,
  type Delivery,
  type LineLimits,
  type LineOptions,
  type OpenReader,
  type Peer,
} from '#gateways/line';
import type { GatewaySession } from '#model/monitoring';

import { PROTOCOL } from './options.ts';
import type { GatewayRefusal } from './text.ts';

type UdpContext = Pick<LineOptions, 'host' | 'sink' | 'counters' | 'log'> & {
  readonly protocol: typeof PROTOCOL;
  readonly limits: LineLimits;
};

/** TCP 的会话号从 1 数起；UDP 的另起，免得一个网关里重了。 */
const SESSIONS_FROM = 1_000_000_000;
/** 还没存完的数据报最多这么多；再来的丢弃，装置会重发。 */
const MOST_UNDER_WAY = 1024;

interface Heard {
  readonly id: number;
  readonly since: number;
  readonly devices: Set<string>;
  frames: number;
  lastFrameAt: number;
}

/** UDP 一侧：每个数据报自成一体（数据包不跨数据报），读法与 TCP 相同；提交之后才回音。 */
export class UdpDoor {
  readonly #socket: Socket;
  readonly #context: UdpContext;
  readonly #open: OpenReader;
  /** 说过好帧的对端，最近说话的在最后。 */
  readonly #peers = new Map<string, Heard>();
  readonly #underWay = new Set<Promise<void>>();
  #last = SESSIONS_FROM;

  private constructor(socket: Socket, context: UdpContext, open: OpenReader) {
    this.#socket = socket;
    this.#context = context;
    this.#open = open;
    socket.on('message', (bytes, from) => this.#hear(bytes, from));
    socket.on('error', (error) => context.log(`${PROTOCOL}.udp-error`, { error }));
  }

  /** 端口被占用等监听失败时拒绝。 */
  static async listen(context: UdpContext, port: number, open: OpenReader): Promise<UdpDoor> {
    const socket = createSocket(isIPv6(context.host) ? 'udp6' : 'udp4');
    socket.bind(port, context.host);
    try {
      await once(socket, 'listening');
    } catch (error) {
      socket.close();
      throw error;
    }
    return new UdpDoor(socket, context, open);
  }

  sessions(): readonly GatewaySession[] {
    const oldest = Date.now() - this.#context.limits.idleMs;
    for (const [name, { lastFrameAt }] of this.#peers) if (lastFrameAt < oldest) this.#peers.delete(name);
    return [...this.#peers].map(([address, { id, since, frames, lastFrameAt, devices }]) => ({
      id,
      address: `udp ${address}`,
      since,
      frames,
      lastFrameAt,
      devices: [...devices],
    }));
  }

  /** UDP 没有连接可断：忘掉这个对端；它再说话又会记起。 */
  cut(session: number): boolean {
    for (const [name, { id }] of this.#peers) if (id === session) return this.#peers.delete(name);
    return false;
  }

  /** 不再收，等在途的提交答完（不超过 `closeMs`）。 */
  async close(): Promise<void> {
    this.#socket.removeAllListeners('message');
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#context.limits.closeMs);
    });
    await Promise.race([Promise.all(this.#underWay), limit]);
    clearTimeout(timer);
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }

  #hear(bytes: Uint8Array, from: RemoteInfo): void {
    const { counters } = this.#context;
    if (this.#underWay.size >= MOST_UNDER_WAY) {
      counters.framesRefused(PROTOCOL, 'udp-overrun' satisfies GatewayRefusal, undefined, 1);
      return;
    }
    const reader = this.#open(this.#peerAt(from));
    for (const { frames, delivery } of [reader.read(bytes), reader.end()]) {
      this.#remember(`${from.address}:${from.port}`, frames, delivery);
      this.#track(this.#deliver(from, delivery));
    }
  }

  #peerAt(to: RemoteInfo): Peer {
    return {
      address: to.address,
      send: (bytes) => {
        this.#track(this.#send(to, bytes));
        return true;
      },
    };
  }

  #send({ address, port }: RemoteInfo, bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.send(bytes, port, address, (error) => {
        if (error !== null) this.#context.log(`${PROTOCOL}.udp-not-sent`, { address, error });
        resolve();
      });
    });
  }

  #track(work: Promise<void>): void {
    const tracked: Promise<void> = work.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }

  /** 只记登记过的装置；满了忘掉最久没说话的。 */
  #remember(name: string, frames: number, { replies }: Delivery): void {
    if (replies.length === 0) return;
    const known = this.#peers.get(name);
    this.#peers.delete(name);
    const [oldest] = this.#peers.size >= this.#context.limits.connections ? this.#peers.keys() : [];
    if (oldest !== undefined) this.#peers.delete(oldest);
    const now = Date.now();
    const heard = known ?? {
      id: (this.#last += 1),
      since: now,
      devices: new Set(),
      frames: 0,
      lastFrameAt: now,
    };
    heard.frames += frames;
    heard.lastFrameAt = now;
    for (const { device } of replies) heard.devices.add(device.code);
    this.#peers.set(name, heard);
  }

  async #deliver(to: RemoteInfo, delivery: Delivery): Promise<void> {
    if (delivery.replies.length === 0 && delivery.batches.size === 0) return;
    try {
      const answers = await commitDelivery(this.#context, delivery);
      await Promise.all(answers.map((answer) => this.#send(to, answer)));
    } catch (error) {
      this.#context.log(`${PROTOCOL}.delivery-failed`, { address: to.address, error });
    }
  }
}
