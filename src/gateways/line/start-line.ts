import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

import type { Gateway } from '#model/monitoring';

import { Door } from './door.ts';
import { DEFAULT_LIMITS, type LineContext, type LineOptions } from './options.ts';
import type { OpenReader } from './reader.ts';

/** 一个在 TCP 上监听的网关。 */
export interface LineGateway extends Gateway {
  /**
   * 对一台设备说话，走它最近一次报数的那条活连接（旧连接可能还没断干净）。
   * 返回 false：它现在没有连着。
   */
  tell(deviceCode: string, bytes: Uint8Array): boolean;
}

/**
 * 监听一个 TCP 端口；每条连接一个 `open` 出来的读者。设备的读数交给 `sink`，提交之后才回音。
 * 端口被占用等监听失败时拒绝。
 */
export async function startLine(
  protocol: string,
  options: LineOptions,
  open: OpenReader,
): Promise<LineGateway> {
  const context: LineContext = { ...options, protocol, limits: { ...DEFAULT_LIMITS, ...options.limits } };
  const door = new Door(context, open);
  // 设备发完即半关（FIN）时，应答仍要送到，所以由我们来关另一半。
  const server = createServer({ allowHalfOpen: true }, (socket) => door.admit(socket));
  server.listen(options.port, options.host);
  await once(server, 'listening');
  server.on('error', (error) => context.log(`${protocol}.listener-error`, { error }));
  let closed: Promise<void> | undefined;
  return {
    port: portOf(server),
    sessions: () => door.sessions(),
    cut: (session) => door.cut(session),
    tell: (deviceCode, bytes) => door.tell(deviceCode, bytes),
    close: () => (closed ??= shut(server, door)),
  };
}

async function shut(server: Server, door: Door): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await door.closeAll();
  await closed;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('网关没有监听在 TCP 端口上');
  return address.port;
}
