import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

import { AppError, ERROR_STATUS, ERROR_WORDING, type ErrorCode, fill, wordingOf } from './index.ts';

const CODES = Object.keys(ERROR_STATUS) as ErrorCode[];
const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/gu)].map((found) => found[1] ?? '');

/** The source, without tests and without the list and the wording themselves. */
const SOURCE = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith(`base${path.sep}`))
  .map((file) => readFileSync(path.join('src', file), 'utf8'))
  .join('\n');

test('every code has a status of refusal and a Chinese sentence that ends as one', () => {
  expect(Object.keys(ERROR_WORDING).toSorted()).toEqual(CODES.toSorted());
  for (const code of CODES) {
    expect(ERROR_STATUS[code]).toBeGreaterThanOrEqual(400);
    expect(ERROR_WORDING[code]).toMatch(/[\u4E00-\u9FFF].*。$/u);
  }
});

test.each(CODES.filter((code) => placeholders(ERROR_WORDING[code]).length > 0))(
  'the facts that the sentence of %s tells are filled in, wherever it is refused',
  (code) => {
    const facts = placeholders(ERROR_WORDING[code]);
    const details = Object.fromEntries(facts.map((name, i) => [name, `事实${i}`]));
    const sentence = wordingOf(new AppError(code, details));
    facts.forEach((_, i) => expect(sentence).toContain(`事实${i}`));
    expect(sentence).not.toMatch(/[{}]|…/u);
    // Whoever refuses with this code gives each of the facts.
    const sites = [
      ...SOURCE.matchAll(new RegExp(`AppError\\(\\s*'${code}',\\s*\\{([^]*?)\\}\\s*[,)]`, 'gu')),
    ];
    for (const [, given = ''] of sites) {
      for (const name of facts)
        expect([code, given.trim(), given.includes(name)]).toEqual([code, given.trim(), true]);
    }
  },
);

test('a fact that is missing is an ellipsis, never a hole or a placeholder', () => {
  expect(fill('没有{what}“{id}”', { what: null })).toBe('没有…“…”');
  expect(fill('{a}{b}', { a: 1, b: ['x'] })).toBe('1["x"]');
  // What was seen may look like a placeholder itself.
  expect(fill('{value}', { value: '{secret}', secret: 'x' })).toBe('{secret}');
});
