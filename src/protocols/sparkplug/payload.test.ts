import fc from 'fast-check';
import { expect, test } from 'vitest';

import { DATATYPE, decodePayload, encodePayload } from './payload.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

test('a payload is read field by field as sparkplug_b.proto numbers them', () => {
  // timestamp=1000; metric {name "T", alias 5, timestamp 999, datatype Double, double 21.5}; seq=7. Put together by hand.
  const payload = decodePayload(
    bytes('08 e807  12 13  0a 01 54  10 05  18 e707  20 0a  69 0000000000803540  18 07'),
  );
  expect(payload).toEqual({
    seq: 7,
    metrics: [
      { name: 'T', alias: 5, at: 999, datatype: 10, value: 21.5, unreadable: false, quality: undefined },
    ],
  });
});

test('fields we do not open (metadata, uuid, body) are passed over', () => {
  // metric {name "T", metadata {size 3}, datatype Float, float 1.5}, uuid "u", body 01
  const payload = decodePayload(
    bytes('12 0e  0a 01 54  42 02 18 03  20 09  65 0000c03f  22 01 75  2a 01 01'),
  );
  expect(payload?.metrics).toMatchObject([{ name: 'T', value: 1.5 }]);
});

test('a metric without a time of its own has the payload’s', () => {
  const payload = decodePayload(
    encodePayload({ at: 5000, metrics: [{ name: 'a', datatype: DATATYPE.int32, value: 1 }] }),
  );
  expect(payload?.metrics[0]?.at).toBe(5000);
});

test('negative whole numbers are told as they are, however wide the sender wrote them', () => {
  const read = (datatype: number, intHex: string): number | undefined =>
    decodePayload(
      bytes(`12 ${(2 + 1 + intHex.length / 2).toString(16).padStart(2, '0')} 20 0${datatype} 50 ${intHex}`),
    )?.metrics[0]?.value;
  expect(read(DATATYPE.int8, 'fb01')).toBe(-5); // 251: cut to eight bits
  expect(read(DATATYPE.int8, 'fbffffff0f')).toBe(-5); // sign extended to 32
  expect(read(DATATYPE.int16, 'fbff03')).toBe(-5);
  expect(read(DATATYPE.int32, 'fbffffff0f')).toBe(-5);
  expect(read(DATATYPE.int32, 'fbffffffffffffffff01')).toBe(-5);
  expect(read(DATATYPE.uint32, 'fbffffff0f')).toBe(4_294_967_291);
});

test('64-bit numbers keep sign or size as their type says', () => {
  const back = (datatype: number, value: number): number | undefined =>
    decodePayload(encodePayload({ metrics: [{ name: 'n', datatype, value }] }))?.metrics[0]?.value;
  expect(back(DATATYPE.int64, -5)).toBe(-5);
  expect(back(DATATYPE.uint64, 2 ** 40)).toBe(2 ** 40);
});

test('null is no value; text, dates, data sets and what is no number are unreadable, never guessed', () => {
  const metrics = decodePayload(
    // null; string "on"; dataset; double NaN
    bytes(
      '12 04 20 0a 38 01  12 06 20 0c 7a 02 6f 6e  12 07 20 10 8a01 02 08 01  12 0b 20 0a 69 000000000000f87f',
    ),
  )?.metrics;
  expect(metrics?.map(({ value, unreadable }) => [value, unreadable])).toEqual([
    [undefined, false],
    [undefined, true],
    [undefined, true],
    [undefined, true],
  ]);
  const date = encodePayload({ metrics: [{ name: 'd', datatype: DATATYPE.dateTime, value: 1000 }] });
  expect(decodePayload(date)?.metrics[0]).toMatchObject({ value: undefined, unreadable: true });
});

test('the quality a node gives of its own value is heard', () => {
  // metric {name "T", properties {keys ["Quality"], values [{type Int32, int 500}]}, boolean true}
  const payload = decodePayload(
    bytes('12 17  0a 01 54  4a 10 0a 07 5175616c697479 12 05 08 03 18 f4 03  70 01'),
  );
  expect(payload?.metrics[0]).toMatchObject({ value: 1, quality: 500 });
});

test('any bytes are either read or refused', () => {
  const read = (random: Uint8Array): boolean => {
    const payload = decodePayload(random);
    return payload === undefined || Array.isArray(payload.metrics);
  };
  const check = fc.check(fc.property(fc.uint8Array({ maxLength: 200 }), read), { numRuns: 2000, seed: 1 });
  expect(check.failed).toBe(false);
});
