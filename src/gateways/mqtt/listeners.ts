import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import { type MqttGatewayOptions, PROTOCOL } from './options.ts';

/** The ports: in clear, and over TLS where there is a certificate. */
export class Listeners {
  readonly #options: MqttGatewayOptions;
  readonly #plain: Server;
  readonly #secure: Server | undefined;

  constructor(options: MqttGatewayOptions, admit: (socket: Socket) => void) {
    const { tls } = options;
    this.#options = options;
    this.#plain = createServer(admit);
    this.#secure = tls && createTlsServer({ cert: tls.cert, key: tls.key }, admit);
  }

  get port(): number {
    return portOf(this.#plain);
  }

  /** Undefined without a certificate. */
  get tlsPort(): number | undefined {
    return this.#secure && portOf(this.#secure);
  }

  /** Rejects when a port cannot be had. */
  async open(): Promise<void> {
    const { port, tls } = this.#options;
    await this.#listen(this.#plain, port);
    if (this.#secure && tls) await this.#listen(this.#secure, tls.port);
  }

  /** Lets nobody in any more; resolves once everybody has gone. */
  async close(): Promise<void> {
    const servers = this.#secure ? [this.#plain, this.#secure] : [this.#plain];
    await Promise.all(servers.filter(({ listening }) => listening).map((server) => shut(server)));
  }

  async #listen(server: Server, port: number): Promise<void> {
    const { host, log } = this.#options;
    server.listen(port, host);
    await once(server, 'listening');
    server.on('error', (error) => log(`${PROTOCOL}.listener-error`, { error }));
  }
}

async function shut(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await closed;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('网关没有监听在 TCP 端口上');
  return address.port;
}
