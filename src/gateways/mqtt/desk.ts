import { commandTopic, rebirthCommand } from '#protocols/sparkplug';
import { publishedMessage } from '#protocols/thingsboard';
import type { PublishPacket } from 'aedes';

import { Intake, type Settle } from './intake.ts';
import type { Message } from './message.ts';
import { MESSAGE_BYTES, type MqttContext, PROTOCOL } from './options.ts';
import { ownTopic } from './rights.ts';
import type { Session } from './session.ts';
import { SparkplugReader } from './sparkplug.ts';
import { Stamps } from './stamps.ts';
import { ThingsBoardReader } from './thingsboard.ts';

/** What a message asks to be said back. */
export type Say = (topic: string, payload: Uint8Array) => void;

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
  readonly #say: Say;
  #isClosed = false;

  constructor(context: MqttContext, say: Say) {
    this.#context = context;
    this.#say = say;
    this.intake = new Intake(context);
    this.#thingsBoard = new ThingsBoardReader(context, this.intake);
    this.#sparkplug = new SparkplugReader(context, this.intake);
  }

  /** Reads one message; `settle` is told after the commit of what it brought. */
  take(session: Session, packet: PublishPacket, settle: Settle): void {
    if (this.#isClosed) return;
    const code = session.pass?.credential.deviceCode ?? '';
    const device = this.#context.directory.find(PROTOCOL, code);
    const at = Date.now();
    session.frame(at, true);
    if (device === undefined) {
      this.intake.refused('credential-ended', code);
      return this.intake.settled(settle);
    }
    const { topic, messageId, dup: again } = packet;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    let stamped: ReturnType<Stamps['stamp']> | undefined;
    const stamp = (): number => {
      if (messageId === undefined) return at;
      return (stamped ??= this.#stamps.stamp(code, { messageId, again, payload }, at)).at;
    };
    this.#read(session, topic, { speaker: session, device, at, payload, stamp });
    if (stamped === undefined) return this.intake.settled(settle);
    const first = stamped;
    this.intake.settled((error) => {
      first.answered = error === null && session.isOpen;
      settle(error);
    });
  }

  /** From now on nothing is read or answered: it is sent again to whoever comes after. */
  close(): void {
    this.#isClosed = true;
  }

  #read(session: Session, topic: string, message: Message): void {
    const { device, payload, at } = message;
    if (payload.length > MESSAGE_BYTES) return this.intake.refused('too-large', device.code);
    const kind = publishedMessage(topic);
    if (kind !== undefined) return this.#thingsBoard.read(kind, message);
    const sparkplug = ownTopic(device.code, topic);
    if (sparkplug === undefined) return this.intake.refused('topic-denied', device.code);
    const command = commandTopic(device.code);
    if (this.#sparkplug.read(sparkplug, message, session.host) && command !== undefined)
      this.#say(command, rebirthCommand(at));
  }
}
