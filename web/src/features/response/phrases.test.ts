import { CLEARING_NOTE_LENGTH, WORK_ORDER_ACTIONS } from '#model/response';
import { expect, test } from 'vitest';

import { PHRASES, phrasesFor, withPhrase } from './phrases.ts';

test('phrases are of actions that exist, and one for clearing is long enough by itself', () => {
  const known: readonly string[] = WORK_ORDER_ACTIONS;
  for (const [scenario, its] of Object.entries(PHRASES)) {
    expect(Object.keys(its).filter((action) => !known.includes(action))).toEqual([]);
    for (const phrase of its.clear ?? [])
      expect([scenario, phrase, Array.from(phrase).length >= CLEARING_NOTE_LENGTH]).toEqual([
        scenario,
        phrase,
        true,
      ]);
  }
});

test('what the scenario says comes before what everybody says; an action without phrases has none', () => {
  expect(phrasesFor('FLOOD', 'clear')[0]).toBe('积水已抽排，路面恢复通行');
  expect(phrasesFor('ELEV', 'clear')).toEqual(PHRASES['any']?.clear);
  expect(phrasesFor('FLOOD', 'accept')).toEqual([]);
});

test('a phrase goes behind what was typed', () => {
  expect(withPhrase('', '已到现场')).toBe('已到现场');
  expect(withPhrase('水退了', '已到现场')).toBe('水退了；已到现场');
  expect(withPhrase('水退了。', '已到现场')).toBe('水退了。已到现场');
});
