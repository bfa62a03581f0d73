import type { EventEmitter } from 'node:events';

import type { Aedes, AedesOptions, AuthenticateError, Client } from 'aedes';

import type { MessageDesk } from './desk.ts';
import { Lane } from './lane.ts';
import { Payload } from './message.ts';
import { type MqttGatewayOptions, PROTOCOL, type TopicRefusal } from './options.ts';
import { maySubscribeTo } from './rights.ts';
import { signIn } from './sign-in.ts';
import type { MqttRefusal } from './text.ts';

const CONNECT_WITHIN_MS = 10_000;
/** What the broker calls a connection that never said who it is. */
const NEVER_CONNECTED = 'connect did not arrive in time';
const QOS_2_IN_FLIGHT = 100;

/** The lane behind a connection of the broker. */
export function laneOf(conn: unknown): Lane | undefined {
  return conn instanceof Lane ? conn : undefined;
}

/** Keeps up with what happens at the broker: who is in, who listens to what, what went wrong. */
export function attend(broker: Aedes, options: MqttGatewayOptions): void {
  broker.on('clientReady', ({ conn }) => laneOf(conn)?.open());
  broker.on('subscribe', (filters, client) => {
    const session = laneOf(client?.conn)?.session;
    // A reader's are noted with how to stop them.
    if (session?.pass?.credential.reader !== undefined) return;
    for (const { topic } of filters) session?.listen(topic);
  });
  broker.on('unsubscribe', (filters, client) => {
    laneOf(client?.conn)?.session.deafen(...filters);
  });
  listenForFaults(broker, options);
}

/** What is no MQTT 3.1.1 ends the connection; before a CONNECT nobody knows whose it was. */
function listenForFaults(broker: Aedes, { counters, log }: MqttGatewayOptions): void {
  const addressOf = ({ conn }: Client): string => laneOf(conn)?.remoteAddress ?? '';
  broker.on('connectionError', (client, error) => {
    log(`${PROTOCOL}.connection-error`, { address: addressOf(client), error: error.message });
    // A code is the network's, such as a reset.
    if ('code' in error) return;
    const reason: MqttRefusal = error.message === NEVER_CONNECTED ? 'connection-idle' : 'bad-packet';
    counters.framesRefused(PROTOCOL, reason, undefined, 1);
  });
  broker.on('clientError', (client, error) => {
    log(`${PROTOCOL}.client-error`, { address: addressOf(client), client: client.id, error: error.message });
  });
  (broker as EventEmitter).on('error', (error: unknown) => log(`${PROTOCOL}.broker-error`, { error }));
}

/** The broker's questions and our answers. */
export function brokerHooks(options: MqttGatewayOptions, desk: MessageDesk): AedesOptions {
  return {
    connectTimeout: CONNECT_WITHIN_MS,
    maxInflightInbound: QOS_2_IN_FLIGHT,
    preConnect: (client, packet, done) => {
      // Nothing waits here for a device that is away, so there is no session to come back to: CONNACK says so.
      packet.clean = true;
      const session = laneOf(client.conn)?.session;
      // The broker does not see most of what comes, so that it cannot tell silence.
      session?.promise(packet.keepalive ?? 0);
      packet.keepalive = 0;
      done(null, session !== undefined);
    },
    authenticate: (client, username, password, done) => {
      const session = laneOf(client.conn)?.session;
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
      const lane = laneOf(client.conn);
      const { deviceCode = '', reader } = lane?.session.pass?.credential ?? {};
      const answer = (refusal: TopicRefusal | undefined): void => {
        if (refusal !== undefined) desk.intake.refused(refusal, deviceCode === '' ? undefined : deviceCode);
        done(null, refusal === undefined ? subscription : null);
      };
      if (reader === undefined || lane === undefined) {
        answer(maySubscribeTo(deviceCode, subscription.topic) ? undefined : 'subscription-denied');
        return;
      }
      // What is told is told at QoS 0: a slow reader misses some of it, and holds nobody up.
      subscription.qos = 0;
      void desk
        .listen(lane, reader, subscription.topic)
        .then(answer, (error: unknown) => done(error as Error));
    },
    // QoS 2, and wills: all else the lane takes itself.
    authorizePublish: (client, { topic, payload, messageId = 0, dup: again }, done) => {
      const session = laneOf(client?.conn)?.session;
      if (session === undefined) return done(new Error('the connection is gone'));
      const at = Date.now();
      const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
      const published = { topic, payload: new Payload(bytes), messageId, again, at };
      desk.take(session, published, { settled: (error) => done(error) });
    },
  };
}
