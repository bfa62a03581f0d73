import { expect, test } from 'vitest';
import { hexText } from './bcd.ts';
import { definedDecimals } from './body.ts';
import { definedData, numberData } from './number-data.ts';
import { measuredNumber } from './value.ts';

test.each([0, 13, 10.49, -1.72, 0.000125, 123_456.789, -40, 0.1 + 0.2, 99.9999999])(
  '%s 写出去再读回来还是它',
  (value) => {
    const { definition, raw } = numberData(value);
    expect(measuredNumber(raw, definedDecimals(definition))).toBeCloseTo(value, 7);
  },
);

test.each([
  [10.49, 0x23, '00010490'],
  [-1.72, 0x2a, 'FF00000172'],
  [undefined, 0x19, 'FFFFFF'],
  [123_456, 0x10, 'FFFF'],
])('%s 照定义写；写不下与没有值是缺测', (value, definition, raw) => {
  expect(hexText(definedData(value, definition))).toBe(raw);
});
