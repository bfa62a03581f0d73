import { afterAll, beforeAll, expect, test } from 'vitest';

import { encodeFrame } from '#protocols/hj212';

import { Station } from './testing.ts';
import { testFrames } from './test-frames.ts';

let station: Station;
beforeAll(async () => {
  station = await Station.open();
});
afterAll(() => station.close());

// HJ 212-2017 annex A; SL 651-2014 as a station sends it.
const ANNEX =
  '##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80';
const STATION =
  '7E7E05001122334403E832002B020034170718110016F1F1001122334448F0F01707181100201900004026190000403923000104903812109903A421';

test('what somebody pastes is read as the gateway reads it, and it is told whose it is', async () => {
  await station.device('010000A8900016F000169DC0', [], 'hj212');
  const { items } = await testFrames(station.request(), {
    body: { protocol: 'hj212', text: `${ANNEX}\n\n${ANNEX.replace('1C80', '1C08')}\n` },
  });
  expect(items).toMatchObject([
    { accept: true, reason: null, code: '010000A8900016F000169DC0', device: expect.any(Number) as number },
    { accept: false, code: '010000A8900016F000169DC0' },
  ]);
  expect(items[1]?.reason).toMatch(/校验/u);
});

test('hex is read as bytes; a station that nobody registered is named', async () => {
  const { items } = await testFrames(station.request(), { body: { protocol: 'sl651', text: STATION } });
  expect(items).toMatchObject([{ accept: true, code: '0011223344', device: null }]);
});

test('Chinese inside a frame is read as the bytes it is', async () => {
  const frame = encodeFrame({
    fields: [
      ['QN', '20260801085857223'],
      ['CN', '3020'],
      ['MN', 'M1'],
    ],
    groups: [[['i12001-Info', '采样泵正常']]],
    trailingSemicolon: false,
    coding: 'utf-8',
  });
  const text = new TextDecoder().decode(frame);
  const { items } = await testFrames(station.request(), { body: { protocol: 'hj212', text } });
  expect(items).toMatchObject([{ accept: true, decode: { factors: { i12001: { Info: '采样泵正常' } } } }]);
});

// A gateway's heartbeat: GB/T 26875.3-2011 type 21, as fire panels' transmitters send it.
const HEARTBEAT = '404001000101000000000000112233445566000000000000080002150100000000000000';

test('a transmitter of fire alarms is named by the six bytes of its source address, as it is registered', async () => {
  const { items } = await testFrames(station.request(), { body: { protocol: 'gb26875', text: HEARTBEAT } });
  expect(items[0]?.code).toMatch(/^112233445566$/iu);
});

test('rubbish is refused line by line with a reason, and a flood of lines is cut off with a count', async () => {
  const { items, left } = await testFrames(station.request(), {
    body: { protocol: 'gb26875', text: '这不是报文\n'.repeat(130) },
  });
  expect(left).toBe(30);
  expect(items).toHaveLength(100);
  expect(items[0]).toMatchObject({ accept: false, device: null });
  expect(items[0]?.reason).not.toBe('');
});
