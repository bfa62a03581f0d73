import { setImmediate } from 'node:timers/promises';

import { DEFAULT_LIMITS } from '#gateways/line';
import type { Gateway } from '#model/monitoring';
import { stateTopic } from '#protocols/sparkplug';
import type { PublishPacket } from 'aedes';

import { MqttCommands } from './commands.ts';
import { MessageDesk } from './desk.ts';
import { DeviceBroker } from './device-broker.ts';
import { Door } from './door.ts';
import { attend, brokerHooks } from './hooks.ts';
import { LaneReader } from './lane-reader.ts';
import { Listeners } from './listeners.ts';
import type { MqttGatewayOptions } from './options.ts';
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
  const door: Door = new Door({
    options,
    limits,
    number,
    take: (lane, cutter, at) => reader.take(lane, cutter, at),
  });
  const commands = new MqttCommands({
    directory: options.directory,
    laneOf: (deviceCode) => door.laneOf(deviceCode),
    answerWithinMs: options.answerWithinMs,
  });
  const desk = new MessageDesk(options, {
    say: (topic, payload) => say(broker, topic, payload, false),
    commands,
  });
  const reader = new LaneReader(desk);
  const broker = await DeviceBroker.open(brokerHooks(options, desk));
  const born = Date.now();
  say(broker, stateTopic(HOST), Buffer.from(JSON.stringify({ online: true, timestamp: born })), true);
  attend(broker, options);
  const listeners = new Listeners(options, (socket) => {
    const lane = door.admit(socket);
    if (lane !== undefined) broker.handle(lane);
  });
  const shut = async (): Promise<void> => {
    const left = listeners.close();
    commands.close();
    desk.close();
    await outside?.close();
    await within(desk.intake.idle(), limits.closeMs);
    // The broker writes its answers in the next turn.
    await setImmediate();
    await door.close(limits.closeMs);
    await new Promise<void>((resolve) => broker.close(resolve));
    await left;
  };
  try {
    await listeners.open();
  } catch (error) {
    await shut();
    throw error;
  }
  let closed: Promise<void> | undefined;
  return {
    port: listeners.port,
    tlsPort: listeners.tlsPort,
    sessions: () => [...door.sessions(), ...(outside?.sessions() ?? [])],
    cut: (session) => door.cut(session) || outside?.cut(session) === true,
    command: (deviceCode, command) => commands.ask(deviceCode, command),
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
