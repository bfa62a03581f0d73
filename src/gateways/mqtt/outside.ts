import type { GatewaySession } from '#model/monitoring';
import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';

import { Intake } from './intake.ts';
import { type Message, Payload, type Speaker } from './message.ts';
import { MESSAGE_BYTES, type MqttContext, type OutsideBroker, PROTOCOL } from './options.ts';
import { Stamps } from './stamps.ts';
import { ThingsBoardReader } from './thingsboard.ts';
import { deviceIn, filterOf } from './topic-template.ts';
import { within } from './within.ts';

/** Our group at the broker: each message goes to one of its members. */
const SHARE = '$share/puan/';
/** A link waits for the commit of a message before it takes the next: so many wait at the same time. */
const LINKS = 16;
const CALL_AGAIN_MS = 1000;
/** The broker keeps what we have not answered for so long (seconds). */
const KEPT_SECONDS = 24 * 3600;
const CLOSE_MS = 5000;

/** One connection to the broker outside, as a page shows it. */
class Link implements Speaker {
  readonly address: string;
  readonly #number: () => number;
  readonly #devices = new Set<string>();
  readonly stamps = new Stamps();
  client: MqttClient | undefined;
  session: { readonly id: number; readonly since: number } | undefined;
  frames = 0;
  lastFrameAt: number | undefined;

  constructor(address: string, number: () => number) {
    this.address = address;
    this.#number = number;
  }

  get view(): GatewaySession | undefined {
    if (this.session === undefined) return undefined;
    const { address, lastFrameAt, frames } = this;
    return { ...this.session, address, lastFrameAt, frames, devices: [...this.#devices] };
  }

  up(): void {
    this.session = { id: this.#number(), since: Date.now() };
    this.frames = 0;
    this.lastFrameAt = undefined;
    this.#devices.clear();
  }

  heard(deviceCode: string): void {
    this.#devices.add(deviceCode);
  }

  gone(deviceCode: string): void {
    this.#devices.delete(deviceCode);
  }

  /** Calls anew: what was not answered comes again. */
  cut(): void {
    this.client?.stream.destroy();
  }
}

/**
 * Reads telemetry from a broker outside (EMQX and its like) as a member of a shared subscription, MQTT 5 unless told
 * otherwise. A message is answered after its commit; when it could not be stored the link is ended, and the broker sends it
 * again. The broker sees to who may write where. A retained message is no new observation.
 */
export class OutsideReader {
  readonly #context: MqttContext;
  readonly #broker: OutsideBroker;
  readonly #intake: Intake;
  readonly #reader: ThingsBoardReader;
  readonly #links: readonly Link[];

  /** Throws for a template that names no device. `number` numbers the sessions. */
  constructor(context: MqttContext, broker: OutsideBroker, number: () => number) {
    const filter = filterOf(broker.topic);
    if (filter === undefined) throw new Error(`外部代理的主题模板须有一层是 {device}：${broker.topic}`);
    this.#context = context;
    this.#broker = broker;
    this.#intake = new Intake(context);
    this.#reader = new ThingsBoardReader(context, this.#intake);
    const { host } = new URL(broker.url);
    const isShared = broker.version === 5;
    this.#links = Array.from({ length: isShared ? LINKS : 1 }, () => new Link(host, number));
    for (const [i, link] of this.#links.entries()) this.#call(link, i, isShared ? SHARE + filter : filter);
  }

  sessions(): readonly GatewaySession[] {
    return this.#links.flatMap(({ view }) => view ?? []);
  }

  cut(id: number): boolean {
    const link = this.#links.find(({ session }) => session?.id === id);
    link?.cut();
    return link !== undefined;
  }

  /** Answers what is being committed, and goes; what comes later waits at the broker. */
  async close(): Promise<void> {
    await within(this.#intake.idle(), CLOSE_MS);
    await within(Promise.all(this.#links.map(async ({ client }) => client?.endAsync())), CLOSE_MS);
    for (const { client } of this.#links) client?.end(true);
  }

  #call(link: Link, i: number, filter: string): void {
    const { url, version } = this.#broker;
    const options: IClientOptions = {
      protocolVersion: version,
      clientId: `puan-${i}`,
      clean: false,
      reconnectPeriod: CALL_AGAIN_MS,
      ...(version === 5 ? { properties: { sessionExpiryInterval: KEPT_SECONDS } } : {}),
    };
    const client = mqtt.connect(url, options);
    link.client = client;
    client.handleMessage = (packet, settle) => this.#take(link, packet, settle);
    const report = (event: string, error: unknown): void =>
      this.#context.log(`${PROTOCOL}.outside-${event}`, { address: link.address, error: String(error) });
    client.on('connect', () => {
      link.up();
      client.subscribe(filter, { qos: 1 }, (error) => error && report('subscription-refused', error));
    });
    client.on('close', () => {
      link.session = undefined;
    });
    client.on('error', (error) => report('error', error));
  }

  #take(link: Link, packet: IPublishPacket, settle: (error?: Error) => void): void {
    const at = Date.now();
    link.frames += 1;
    link.lastFrameAt = at;
    this.#read(link, packet, at);
    const settled = (error: Error | null): void => {
      if (error === null) settle();
      else link.cut();
    };
    this.#intake.settled({ settled }, packet.messageId ?? 0);
  }

  #read(link: Link, packet: IPublishPacket, at: number): void {
    const code = deviceIn(this.#broker.topic, packet.topic);
    if (code === undefined) return this.#intake.refused('foreign-topic');
    if (packet.retain) return this.#intake.refused('retained', code);
    const payload = new Payload(Buffer.from(packet.payload));
    if (payload.length > MESSAGE_BYTES) return this.#intake.refused('too-large', code);
    const device = this.#context.directory.find(PROTOCOL, code);
    if (device === undefined) {
      const { address } = link;
      this.#context.directory.quarantine({ protocol: PROTOCOL, code, address, sample: payload.sample });
      return this.#intake.refused('unknown-device', code);
    }
    const { messageId, dup: again } = packet;
    // A broker marks what it sends again.
    const stamp = (): number =>
      messageId === undefined
        ? at
        : link.stamps.stamp(code, { messageId, again, payload: payload.bytes, isMarked: true }, at).at;
    const message: Message = { speaker: link, device, payload, at, stamp };
    this.#reader.read('telemetry', message);
  }
}
