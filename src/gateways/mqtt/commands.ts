import { Conversations } from '#gateways/line';
import type { CommandOutcome, DeviceCommand, DeviceDirectory } from '#model/monitoring';
import {
  addressOf,
  type NamedMetric,
  rebirthCommand,
  type SparkplugTopic,
  writeCommand,
} from '#protocols/sparkplug';
import {
  answeredCall,
  callTopic,
  encodeCall,
  encodeGatewayCall,
  GATEWAY_CALLS,
  readGatewayAnswer,
  type RpcCall,
} from '#protocols/thingsboard';

import type { Lane } from './lane.ts';
import { PROTOCOL } from './options.ts';

const ANSWER_MS = 10_000;
const SHOWN = 300;

type Asked<Kind extends DeviceCommand['kind']> = Extract<DeviceCommand, { kind: Kind }>;

interface CommandParts {
  readonly directory: DeviceDirectory;
  /** The newest connection of whoever signed in as this device. */
  readonly laneOf: (deviceCode: string) => Lane | undefined;
  readonly answerWithinMs?: number | undefined;
}

/**
 * What one asks of a device: ThingsBoard's calls, answered by their number; of Sparkplug's nodes a rebirth, answered by the birth, or
 * a metric's value, answered by the device's next report of that value (the standard has no other answer).
 */
export class MqttCommands {
  readonly #parts: CommandParts;
  readonly #withinMs: number;
  readonly #answers = new Conversations<string>();
  readonly #births = new Conversations<number>();
  /** Values that somebody waits for, by device and metric. */
  readonly #awaited = new Map<string, number>();
  readonly #written = new Conversations<number>();
  #lastCall = 0;

  constructor(parts: CommandParts) {
    this.#parts = parts;
    this.#withinMs = parts.answerWithinMs ?? ANSWER_MS;
  }

  ask(deviceCode: string, command: DeviceCommand): Promise<CommandOutcome> {
    switch (command.kind) {
      case 'rpc':
        return this.#call(deviceCode, command);
      case 'rebirth':
        return this.#rebirth(deviceCode);
      case 'write-metric':
        return this.#write(deviceCode, command);
      case 'set-clock':
      case 'query-now':
      case 'query-picture':
      case 'query-text':
      case 'back-fill':
      case 'set-interval':
      case 'duty-check':
        return Promise.resolve({ kind: 'unsupported' });
    }
    return command satisfies never;
  }

  /** A device has answered a call. */
  answered(speaker: string, topic: string, text: string): void {
    if (topic !== GATEWAY_CALLS) {
      this.#answers.answer(`${speaker} ${answeredCall(topic)}`, text);
      return;
    }
    const said = readGatewayAnswer(text);
    if (said) this.#answers.answer(`${speaker} ${said.id} ${said.device}`, JSON.stringify(said.data ?? null));
  }

