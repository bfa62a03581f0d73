import { isMoment } from '#base';
import {
  rawMember,
  readAppdata,
  readCtwing,
  readOnenet,
  readVideo,
  VIDEO_PRESETS,
  type VideoRead,
} from '#protocols/push';

import { readDocuments } from '../../src/services/monitoring/intake/read-documents.ts';
import { spoilBytes, spoilDocument } from './spoil.ts';
import { below, check, type FuzzTally, pick, type Random } from './target.ts';

const AT = 1_782_000_000_000;

const CTWING = {
  timestamp: AT,
  messageType: 'dataReport',
  productId: '10000000',
  deviceId: '0123456789abcdef0123456789abcdef',
  IMEI: '860000000000001',
  payload: { level: 0.42, open: true, signal: '-87', battery: { voltage: 3.6 }, APPdata: undefined },
};
const ONENET = {
  msg: [
    { type: 1, dev_id: 2016617, ds_id: '3200_0_5505', at: AT, value: 12.5 },
    { type: 1, dev_id: 2016617, ds_id: '3303_0', at: AT, value: { temperature: 41.5, on: true } },
    { type: 2, dev_id: 2016617, status: 1, at: AT },
  ],
  msg_signature: 'message signature',
  nonce: 'abcdefgh',
};
const BOX = {
  id: 'e1',
  time: '2026-06-21T08:00:00+08:00',
  camera: 'cam-1',
  kind: 'fire',
  confidence: 0.93,
  box: [1, 2, 3, 4],
  image: 'data:image/png;base64,AAAA',
  alert_time: 1_782_000_000,
  source: { id: 'cam-1' },
  alg: { name: 'smoke', ch_name: '烟' },
  reserved_data: { bbox: { rectangles: [{ xyxy: [1, 2, 3, 4], conf: 0.9 }] } },
  bizData: {
    eventId: 'e2',
    eventTime: AT,
    deviceSn: 's',
    channelNumber: 1,
    detailData: [{ image: 'x', objects: [{ label: 'person', confidence: 91, bbox: [1, 2] }] }],
  },
  channelId: '31011500001320000001',
  alarmTime: '2026-06-21T08:00:00',
  alarmMethod: '5',
  alarmType: '6',
};
const ISAPI = `<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
<ipAddress>10.0.0.8</ipAddress><macAddress>44:19:b6:00:00:01</macAddress><channelID>1</channelID>
<dateTime>2026-06-21T08:00:00+08:00</dateTime><eventType>fielddetection</eventType><eventState>active</eventState>
<eventDescription>field &amp; detection</eventDescription>
<DetectionRegionList><DetectionRegionEntry><regionID>0</regionID></DetectionRegionEntry></DetectionRegionList>
</EventNotificationAlert>`;
const MULTIPART = [
  '--boundary\r\nContent-Type: application/xml\r\n\r\n',
  ISAPI,
  '\r\n--boundary\r\nContent-Type: image/jpeg\r\n\r\n\u00ff\u00d8\u00ff\u00e0picture\r\n--boundary--\r\n',
].join('');
const BODIES: readonly [Buffer, ...Buffer[]] = [
  Buffer.from(ISAPI),
  Buffer.from(MULTIPART, 'latin1'),
  Buffer.from(JSON.stringify(BOX)),
];

const LAYOUT = [
  { at: 0, type: 'u16', factor: 'a' },
  { at: 2, type: 'f32le', factor: 'b' },
  { at: 6, type: 'i8', factor: 'c' },
] as const;
const MOST_PARTS = 50;
const DEPTH = 20_000;
const DEEP = `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`;

/**
 * Pushes of clouds and boxes: documents with odd members, bodies with spoilt bytes. Nothing throws, what is read is finite, named
 * and dated, and the good one after it is read as ever.
 */
export function fuzzPushes(rounds: number, random: Random): FuzzTally {
  const tally = { frames: 0, refused: 0 };
  for (let round = 0; round < rounds; round += 1) {
    count(tally, clouds(random));
    count(tally, body(random));
    check(readCtwing(CTWING).kind === 'values', '坏的之后，好的照读', 'CTWing');
  }
  return tally;
}

function count(tally: FuzzTally, read: readonly boolean[]): void {
  for (const isRead of read) tally[isRead ? 'frames' : 'refused'] += 1;
}

function clouds(random: Random): readonly boolean[] {
  const given = spoilDocument(CTWING, random);
  const read = readCtwing(given);
  if (read.kind === 'values') checkValues(read.at, read.values, given);
  if ('device' in read)
    check(
      read.device.every((one) => one !== ''),
      '设备有名字',
      given,
    );
  const onenet = spoilDocument(ONENET, random);
  const messages = readOnenet(onenet)?.messages ?? [];
  for (const one of messages) if (one.kind === 'values') checkValues(one.at, one.values, onenet);
  const bytes = Uint8Array.from({ length: below(random, 12) }, () => below(random, 256));
  check((readAppdata(bytes, LAYOUT) === undefined) === bytes.length < 7, '太短的才不读', bytes);
  return [read.kind === 'values', ...messages.map(({ kind }) => kind === 'values')];
}

function checkValues(at: number, values: readonly (readonly [string, number])[], given: unknown): void {
  check(isMoment(at), '时刻可信', given);
  check(
    values.every(([, value]) => Number.isFinite(value)),
    '读数都是有限的数',
    given,
  );
}

/** A body as a box sends it; now and then one nested so deep that whoever walks down it falls. */
function someBody(random: Random): Buffer {
  const way = random();
  if (way < 0.002) return Buffer.from(JSON.stringify(BOX).replace('[1,2,3,4]', DEEP));
  if (way < 0.3) return Buffer.from(JSON.stringify(spoilDocument(BOX, random)));
  return Buffer.from(spoilBytes(pick(random, BODIES), random));
}

function body(random: Random): readonly boolean[] {
  const raw = someBody(random);
  const { documents, pictures, unreadable } = readDocuments(raw);
  check(documents.length + pictures.length + unreadable <= MOST_PARTS, '件数有上限', raw);
  const size = pictures.reduce((sum, { length }) => sum + length, 0);
  check(size <= raw.length, '图片不比收到的多', raw);
  return documents.flatMap((document) => {
    // As a sample of it is kept.
    const text = JSON.stringify(document, (_, value: unknown) => value);
    rawMember(text, 'msg');
    return VIDEO_PRESETS.map(({ mapping }) => isSeen(readVideo(document, mapping), raw));
  });
}

function isSeen(read: VideoRead, raw: Buffer): boolean {
  if (read.kind !== 'events') return false;
  for (const { camera, confidence = 0, at = AT } of read.events) {
    check(camera !== '' && confidence >= 0 && confidence <= 1, '摄像机有名字、置信度在 0 与 1 之间', raw);
    check(isMoment(at), '时刻可信', raw);
  }
  return true;
}
