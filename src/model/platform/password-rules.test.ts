import { expect, test } from 'vitest';

import { isTrivialPin, narrowScope, passwordFaults } from './index.ts';

test.each([
  ['Pudong-Tower-88', 'flood.head', []],
  ['东方明珠Tower88', 'flood.head', []],
  ['Short-1', 'x', ['short']],
  ['', 'x', ['short', 'classes']],
  ['alllowercase123', 'x', ['classes']],
  ['12345678901', 'x', ['classes']],
  ['My-Flood.Head-77', 'flood.head', ['username']],
  ['Password@2026', 'x', ['common']],
  ['P@ssw0rd12345', 'x', ['common']],
  ['Pudong@20261', 'x', ['common']],
  ['1qaz@WSX3edc', 'x', ['common']],
  [`Aa1${'x'.repeat(126)}`, 'x', ['long']],
] as const)('of the password %j for %s the faults are %j', (password, username, faults) => {
  expect(passwordFaults(password, username)).toEqual(faults);
});

test('a password counts by its characters after NFC, however a keyboard composed them', () => {
  // Five letters with a combining accent each are five characters, not ten.
  expect(passwordFaults('é'.normalize('NFD').repeat(5), 'x')).toContain('short');
});

test.each([
  '123456',
  '654321',
  '890123',
  '111111',
  '121212',
  '123123',
  '112233',
  '900512',
  '199003',
  '024680',
])('the PIN %s is tried first by anybody and is not taken', (pin) => expect(isTrivialPin(pin)).toBe(true));

test.each(['294817', '730591', '507394'])('the PIN %s is taken', (pin) =>
  expect(isTrivialPin(pin)).toBe(false),
);

test('a token narrowed to a platform reaches what its issuer and that platform have in common', () => {
  const district = { places: [{ from: 1, to: 999_999 }], scenarios: [] };
  const town = { places: [{ from: 121_000, to: 121_999 }], scenarios: [] };
  const flood = { places: [{ from: 1010, to: 1019 }], scenarios: [1] };
  expect(narrowScope(district, flood)).toEqual(flood);
  expect(narrowScope(district, town)).toEqual(town);
  expect(narrowScope(flood, { places: [], scenarios: [1, 5] })).toEqual({ places: [], scenarios: [1] });
  expect(narrowScope(town, flood)).toEqual({ places: [], scenarios: [] });
  expect(narrowScope(town, { places: [{ from: 120_500, to: 121_100 }], scenarios: [] }).places).toEqual([
    { from: 121_000, to: 121_100 },
  ]);
});
