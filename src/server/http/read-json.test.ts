import { expect, test } from 'vitest';

import { readJson } from './read-json.ts';

const nested = (depth: number): Buffer =>
  Buffer.from(`{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`);

test('a body is read as it is written', () => {
  expect(readJson(Buffer.from('{"a":[1,{"b":null}],"c":"[[["}'))).toEqual({ a: [1, { b: null }], c: '[[[' });
  expect(readJson(Buffer.from('7'))).toBe(7);
});

test.each(['', '{', 'NaN', "{'a':1}", '[1,]'])('%j is no JSON', (text) => {
  expect(() => readJson(Buffer.from(text))).toThrow(
    expect.objectContaining({ code: 'input.malformed-json' }) as Error,
  );
});

test('a body nested without end is refused before anything walks down it', () => {
  expect(readJson(nested(60))).toBeDefined();
  for (const depth of [70, 100_000])
    expect(() => readJson(nested(depth))).toThrow(
      expect.objectContaining({ code: 'input.invalid' }) as Error,
    );
});
