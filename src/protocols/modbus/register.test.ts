import { expect, test } from 'vitest';

import { exceptionOf } from './exceptions.ts';
import { planReads, readAlone } from './ranges.ts';
import { ORDERS, parseRegister, type Register } from './register.ts';
import { answerBytes, valueIn } from './value.ts';

const of = (key: string): Register => {
  const register = parseRegister(key);
  if (register === undefined) throw new Error(`不是寄存器：${key}`);
  return register;
};

const shape = (...keys: string[]) =>
  planReads(keys.map(of)).map(({ table, start, count }) => `${table} ${start}+${count}`);

function read(key: string, ...data: number[]): number | undefined {
  const register = of(key);
  const [range] = planReads([register]);
  return range && valueIn(range, Uint8Array.from(data), register);
}

test('a key says table, address, type, order and what stands for "no value"', () => {
  expect(of('holding:100:float32:CDAB')).toEqual({
    table: 'holding',
    address: 100,
    type: 'float32',
    order: 'CDAB',
    invalid: [],
  });
  expect(of('input:3:int16!9999!-32768')).toMatchObject({ type: 'int16', invalid: [9999, -32_768] });
  expect(of('coil:5')).toMatchObject({ table: 'coil', address: 5, type: 'bit' });
  expect(of('holding:65534:uint32')).toMatchObject({ order: 'ABCD' });
});

test.each([
  'holding:1',
  'register:1:int16',
  'holding:1:int64',
  'holding:1:int16:ABCD',
  'holding:1:float32:ABDC',
  'holding:65536:int16',
  'holding:65535:float32',
  'holding:-1:int16',
  'coil:1:int16',
  'coil:1!0',
  'holding:1:int16!',
  ' holding:1:int16',
  '40001',
  '',
])('%j is no register', (key) => {
  expect(parseRegister(key)).toBeUndefined();
});

test('a float of 32 bits is the same in each of the four orders', () => {
  // 1.7 is 3F D9 99 9A.
  const wires: Readonly<Record<(typeof ORDERS)[number], number[]>> = {
    ABCD: [0x3f, 0xd9, 0x99, 0x9a],
    CDAB: [0x99, 0x9a, 0x3f, 0xd9],
    BADC: [0xd9, 0x3f, 0x9a, 0x99],
    DCBA: [0x9a, 0x99, 0xd9, 0x3f],
  };
  for (const order of ORDERS) expect(read(`holding:0:float32:${order}`, ...wires[order])).toBeCloseTo(1.7, 6);
});

test('words are read with and without a sign', () => {
  expect(read('input:0:int16', 0xff, 0x9c)).toBe(-100);
  expect(read('input:0:uint16', 0xff, 0x9c)).toBe(65_436);
  expect(read('input:0:int32:CDAB', 0xff, 0xfe, 0xff, 0xff)).toBe(-2);
  expect(read('input:0:uint32', 0xff, 0xff, 0xff, 0xfe)).toBe(4_294_967_294);
});

test('what a device writes where it has no value is none', () => {
  expect(read('input:0:int16!9999', 0x27, 0x0f)).toBeUndefined();
  expect(read('input:0:int16!9999', 0x27, 0x10)).toBe(10_000);
  expect(read('input:0:float32', 0x7f, 0xc0, 0, 0)).toBeUndefined();
  expect(read('input:0:float32', 0xff, 0x80, 0, 0)).toBeUndefined();
  expect(read('input:0:float32!1.7', 0x3f, 0xd9, 0x99, 0x9a)).toBeUndefined();
});

test('neighbours are read together, over small gaps, never more than a request may ask for', () => {
  expect(shape('holding:10:float32', 'holding:0:int16', 'holding:1:int16')).toEqual(['holding 0+12']);
  expect(shape('holding:0:int16', 'holding:20:int16', 'input:1:int16')).toEqual([
    'holding 0+1',
    'holding 20+1',
    'input 1+1',
  ]);
  const many = Array.from({ length: 130 }, (_, at) => `holding:${at}:uint16`);
  expect(shape(...many)).toEqual(['holding 0+125', 'holding 125+5']);
  expect(shape('coil:0', 'coil:40', 'coil:200')).toEqual(['coil 0+41', 'coil 200+1']);
});

test('a value that two keys read is one request, also when each is read alone', () => {
  const [range] = planReads(['holding:0:int16', 'holding:0:uint16', 'holding:4:float32'].map(of));
  expect(range?.count).toBe(6);
  expect(range && readAlone(range).map(({ start, count }) => [start, count])).toEqual([
    [0, 1],
    [4, 2],
  ]);
});

test('bits lie from the lowest on; a value is found where its range begins before it', () => {
  const [bits] = planReads(['coil:3', 'coil:12'].map(of));
  const bitAt = (at: number) => bits && valueIn(bits, Uint8Array.of(0b1, 0b10), of(`coil:${at}`));
  expect([3, 11, 12].map(bitAt)).toEqual([1, 0, 1]);
  const [words] = planReads(['input:3:int16', 'input:5:int16'].map(of));
  expect(words && valueIn(words, Uint8Array.of(0, 1, 0, 2, 0, 3), of('input:5:int16'))).toBe(3);
  expect(answerBytes({ table: 'coil', count: 9 })).toBe(2);
  expect(answerBytes({ table: 'input', count: 9 })).toBe(18);
});

test('an exception has a name, one that nobody knows too', () => {
  expect([1, 2, 3, 4, 5, 6, 0x0a, 0x0b, 0x63].map(exceptionOf)).toEqual([
    'illegal-function',
    'illegal-data-address',
    'illegal-data-value',
    'server-device-failure',
    'acknowledge',
    'server-device-busy',
    'gateway-path-unavailable',
    'gateway-target-failed',
    'unknown-exception',
  ]);
});
