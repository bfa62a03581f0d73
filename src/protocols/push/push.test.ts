import { expect, test } from 'vitest';

import { readAppdata, readCtwing, readJson, readMoment, readOnenet, rawMember } from './index.ts';

const AT = 1_700_000_000_000;
const CTWING = {
  upPacketSN: -1,
  upDataSN: -1,
  topic: 'v1/up/ad19',
  timestamp: AT,
  tenantId: '1000000',
  serviceId: '',
  protocol: 'lwm2m',
  productId: '10000000',
  messageType: 'dataReport',
  deviceType: '',
  deviceId: '0123456789abcdef0123456789abcdef',
  assocAssetId: '',
  IMSI: '',
  IMEI: '860000000000001',
};
const NAMES = [CTWING.deviceId, CTWING.IMEI];

test('a manhole of CTWing tells the numbers of its product’s model, switches as 1 and 0, texts left out', () => {
  const payload = { level: 0.42, open: true, signal: '-87', note: 'ok', battery: { voltage: 3.6 } };
  expect(readCtwing({ ...CTWING, payload })).toEqual({
    kind: 'values',
    device: NAMES,
    at: AT,
    values: [
      ['level', 0.42],
      ['open', 1],
      ['signal', -87],
      ['battery.voltage', 3.6],
    ],
  });
});

test('a profile product of CTWing hands over its serviceData, a transparent one its bytes', () => {
  const profile = { serviceId: 'Gas', serviceData: { concentration: 12 } };
  expect(readCtwing({ ...CTWING, payload: profile })).toMatchObject({ values: [['concentration', 12]] });
  expect(readCtwing({ ...CTWING, payload: { APPdata: 'AAEC' } })).toMatchObject({
    kind: 'bytes',
    base64: 'AAEC',
  });
});

test.each([
  [{ messageType: 'deviceOnlineOfflineReport' }, { kind: 'life' }],
  [{ messageType: 'commandResponse' }, { kind: 'unknown', messageType: 'commandResponse' }],
  [{ messageType: undefined }, { kind: 'unknown', messageType: '' }],
  [
    { deviceId: '', IMEI: '' },
    { kind: 'fault', reason: 'no-device' },
  ],
  [{ timestamp: 'yesterday' }, { kind: 'fault', reason: 'bad-time' }],
  [{ payload: 'text' }, { kind: 'fault', reason: 'no-payload' }],
])('CTWing %j is %j', (change, wanted) => {
  expect(readCtwing({ ...CTWING, ...change })).toMatchObject(wanted);
});
test.each([null, 7, 'text', []])('%j is no message of CTWing', (message) => {
  expect(readCtwing(message)).toEqual({ kind: 'fault', reason: 'not-an-object' });
});

test('bytes are read by the layout, big-endian unless told; a message too short for it is not read', () => {
  const bytes = Uint8Array.from([0xff, 0x01, 0x02, 0x02, 0x01, 0x41, 0x20, 0, 0]);
  expect(
    readAppdata(bytes, [
      { factor: 'a', at: 0, type: 'i8' },
      { factor: 'b', at: 1, type: 'u16' },
      { factor: 'c', at: 3, type: 'u16le' },
      { factor: 'd', at: 5, type: 'f32' },
    ]),
  ).toEqual([
    ['a', -1],
    ['b', 258],
    ['c', 258],
    ['d', 10],
  ]);
  expect(readAppdata(bytes, [{ factor: 'e', at: 6, type: 'u32' }])).toBeUndefined();
});

const ONENET = { at: AT, imei: '860000000000002', type: 1, ds_id: '3300_0_5700', value: 21.5, dev_id: 77 };

test('OneNET sends one message, many, or their text; each is read by itself', () => {
  const msg = [ONENET, { ...ONENET, type: 2, status: 1 }, { ...ONENET, type: 7 }, { ...ONENET, at: -1 }, 3];
  const read = readOnenet({ msg, msg_signature: 'c2ln', nonce: 'abc' });
  expect(read).toMatchObject({ nonce: 'abc', signature: 'c2ln' });
  expect(read?.messages.map(({ kind }) => kind)).toEqual(['values', 'life', 'unknown', 'fault', 'fault']);
  expect(readOnenet({ msg: JSON.stringify(ONENET) })?.messages).toEqual([
    { kind: 'values', device: ['77', ONENET.imei], at: AT, values: [['3300_0_5700', 21.5]] },
  ]);
  expect(readOnenet({ msg: { ...ONENET, value: { t: 1, h: '2' } } })?.messages[0]).toMatchObject({
    values: [
      ['3300_0_5700.t', 1],
      ['3300_0_5700.h', 2],
    ],
  });
});
test.each([[{ enc_msg: 'x' }], [{ msg: '{' }], [7], [null]])(
  '%j is no push of OneNET that is read',
  (body) => {
    expect(readOnenet(body)).toBeUndefined();
  },
);

test('the signed characters of a member are taken as they were sent', () => {
  const text = '{ "nonce" : "a\\"}b", "msg" : { "at":1.0 , "x":["]",{}] }  , "n\\u0062":  7 }';
  expect(rawMember(text, 'msg')).toBe('{ "at":1.0 , "x":["]",{}] }');
  expect(rawMember(text, 'nonce')).toBe('"a\\"}b"');
  expect(rawMember(text, 'nb')).toBe('7');
  expect(rawMember(text, 'at')).toBeUndefined();
  expect(rawMember('{"a":1,"a":2}', 'a')).toBe('2');
  expect(rawMember('[]', 'a')).toBeUndefined();
});

test('a moment without a zone is Beijing’s; what is no moment is none', () => {
  const eight = Date.UTC(2026, 10, 30, 0, 0, 0);
  expect(readMoment('2026-11-30 08:00:00', 'iso')).toBe(eight);
  expect(readMoment('2026-11-30T08:00:00+08:00', 'iso')).toBe(eight);
  expect(readMoment('2026-11-30T00:00:00.250Z', 'iso')).toBe(eight + 250);
  expect(readMoment('2026/11/30 8:00:00', 'iso')).toBe(eight);
  expect(readMoment(eight / 1000 + 0.5, 's')).toBe(eight + 500);
  expect(readMoment(String(eight), 'ms')).toBe(eight);
  for (const wrong of ['', 'now', '2026-13-01 00:00:00', '2026-11-30'])
    expect(readMoment(wrong, 'iso')).toBeUndefined();
  for (const wrong of ['', -1, Number.NaN, 1e30, null, {}]) expect(readMoment(wrong, 'ms')).toBeUndefined();
});

test('a document that is nested deeper than anybody nests is none: whoever walked down it would fall', () => {
  const nested = (depth: number): string => `{"camera":"c","box":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  expect(readJson(nested(50))).toMatchObject({ camera: 'c' });
  expect(readJson(nested(20_000))).toBeUndefined();
  expect(readJson('{"camera":')).toBeUndefined();
  expect(readOnenet({ msg: nested(20_000) })).toBeUndefined();
});
