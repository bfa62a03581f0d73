import fc from 'fast-check';
import { expect, test } from 'vitest';

import { measuredValue, readGatewayTelemetry, readTelemetry } from './telemetry.ts';
import { publishedMessage } from './topic.ts';

const AT = 1_790_000_000_000;

test('bare values, values with a moment, and arrays of either', () => {
  expect(readTelemetry('{"t":1}')).toEqual([{ at: undefined, values: { t: 1 } }]);
  expect(readTelemetry(`{"ts":${AT},"values":{"t":1}}`)).toEqual([{ at: AT, values: { t: 1 } }]);
  expect(readTelemetry(`[{"t":1},{"ts":${AT}.7,"values":{"t":2}}]`)).toEqual([
    { at: undefined, values: { t: 1 } },
    { at: AT, values: { t: 2 } },
  ]);
});

test('a factor may be called ts or values, as long as it is a value', () => {
  expect(readTelemetry('{"ts":5,"values":3}')).toEqual([{ at: undefined, values: { ts: 5, values: 3 } }]);
});

test('one bad row refuses the message', () => {
  expect(readTelemetry('[{"t":1},7]')).toBe('bad-shape');
  expect(readTelemetry('{"ts":-1,"values":{"t":1}}')).toBe('bad-time');
  expect(readTelemetry('{"ts":"2026","values":{"t":1}}')).toBe('bad-time');
  expect(readTelemetry('')).toBe('bad-json');
});

test('of a gateway’s devices, one that cannot be read does not spoil the others', () => {
  const outcome = readGatewayTelemetry(`{"A":[{"ts":${AT},"values":{"t":1}}],"B":7,"__proto__":{"t":1}}`);
  if (typeof outcome === 'string') throw new Error(outcome);
  expect([...outcome.keys()]).toEqual(['A', 'B', '__proto__']);
  expect(outcome.get('B')).toBe('bad-shape');
  expect(readGatewayTelemetry('[]')).toBe('bad-shape');
});

test('booleans are 0 and 1; numbers in quotes only where allowed; nothing else is a number', () => {
  expect([true, false, 2].map((value) => measuredValue(value, 'strict'))).toEqual([1, 0, 2]);
  expect(measuredValue('2.5', 'strict')).toBeUndefined();
  expect(['2.5', ' -1e3 ', '.5', '7.'].map((text) => measuredValue(text, 'text'))).toEqual([
    2.5, -1000, 0.5, 7,
  ]);
  for (const text of ['', ' ', '0x10', 'Infinity', 'NaN', '1,5', '1e999', '-'])
    expect(measuredValue(text, 'text')).toBeUndefined();
});

test('any text is either read or refused', () => {
  const read = (text: string): boolean => {
    const outcome = readTelemetry(text);
    return typeof outcome === 'string' || outcome.every(({ values }) => typeof values === 'object');
  };
  const check = fc.check(fc.property(fc.oneof(fc.string(), fc.json()), read), { numRuns: 500, seed: 1 });
  expect(check.failed).toBe(false);
});

test('a topic with a wildcard is nobody’s to write', () => {
  expect(publishedMessage('v1/devices/me/rpc/response/7')).toBe('answer');
  expect(publishedMessage('v1/devices/me/rpc/response/;#')).toBeUndefined();
  expect(publishedMessage('v2/r/res/+')).toBeUndefined();
});
