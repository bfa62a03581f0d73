import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';

import { DEFAULT_LIMITS } from '#gateways/line';
import type { Gateway } from '#model/monitoring';
import { stateTopic } from '#protocols/sparkplug';
import type { PublishPacket } from 'aedes';

import { MessageDesk } from './desk.ts';
import { DeviceBroker } from './device-broker.ts';
import { Door } from './door.ts';
import { brokerHooks, laneOf, listenForFaults } from './hooks.ts';
import { LaneReader } from './lane-reader.ts';
import { type MqttGatewayOptions, PROTOCOL } from './options.ts';
import { OutsideReader } from './outside.ts';
import { within } from './within.ts';

export interface MqttGateway extends Gateway {
  /** Undefined without a certificate. */
  readonly tlsPort: number | undefined;
}

/** The name under which the platform tells Sparkplug nodes that it is there. */
const HOST = 'puan';

/**
 * Listens for MQTT 3.1.1, in clear and over TLS. A device signs in with its access token and speaks ThingsBoard's device or
 * gateway API, or Sparkplug B. Its message is answered (PUBACK, PUBREC) once its readings are committed; when they could not
 * be stored it is not answered and the connection ends, so that it is sent again. Beside it, where told so, a broker outside is
 * read. Rejects when a port cannot be had.
 */
export async function startMqttGateway(options: MqttGatewayOptions): Promise<MqttGateway> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  let sessions = 0;
  const number = (): number => (sessions += 1);
  const outside = options.outside && new OutsideReader(options, options.outside, number);
  const desk = new MessageDesk(options, (topic, payload) => say(broker, topic, payload, false));
  const reader = new LaneReader(desk);
  const door = new Door({
    options,
    limits,
    number,
    take: (lane, cutter, at) => reader.take(lane, cutter, at),
  });
  const broker = await DeviceBroker.open(brokerHooks(options, desk));
  const born = Date.now();
  say(broker, stateTopic(HOST), Buffer.from(JSON.stringify({ online: true, timestamp: born })), true);
  listenForFaults(broker, options);
  broker.on('clientReady', ({ conn }) => laneOf(conn)?.open());
  const admit = (socket: Socket): void => {
    const lane = door.admit(socket);
    if (lane !== undefined) broker.handle(lane);
  };
  const plain = createServer(admit);
  const secure = options.tls && createTlsServer({ cert: options.tls.cert, key: options.tls.key }, admit);
  const servers = secure ? [plain, secure] : [plain];
  const shut = async (): Promise<void> => {
    const closed = servers.filter(({ listening }) => listening).map((server) => shutServer(server));
    desk.close();
    await outside?.close();
    await within(desk.intake.idle(), limits.closeMs);
    // The broker writes its answers in the next turn.
    await setImmediate();
    await door.close(limits.closeMs);
    await new Promise<void>((resolve) => broker.close(resolve));
    await Promise.all(closed);
  };
  try {
    await listen(plain, options.port, options);
    if (secure && options.tls) await listen(secure, options.tls.port, options);
  } catch (error) {
    await shut();
    throw error;
  }
  let closed: Promise<void> | undefined;
  return {
    port: portOf(plain),
    tlsPort: secure && portOf(secure),
    sessions: () => [...door.sessions(), ...(outside?.sessions() ?? [])],
    cut: (session) => door.cut(session) || outside?.cut(session) === true,
    close: () => (closed ??= shut()),
  };
}

/** To whoever has subscribed to it; rights see to it that this is the device itself. */
function say(broker: DeviceBroker, topic: string, payload: Uint8Array, retain: boolean): void {
  const packet: PublishPacket = {
    cmd: 'publish',
    topic,
    payload: Buffer.from(payload),
    qos: 0,
    dup: false,
    retain,
  };
  broker.publish(packet, () => undefined);
}

async function listen(server: Server, port: number, { host, log }: MqttGatewayOptions): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
  server.on('error', (error) => log(`${PROTOCOL}.listener-error`, { error }));
}

async function shutServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await closed;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('网关没有监听在 TCP 端口上');
  return address.port;
}
