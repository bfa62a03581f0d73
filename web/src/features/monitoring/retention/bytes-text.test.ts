import { expect, test } from 'vitest';

import { bytesText } from './bytes-text.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 KiB'],
  [8192, '8.0 KiB'],
  [300_000, '293 KiB'],
  [3.2 * 2 ** 30, '3.2 GiB'],
  [5000 * 2 ** 40, '5000 TiB'],
])('%d bytes are said as %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
