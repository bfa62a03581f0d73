import type { Socket } from 'node:net';

import type { GatewaySession } from '#model/monitoring';

import { Connection } from './connection.ts';
import type { LineContext } from './options.ts';
import type { OpenReader } from './reader.ts';
import type { LineRefusal } from './text.ts';

/** 门口：数人头，总数或同一地址的数目超限就不放进来。 */
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
    const { limits, log, protocol, counters } = this.#context;
    const address = socket.remoteAddress ?? '';
    const same = this.#perAddress.get(address) ?? 0;
    if (this.#connections.size >= limits.connections || same >= limits.connectionsPerAddress) {
      log(`${protocol}.connection-refused`, { address, connections: this.#connections.size, same });
      counters.framesRefused(protocol, 'too-many-connections' satisfies LineRefusal, undefined, 1);
      socket.resetAndDestroy();
      return;
    }
    this.#perAddress.set(address, same + 1);
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

  #forget(id: number, address: string): void {
    this.#connections.delete(id);
    const left = (this.#perAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(address, left);
    else this.#perAddress.delete(address);
  }
}
