import type { Contact } from '#contract/command';
import { expect, test } from 'vitest';

import { foundIn } from './book.ts';

const contact = (name: string, more: Partial<Contact> = {}): Contact => ({
  id: 1,
  platform: { code: 'PD', name: '区总平台' },
  name,
  unit: null,
  title: null,
  phoneMasked: '138****0001',
  phonePublic: false,
  tags: [],
  team: null,
  note: null,
  simulated: false,
  retiredAt: null,
  version: 1,
  allowedActions: ['call', 'edit'],
  ...more,
});
const BOOK = {
  items: [contact('12345', { tags: ['热线'], phonePublic: true }), contact('泵站值守', { unit: '排水公司' })],
  teams: [],
  tags: [{ tag: '热线', count: 1 }],
};
const names = (given: object) => foundIn(BOOK, given).items.map(({ name }) => name);

test('without a signal the book is searched as the server does, and nothing is offered that needs the server', () => {
  expect(names({})).toEqual(['12345', '泵站值守']);
  expect(names({ q: '排水' })).toEqual(['泵站值守']);
  expect(names({ tag: '热线' })).toEqual(['12345']);
  expect(names({ q: '没有' })).toEqual([]);
  expect(foundIn(BOOK, {}).items.every(({ allowedActions }) => allowedActions.length === 0)).toBe(true);
});