  /** A Sparkplug node has been heard. */
  heard({ type, node }: SparkplugTopic, metrics: readonly NamedMetric[]): void {
    if (type === 'NBIRTH') this.#births.answer(node, metrics.length);
    if (this.#awaited.size === 0) return;
    for (const { device, name, metric } of metrics) {
      const key = `${device} ${name}`;
      if (metric.value !== undefined && isSame(this.#awaited.get(key), metric.value))
        this.#written.answer(key, metric.value);
    }
  }

  close(): void {
    for (const conversations of [this.#answers, this.#births, this.#written]) conversations.close();
  }

  async #call(deviceCode: string, { method, params }: Asked<'rpc'>): Promise<CommandOutcome> {
    const via = this.#parts.directory.find(PROTOCOL, deviceCode)?.settings.via;
    const lane = this.#parts.laneOf(via ?? deviceCode);
    if (lane === undefined) return { kind: 'not-connected' };
    this.#lastCall += 1;
    const call: RpcCall = { id: this.#lastCall, method, params: JSON.parse(params) as unknown };
    const filters = lane.session.listensTo;
    const topic = via === undefined ? callTopic(filters, call.id) : gatewayTopic(filters);
    if (topic === undefined) return deaf(via === undefined ? 'v1/devices/me/rpc/request/+' : GATEWAY_CALLS);
    const said = via === undefined ? encodeCall(call) : encodeGatewayCall(deviceCode, call);
    const key = via === undefined ? `${deviceCode} ${call.id}` : `${via} ${call.id} ${deviceCode}`;
    const heard = await this.#answers.ask(key, this.#withinMs, () => lane.tell(topic, Buffer.from(said)));
    if (heard.kind !== 'answered') return heard;
    const shown = heard.answer.length > SHOWN ? `${heard.answer.slice(0, SHOWN)}…` : heard.answer;
    return { kind: 'done', text: `设备回答：${shown === '' ? '（空）' : shown}` };
  }

  async #rebirth(deviceCode: string): Promise<CommandOutcome> {
    const found = this.#nodeOf(deviceCode);
    if ('kind' in found) return found;
    const { lane, node, topic } = found;
    const heard = await this.#births.ask(node, this.#withinMs, () =>
      lane.tell(topic.node, rebirthCommand(Date.now())),
    );
    if (heard.kind !== 'answered') return heard;
    return { kind: 'done', text: `节点已重报出生证明，报来 ${heard.answer} 个指标。` };
  }

  async #write(deviceCode: string, { metric, value }: Asked<'write-metric'>): Promise<CommandOutcome> {
    const found = this.#nodeOf(deviceCode);
    if ('kind' in found) return found;
    const { lane, topic } = found;
    const datatype = lane.session.host.datatypeOf(deviceCode, metric);
    if (datatype === undefined)
      return {
        kind: 'refused',
        text: `出生证明里没有指标“${metric}”，没有下发。请核对指标名，或先让节点重报出生证明。`,
      };
    const key = `${deviceCode} ${metric}`;
    this.#awaited.set(key, value);
    const heard = await this.#written.ask(key, this.#withinMs, () =>
      lane.tell(topic.own, writeCommand({ name: metric, datatype, value }, Date.now())),
    );
    if (this.#awaited.get(key) === value) this.#awaited.delete(key);
    if (heard.kind !== 'answered') return heard;
    return { kind: 'done', text: `设备报来 ${metric} = ${heard.answer}，已照写。` };
  }

  /** The connection of the node that a Sparkplug device stands behind, and the topics it is told things on. */
  #nodeOf(deviceCode: string):
    | {
        readonly lane: Lane;
        readonly node: string;
        readonly topic: { readonly node: string; readonly own: string };
      }
    | CommandOutcome {
    const own = addressOf(deviceCode);
    const node = own && addressOf(own.node);
    if (own === undefined || node === undefined)
      return {
        kind: 'refused',
        text: '这台设备不是 Sparkplug 节点（编码须是“组/节点”或“组/节点/设备”），没有下发。',
      };
    const lane = this.#parts.laneOf(own.node);
    if (lane === undefined) return { kind: 'not-connected' };
    const filters = [...lane.session.listensTo];
    const wanted = deviceCode === own.node ? [node.topic] : [node.topic, own.topic];
    const missing = wanted.find((topic) => !filters.some((filter) => matches(filter, topic)));
    if (missing !== undefined) return deaf(missing);
    return { lane, node: own.node, topic: { node: node.topic, own: own.topic } };
  }
}

function gatewayTopic(filters: Iterable<string>): string | undefined {
  return [...filters].includes(GATEWAY_CALLS) ? GATEWAY_CALLS : undefined;
}

function deaf(topic: string): CommandOutcome {
  return { kind: 'refused', text: `设备连着，但没有订阅 ${topic}，收不到下发。请在设备上打开远程命令。` };
}

/** A float comes back as its nearest in 32 bits. */
function isSame(wanted: number | undefined, given: number): boolean {
  return wanted !== undefined && (wanted === given || Math.fround(wanted) === given);
}

/** `+` and `#` only stand where rights allow them: for the device behind a node. */
function matches(filter: string, topic: string): boolean {
  if (filter === topic) return true;
  const levels = topic.split('/');
  const given = filter.split('/');
  return (
    given.every((level, i) => level === '#' || level === '+' || level === levels[i]) &&
    (given.at(-1) === '#' || given.length === levels.length)
  );
}
