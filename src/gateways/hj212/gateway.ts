import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Connection } from './connection.ts';
import { DEFAULT_LIMITS, type GatewayContext, type Hj212GatewayOptions } from './options.ts';

export interface Hj212Gateway {
  readonly port: number;
  /** 停止接入，让在途的提交答完（有时限），断开所有连接。可重复调用。 */
  close(): Promise<void>;
}

/**
 * 监听 HJ 212 上行（TCP）。设备的读数交给 `sink`，提交之后才应答 9014。
 * 端口被占用等监听失败时拒绝。
 */
export async function startHj212Gateway(options: Hj212GatewayOptions): Promise<Hj212Gateway> {
  const context: GatewayContext = { ...options, limits: { ...DEFAULT_LIMITS, ...options.limits } };
  const door = new Door(context);
  // 设备发完即半关（FIN）时，应答仍要送到，所以由我们来关另一半。
  const server = createServer({ allowHalfOpen: true }, (socket) => door.admit(socket));
  server.listen(options.port, options.host);
  await once(server, 'listening');
  server.on('error', (error) => context.log('hj212.listener-error', { error }));
  let closed: Promise<void> | undefined;
  return { port: portOf(server), close: () => (closed ??= shut(server, door)) };
}

async function shut(server: Server, door: Door): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await door.closeAll();
  await closed;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('HJ 212 网关没有监听在 TCP 端口上');
  return address.port;
}

/** 门口：数人头，总数或同一地址的数目超限就不放进来。 */
class Door {
  readonly #context: GatewayContext;
  readonly #connections = new Map<Socket, Connection>();
  readonly #perAddress = new Map<string, number>();

  constructor(context: GatewayContext) {
    this.#context = context;
  }

  admit(socket: Socket): void {
    const { limits, log } = this.#context;
    const address = socket.remoteAddress ?? '';
    const same = this.#perAddress.get(address) ?? 0;
    if (this.#connections.size >= limits.connections || same >= limits.connectionsPerAddress) {
      log('hj212.connection-refused', { address, connections: this.#connections.size, same });
      socket.resetAndDestroy();
      return;
    }
    this.#perAddress.set(address, same + 1);
    this.#connections.set(socket, new Connection(socket, this.#context));
    socket.once('close', () => this.#forget(socket, address));
  }

  async closeAll(): Promise<void> {
    const { closeMs } = this.#context.limits;
    await Promise.all([...this.#connections.values()].map((connection) => connection.close(closeMs)));
  }

  #forget(socket: Socket, address: string): void {
    this.#connections.delete(socket);
    const left = (this.#perAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(address, left);
    else this.#perAddress.delete(address);
  }
}
