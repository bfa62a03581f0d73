import { expect, test } from 'vitest';

import { isPhone, maskPhone } from './phone.ts';

test.each([
  ['13812345678', '138****5678'],
  ['138 1234 5678', '138****5678'],
  ['021-58881234', '021****1234'],
  ['58881234', '****1234'],
  ['12345', '****45'],
])('%s is shown as %s', (phone, masked) => {
  expect(isPhone(phone)).toBe(true);
  expect(maskPhone(phone)).toBe(masked);
  expect(maskPhone(phone)).not.toContain(phone.replaceAll(/\D/gu, '').slice(-8, -4));
});

test.each(['', 'abc', '1', '138;drop', '138\u0000', '1'.repeat(40)])('%j is no phone number', (text) => {
  expect(isPhone(text)).toBe(false);
});
