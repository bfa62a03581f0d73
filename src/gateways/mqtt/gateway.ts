import { type EventEmitter, once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';

import { DEFAULT_LIMITS } from '#gateways/line';
import type { Gateway } from '#model/monitoring';
import { stateTopic } from '#protocols/sparkplug';
import type { AedesOptions, AuthenticateError, Client, PublishPacket } from 'aedes';

import { MessageDesk } from './desk.ts';
import { DeviceBroker } from './device-broker.ts';
import { Door } from './door.ts';
import { type MqttGatewayOptions, PROTOCOL } from './options.ts';
import { OutsideReader } from './outside.ts';
import { maySubscribeTo } from './rights.ts';
import { signIn } from './sign-in.ts';
import type { MqttRefusal } from './text.ts';
import { within } from './within.ts';

export interface MqttGateway extends Gateway {
  /** Undefined without a certificate. */
  readonly tlsPort: number | undefined;
}

const CONNECT_WITHIN_MS = 10_000;
const QOS_2_IN_FLIGHT = 100;
/** Packets that may come before the CONNECT is answered. */
const EARLY_PACKETS = 100;
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
  const door = new Door(options, limits, number);
  const desk = new MessageDesk(options, (topic, payload) => say(broker, topic, payload, false));
  const broker = await DeviceBroker.open(hooks(options, door, desk));
  const born = Date.now();
  say(broker, stateTopic(HOST), Buffer.from(JSON.stringify({ online: true, timestamp: born })), true);
  listenForFaults(broker, options);
  broker.on('ping', (_, { conn }) => door.of(conn)?.frame(Date.now(), false));
  broker.on('subscribe', (_, client) => door.of(client?.conn)?.frame(Date.now(), false));
  const admit = (socket: Socket): void => {
    if (door.admit(socket)) broker.handle(socket);
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

/** What is no MQTT 3.1.1 ends the connection; before a CONNECT nobody knows whose it was. */
function listenForFaults(broker: DeviceBroker, { counters, log }: MqttGatewayOptions): void {
  const addressOf = ({ conn }: Client): string => ('remoteAddress' in conn && conn.remoteAddress) || '';
  broker.on('connectionError', (client, error) => {
    log(`${PROTOCOL}.connection-error`, { address: addressOf(client), error: error.message });
    // A code is the network's, such as a reset.
    if (!('code' in error))
      counters.framesRefused(PROTOCOL, 'bad-packet' satisfies MqttRefusal, undefined, 1);
  });
  broker.on('clientError', (client, error) => {
    log(`${PROTOCOL}.client-error`, { address: addressOf(client), client: client.id, error: error.message });
  });
  (broker as EventEmitter).on('error', (error: unknown) => log(`${PROTOCOL}.broker-error`, { error }));
}

/** The broker's questions and our answers. */
function hooks(options: MqttGatewayOptions, door: Door, desk: MessageDesk): AedesOptions {
  return {
    connectTimeout: CONNECT_WITHIN_MS,
    maxInflightInbound: QOS_2_IN_FLIGHT,
    queueLimit: EARLY_PACKETS,
    preConnect: (client, packet, done) => {
      // Nothing waits here for a device that is away, so there is no session to come back to: CONNACK says so.
      packet.clean = true;
      const session = door.of(client.conn);
      session?.frame(Date.now(), false);
      done(null, session !== undefined);
    },
    authenticate: (client, username, password, done) => {
      const session = door.of(client.conn);
      if (session === undefined) return done(null, false);
      const given = { username, password: password?.toString('utf8') };
      void signIn(options, session, given).then(
        () => {
          // The same client id at two devices must not throw one of them out.
          client.id = `${session.pass?.credential.deviceCode} ${client.id}`;
          done(null, true);
        },
        (error: unknown) => done(error as AuthenticateError, false),
      );
    },
    authorizeSubscribe: (client, subscription, done) => {
      const code = door.of(client.conn)?.pass?.credential.deviceCode ?? '';
      const allowed = maySubscribeTo(code, subscription.topic);
      if (!allowed) desk.intake.refused('subscription-denied', code);
      done(null, allowed ? subscription : null);
    },
    authorizePublish: (client, packet, done) => {
      const session = door.of(client?.conn);
      if (session === undefined) return done(new Error('the connection is gone'));
      desk.take(session, packet, done);
    },
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
