import type { Socket } from 'node:net';

import type { GatewaySession } from '#model/monitoring';

import { Connection } from './connection.ts';
import type { LineContext } from './options.ts';
import type { OpenReader } from './reader.ts';
import type { LineRefusal } from './text.ts';

/**
 * 门口：数人头，总数或同一地址的数目超限就不放进来。满员时先请走进门已久、却没有一个完整的帧的（最老的一条）：
 * 只连不说的人占不满门口，设备总进得来。
 */
export class Door {
  readonly #context: LineContext;
  readonly #open: OpenReader;
  /** 按来的先后；会话号只增不减。 */
  readonly #connections = new Map<number, Connection>();
  readonly #perAddress = new Map<string, number>();
  #last = 0;

  constructor(context: LineContext, open: OpenReader) {
    this.#context = context;
    this.#open = open;
  }

  admit(socket: Socket): void {
    const { log, protocol, counters } = this.#context;
    const address = socket.remoteAddress ?? '';
    if (!this.#hasRoomFor(address)) {
      log(`${protocol}.connection-refused`, {
        address,
        connections: this.#connections.size,
        same: this.#sameAs(address),
      });
      counters.framesRefused(protocol, 'too-many-connections' satisfies LineRefusal, undefined, 1);
      socket.resetAndDestroy();
      return;
    }
    this.#perAddress.set(address, this.#sameAs(address) + 1);
    this.#last += 1;
    const id = this.#last;
    this.#connections.set(id, new Connection(id, socket, this.#context, this.#open));
    socket.once('close', () => this.#forget(id, address));
  }

  sessions(): readonly GatewaySession[] {
    return [...this.#connections.values()].map((connection) => connection.session);
  }

  cut(session: number): boolean {
    const connection = this.#connections.get(session);
    connection?.end();
    return connection !== undefined;
  }

  /** 找最近连上、为这台设备说过话的连接。 */
  tell(deviceCode: string, bytes: Uint8Array): boolean {
    return [...this.#connections.values()]
      .toReversed()
      .some((connection) => connection.hasHeard(deviceCode) && connection.send(bytes));
  }

  async closeAll(): Promise<void> {
    const { closeMs } = this.#context.limits;
    await Promise.all([...this.#connections.values()].map((connection) => connection.close(closeMs)));
  }

  #hasRoomFor(address: string): boolean {
    const { connections, connectionsPerAddress } = this.#context.limits;
    if (this.#sameAs(address) >= connectionsPerAddress) return this.#displaceIdler(address);
    return this.#connections.size < connections || this.#displaceIdler();
  }

  #sameAs(address: string): number {
    return this.#perAddress.get(address) ?? 0;
  }

  /** 请走最老的一条只连不说的连接（给了地址就只在它的连接里找）。返回有没有这样的。 */
  #displaceIdler(address?: string): boolean {
    for (const [id, connection] of this.#connections) {
      if (!connection.isIdler || (address !== undefined && connection.address !== address)) continue;
      connection.displace();
      // 位子现在就空出来，不等套接字关完。
      this.#forget(id, connection.address);
      return true;
    }
    return false;
  }

  #forget(id: number, address: string): void {
    if (!this.#connections.delete(id)) return;
    const left = (this.#perAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(address, left);
    else this.#perAddress.delete(address);
  }
}
