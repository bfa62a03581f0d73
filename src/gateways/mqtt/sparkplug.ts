import { isMoment } from '#base';
import { type KnownDevice, QUALITY } from '#model/monitoring';
import { decodePayload, type NamedMetric, type NodeHost, type SparkplugTopic } from '#protocols/sparkplug';

import type { Intake } from './intake.ts';
import type { Message } from './message.ts';
import { type MqttContext, PROTOCOL } from './options.ts';

const GOOD = 192;

/** Told what was understood of a message. */
type Heard = (topic: SparkplugTopic, metrics: readonly NamedMetric[]) => void;

/** Sparkplug B: births, data and deaths of edge nodes and of the devices behind them. */
export class SparkplugReader {
  readonly #context: MqttContext;
  readonly #intake: Intake;
  readonly #heard: Heard;

  constructor(context: MqttContext, intake: Intake, heard: Heard) {
    this.#context = context;
    this.#intake = intake;
    this.#heard = heard;
  }

  /** Takes one message of a node; true when the node must be asked to be born anew. */
  read(topic: SparkplugTopic, message: Message, host: NodeHost): boolean {
    const { device: node, at, speaker } = message;
    const payload = decodePayload(message.payload.bytes);
    if (payload === undefined) {
      this.#intake.refused('bad-payload', node.code);
      return false;
    }
    const { metrics, refusal, rebirth } = host.hear(topic, payload, at);
    if (refusal === undefined) {
      this.#intake.accepted(node);
      this.#heard(topic, metrics);
      this.#follow(topic, message, host);
    } else this.#intake.refused(refusal, node.code);
    const [first] = metrics;
    const device = first && this.#deviceOf(message, first.device);
    if (device === undefined) return rebirth;
    speaker.heard(device.code);
    if (device !== node) this.#intake.accepted(device);
    for (const metric of metrics) this.#add(device, metric, at);
    return rebirth;
  }

  /** Who is dead is no longer spoken for: what was last heard of it is stale. */
  #follow(topic: SparkplugTopic, { speaker, device: node }: Message, host: NodeHost): void {
    if (topic.type === 'DDEATH') speaker.gone(`${topic.node}/${topic.device}`);
    if (topic.type !== 'NDEATH') return;
    speaker.gone(node.code);
    for (const name of host.devices.keys()) speaker.gone(`${topic.node}/${name}`);
  }

  /** All metrics of one message are of one device: the node, or one behind it, which is registered under its full name. */
  #deviceOf({ device: node, speaker, payload }: Message, code: string): KnownDevice | undefined {
    if (code === node.code) return node;
    const { directory } = this.#context;
    const device = directory.find(PROTOCOL, code);
    if (device !== undefined) return device;
    directory.quarantine({ protocol: PROTOCOL, code, address: speaker.address, sample: payload.sample });
    this.#intake.refused('unknown-device', node.code);
    return undefined;
  }

  #add(device: KnownDevice, { name, metric }: NamedMetric, receivedAt: number): void {
    const binding = device.factors.get(name);
    if (binding === undefined) {
      this.#context.counters.factorsUnmapped(PROTOCOL, device.code, name);
      return;
    }
    const { value, unreadable, quality = GOOD, at = receivedAt } = metric;
    if (unreadable) this.#intake.refused('bad-value', device.code);
    if (value === undefined) return;
    if (!isMoment(at)) return this.#intake.refused('bad-time', device.code);
    const mark = quality === GOOD ? QUALITY.good : QUALITY.device;
    this.#intake.rowsOf(device).add(binding.point, at, value * binding.scale + binding.offset, mark);
  }
}
