import { expect, test } from 'vitest';

import { randomKey } from './random-key.ts';
import { SendKey } from './send-key.ts';

function counted(): SendKey {
  let made = 0;
  return new SendKey(() => `key-${(made += 1)}`);
}

test('the same step sent again after a broken line keeps its key', () => {
  const key = counted();
  expect([key.for('accept'), key.for('accept')]).toEqual(['key-1', 'key-1']);
});

test('changed words are another hand-in', () => {
  const key = counted();
  expect([key.for('clear 已排空'), key.for('clear 已排空，路面恢复')]).toEqual(['key-1', 'key-2']);
});

test('after an answer even the same words are something new', () => {
  const key = counted();
  key.for('feed-back 正常');
  key.answered();
  expect(key.for('feed-back 正常')).toBe('key-2');
});

test('keys differ and fit the contract', () => {
  expect(randomKey()).toMatch(/^[0-9a-f]{32}$/u);
  expect(randomKey()).not.toBe(randomKey());
});
