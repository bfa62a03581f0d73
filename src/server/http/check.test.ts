import { expect, test } from 'vitest';
import { z } from 'zod';

import { check } from './check.ts';

const open = z.object({ name: z.string(), columns: z.record(z.string(), z.unknown()) });

test('every wrong field is named', () => {
  expect(() => check(open, { name: 7 })).toThrow(
    expect.objectContaining({
      code: 'input.invalid',
      details: { issues: expect.stringMatching(/name .*；columns /u) },
    }) as Error,
  );
});

test.each(['a\u0000', '\uD800a'])('%j is refused as a value and as a name of the sender’s own', (text) => {
  for (const columns of [{ x: text }, { x: [{ y: text }] }, { [text]: 1 }, { x: { [text]: 1 } }])
    expect(() => check(open, { name: '甲', columns })).toThrow(
      expect.objectContaining({ code: 'input.invalid' }) as Error,
    );
  expect(check(open, { name: '甲', columns: { '\u0007😀': '\t' } })).toBeDefined();
});
