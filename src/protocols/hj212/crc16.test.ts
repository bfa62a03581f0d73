import { expect, test } from 'vitest';
import { encodeText } from './coding.ts';
import { crcHj212, crcModbus, crcOf, crcText, nameCrc } from './crc16.ts';

const ANNEX_A = encodeText(
  'QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&',
);

test('附录 A 的例子校验为 1C80，用 Modbus 算会得到 0759', () => {
  expect(crcText(crcHj212(ANNEX_A))).toBe('1C80');
  expect(crcText(crcModbus(ANNEX_A))).toBe('0759');
});

test('2025 年附录的例子校验为 2200', () => {
  const text = 'QN=20240601085857223;ST=32;CN=1011;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&&&';
  expect(crcText(crcHj212(encodeText(text)))).toBe('2200');
});

test('错误的校验码能说出是哪一种算法', () => {
  expect(nameCrc(0x1c80, ANNEX_A)).toBe('hj212');
  expect(nameCrc(0x0759, ANNEX_A)).toBe('modbus');
  expect(nameCrc(0x5907, ANNEX_A)).toBe('modbus-swapped');
  expect(nameCrc(0x1c08, ANNEX_A)).toBeUndefined();
});

test('只算给定的一段', () => {
  const padded = encodeText('##0101').length;
  const frame = Uint8Array.of(...encodeText('##0101'), ...ANNEX_A, ...encodeText('1C80'));
  expect(crcOf('hj212', frame, padded, padded + ANNEX_A.length)).toBe(0x1c80);
});
