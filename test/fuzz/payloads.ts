import { DATATYPE, decodePayload, encodePayload, NodeHost, parseTopic } from '#protocols/sparkplug';
import {
  maySubscribe,
  measuredValue,
  publishedMessage,
  readAttributes,
  readGatewayAttributes,
  readGatewayDevice,
  readGatewayTelemetry,
  readTelemetry,
  type TelemetryOutcome,
} from '#protocols/thingsboard';

import { spoilBytes, spoilDocument, spoilText } from './spoil.ts';
import { below, check, type FuzzTally, pick, type Random } from './target.ts';

const AT = 1_782_000_000_000;
const TELEMETRY = [
  { temperature: 21.5, on: true, text: '3.5' },
  { ts: AT, values: { temperature: 21.5, humidity: 60 } },
];
const GATEWAY = { 'Device A': TELEMETRY, 'Device B': [{ ts: AT, values: { level: 1 } }] };
const WILD = ['+', '#'];
const DEPTH = 20_000;
const TOPICS: readonly [string, ...string[]] = [
  'v1/devices/me/telemetry',
  'v1/gateway/attributes',
  'v1/devices/me/rpc/response/7',
  'spBv1.0/group/DDATA/node/device',
];

/** Telemetry of ThingsBoard: odd documents and spoilt texts are read or refused by name; no refusal touches the next message. */
export function fuzzThingsBoard(rounds: number, random: Random): FuzzTally {
  const tally = { frames: 0, refused: 0 };
  const good = JSON.stringify(TELEMETRY);
  for (let round = 0; round < rounds; round += 1) {
    const text = random() < 0.5 ? odd(TELEMETRY, random) : spoilText(good, random);
    const gateway = random() < 0.5 ? odd(GATEWAY, random) : spoilText(JSON.stringify(GATEWAY), random);
    const byDevice = readGatewayTelemetry(gateway);
    const outcomes = [
      readTelemetry(text),
      readAttributes(text),
      ...(typeof byDevice === 'string' ? [byDevice] : byDevice.values()),
    ];
    for (const outcome of outcomes) tally[isRead(outcome, text) ? 'frames' : 'refused'] += 1;
    readGatewayAttributes(gateway);
    check(readGatewayDevice(gateway) !== '', '设备有名字', gateway);
    const topic = spoilText(pick(random, TOPICS), random);
    const isOwn = publishedMessage(topic) !== undefined;
    check(!isOwn || !WILD.some((one) => topic.includes(one)), '能写的主题里没有通配符', topic);
    maySubscribe(topic);
    check(typeof readTelemetry(good) !== 'string', '坏的之后，好的照读', good);
  }
  return tally;
}

function odd(document: unknown, random: Random): string {
  if (random() < 0.002) return `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`;
  return JSON.stringify(spoilDocument(document, random)) ?? '';
}

function isRead(outcome: TelemetryOutcome, given: string): boolean {
  if (typeof outcome === 'string') return false;
  for (const { at = AT, values } of outcome) {
    check(Number.isSafeInteger(at), '时刻是整毫秒', given);
    for (const value of Object.values(values))
      for (const rule of ['strict', 'text'] as const)
        check(Number.isFinite(measuredValue(value, rule) ?? 0), '读数都是有限的数', given);
  }
  return true;
}

const METRICS = [
  { name: 'bdSeq', datatype: DATATYPE.int64, value: 7 },
  { name: 'Node Control/Rebirth', datatype: DATATYPE.boolean, value: false },
  { name: 'level', alias: 1, at: AT, datatype: DATATYPE.double, value: 1.5 },
  { name: 'count', alias: 2, at: AT, datatype: DATATYPE.int16, value: -3 },
  { name: 'state', alias: 3, datatype: DATATYPE.uint32, value: 4_000_000_000 },
  { name: 'none', alias: 4, datatype: DATATYPE.float, value: undefined },
];
const BIRTH = encodePayload({ at: AT, seq: 0, metrics: METRICS });
const DATA = encodePayload({
  at: AT,
  seq: 1,
  metrics: [{ alias: 1, datatype: DATATYPE.double, value: 2.5 }],
});
const KINDS = ['NBIRTH', 'NDATA', 'NDEATH', 'DBIRTH', 'DDATA', 'DDEATH', 'NCMD'] as const;

/** Sparkplug payloads spoilt on their way to a host: read or refused; after a birth the node is understood again. */
export function fuzzSparkplug(rounds: number, random: Random): FuzzTally {
  const tally = { frames: 0, refused: 0 };
  const host = new NodeHost('group/node');
  for (let round = 0; round < rounds; round += 1) {
    const bytes = spoilBytes(random() < 0.5 ? BIRTH : DATA, random);
    const payload = decodePayload(bytes);
    tally[payload ? 'frames' : 'refused'] += 1;
    const type = pick(random, KINDS);
    const device = type.startsWith('D') ? `device${below(random, 5)}` : undefined;
    if (payload) {
      check(payload.metrics.length <= bytes.length, '量的个数不比字节多', bytes);
      for (const { value = 0 } of payload.metrics) check(Number.isFinite(value), '读数都是有限的数', bytes);
      host.hear({ type, node: 'group/node', device }, payload, AT + round * 1000);
      check(host.devices.size <= 5, '记着的设备不比来过的多', bytes);
    }
    parseTopic(spoilText(`spBv1.0/group/${type}/node/${device ?? ''}`, random));
    check(isUnderstood(host, AT + round * 1000), '重新出生之后，照样听得懂', bytes);
  }
  return tally;
}

function isUnderstood(host: NodeHost, now: number): boolean {
  const node = { node: 'group/node', device: undefined };
  const birth = decodePayload(BIRTH);
  const data = decodePayload(DATA);
  if (!birth || !data) return false;
  host.hear({ ...node, type: 'NBIRTH' }, birth, now);
  const [heard] = host.hear({ ...node, type: 'NDATA' }, data, now).metrics;
  return heard?.name === 'level' && heard.metric.value === 2.5;
}
