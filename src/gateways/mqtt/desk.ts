import type { KnownDevice } from '#model/monitoring';
import { commandTopic, rebirthCommand } from '#protocols/sparkplug';
import { publishedMessage } from '#protocols/thingsboard';

import type { MqttCommands } from './commands.ts';
import { Intake, type Waiting } from './intake.ts';
import type { Lane } from './lane.ts';
import type { Message, Payload } from './message.ts';
import { MESSAGE_BYTES, type MqttContext, type MqttReader, PROTOCOL, type TopicRefusal } from './options.ts';
import { ownTopic } from './rights.ts';
import type { Session } from './session.ts';
import { SparkplugReader } from './sparkplug.ts';
import { type Stamp, Stamps } from './stamps.ts';
import { ThingsBoardReader } from './thingsboard.ts';

/** What a reader may leave unread before it misses messages. */
const UNREAD_BYTES = 256 * 1024;

/** What comes of messages besides readings. */
interface DeskParts {
  /** Says back what a message asks for. */
  readonly say: (topic: string, payload: Uint8Array) => void;
  readonly commands: Pick<MqttCommands, 'answered' | 'heard'>;
}

/** A message as it came by a connection. */
export interface Published {
  readonly topic: string;
  readonly payload: Payload;
  /** 0 at QoS 0. */
  readonly messageId: number;
  /** The sender says that it has sent this before. */
  readonly again: boolean;
  readonly at: number;
}

/**
 * Reads what devices publish. Whatever is wrong with a message is counted and the message answered all the same, for it
 * would come for ever; only what could not be stored is not answered.
 */
export class MessageDesk {
  readonly intake: Intake;
  readonly #context: MqttContext;
  readonly #thingsBoard: ThingsBoardReader;
  readonly #sparkplug: SparkplugReader;
  readonly #stamps = new Stamps();
  readonly #parts: DeskParts;
  #isClosed = false;

  constructor(context: MqttContext, parts: DeskParts) {
    this.#context = context;
    this.#parts = parts;
    this.intake = new Intake(context);
    this.#thingsBoard = new ThingsBoardReader(context, this.intake);
    this.#sparkplug = new SparkplugReader(context, this.intake, (topic, metrics) =>
      parts.commands.heard(topic, metrics),
    );
  }

  /** Reads one message; `waiting` is told after the commit of what it brought. */
  take(session: Session, published: Published, waiting: Waiting): void {
    if (this.#isClosed) return;
    const { messageId } = published;
    const code = session.pass?.credential.deviceCode ?? '';
    const device = this.#context.directory.find(PROTOCOL, code);
    if (device === undefined) {
      if (session.pass?.credential.reader !== undefined) this.intake.refused('topic-denied');
      else this.intake.refused('credential-ended', code);
      return this.intake.settled(waiting, messageId);
    }
    const stamp = this.#read(session, device, published);
    this.intake.settled(stamp === undefined ? waiting : remembering(stamp, session, waiting), messageId);
  }

  /** A reader wants to hear what is stored; gives why it does not. */
  async listen(lane: Lane, reader: MqttReader, topic: string): Promise<TopicRefusal | undefined> {
    const { session } = lane;
    const stop = await reader.listen(topic, (payload) => {
      if (lane.unread > UNREAD_BYTES) this.intake.refused('subscriber-slow');
      else lane.tell(topic, Buffer.from(payload));
    });
    if (typeof stop === 'string') return stop;
    if (lane.destroyed) stop();
    else {
      session.listen(topic, stop);
      lane.once('close', () => session.deafen(topic));
    }
    return undefined;
  }

  /** From now on nothing is read or answered: it is sent again to whoever comes after. */
  close(): void {
    this.#isClosed = true;
  }

  /** Gives the stamp of a message that names no time, where it was asked for. */
  #read(session: Session, device: KnownDevice, published: Published): Stamp | undefined {
    const { topic, payload, messageId, again, at } = published;
    let stamped: Stamp | undefined;
    const stamp = (): number => {
      if (messageId === 0) return at;
      const delivery = { messageId, again, payload: payload.bytes };
      return (stamped ??= this.#stamps.stamp(device.code, delivery, at)).at;
    };
    this.#readTopic(session, topic, { speaker: session, device, at, payload, stamp });
    return stamped;
  }

  #readTopic(session: Session, topic: string, message: Message): void {
    const { device, payload, at } = message;
    if (payload.length > MESSAGE_BYTES) return this.intake.refused('too-large', device.code);
    const kind = publishedMessage(topic);
    if (kind === 'answer') this.#parts.commands.answered(device.code, topic, payload.text);
    if (kind !== undefined) return this.#thingsBoard.read(kind, message);
    const sparkplug = ownTopic(device.code, topic);
    if (sparkplug === undefined) return this.intake.refused('topic-denied', device.code);
    const command = commandTopic(device.code);
    if (this.#sparkplug.read(sparkplug, message, session.host) && command !== undefined)
      this.#parts.say(command, rebirthCommand(at));
  }
}

/** Notes that the sender has been told. */
function remembering(stamp: Stamp, session: Session, waiting: Waiting): Waiting {
  return {
    settled: (error, messageId) => {
      stamp.answered = error === null && session.isOpen;
      waiting.settled(error, messageId);
    },
  };
}
