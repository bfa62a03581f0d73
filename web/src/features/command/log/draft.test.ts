import { expect, test } from 'vitest';

import { afterSent, bodyOf, EMPTY_LINE, keyed } from './draft.ts';

const keys = (): (() => string) => {
  let made = 0;
  return () => `key-${(made += 1)}`;
};

test('a line that is sent again after a broken connection keeps its key, a changed one gets its own', () => {
  const make = keys();
  const first = keyed({ ...EMPTY_LINE, text: '巡查张江泵站' }, make);
  expect(first.key).toBe('key-1');
  expect(keyed(first, make).key).toBe('key-1');
  expect(keyed({ ...first, text: '巡查张江泵站，正常' }, make).key).toBe('key-2');
  expect(keyed({ ...first, forHandover: true }, make).key).toBe('key-3');
});

test('a call carries whom and what came of it; a note carries neither, even if a contact was once chosen', () => {
  const draft = { ...EMPTY_LINE, text: ' 已转告 ', contact: { id: 7, name: '供电值班' }, warning: 3 };
  expect(bodyOf({ ...draft, call: true, outcome: 'no-answer' })).toEqual({
    text: '已转告',
    call: { contact: 7, outcome: 'no-answer' },
    forHandover: false,
    warning: 3,
  });
  expect(bodyOf(draft)).toEqual({ text: '已转告', forHandover: false, warning: 3 });
});

test('what is typed while a line is on its way is not lost with it', () => {
  const draft = keyed({ ...EMPTY_LINE, text: '泵站正常', forHandover: true }, keys());
  expect(afterSent(draft, '泵站正常')).toBe(EMPTY_LINE);
  expect(afterSent({ ...draft, text: '泵站正常\n再派一车' }, '泵站正常')).toMatchObject({
    text: '再派一车',
    key: '',
  });
});
