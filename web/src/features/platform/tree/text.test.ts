import { expect, test } from 'vitest';

import { countSentence } from './text.ts';

test('the regulation counts 1583 platforms and the three villages that are not held are named', () => {
  expect(
    countSentence([
      { kind: 'district', regulation: 1, held: 1 },
      { kind: 'industry', regulation: 7, held: 7 },
      { kind: 'scenario', regulation: 15, held: 15 },
      { kind: 'lingang', regulation: 1, held: 1 },
      { kind: 'town', regulation: 36, held: 36 },
      { kind: 'village', regulation: 1523, held: 1520 },
    ]),
  ).toBe('规章 1583 个，已录入 1580 个，缺 3 个居村微平台待核');
});

test('a whole tree says nothing of gaps', () => {
  expect(countSentence([{ kind: 'town', regulation: 36, held: 36 }])).toBe('规章 36 个，已录入 36 个');
});
