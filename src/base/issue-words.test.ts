import { expect, test } from 'vitest';
import { z } from 'zod';

import { issueWords } from './issue-words.ts';

const { localeError } = issueWords();
const said = (schema: z.ZodType, value: unknown): string =>
  schema.safeParse(value, { error: localeError }).error?.issues[0]?.message ?? '';

test.each([
  [z.string().min(2), '雨', '太短：至少 2 个字'],
  [z.string().trim().min(1), ' ', '不能为空'],
  [z.string().max(3), '积水很深', '太长：最多 3 个字'],
  [z.number().min(5), 4, '不能小于 5'],
  [z.number().int().max(60), 61, '不能大于 60'],
  [z.number().positive(), 0, '须大于 0'],
  [z.array(z.string()).min(1), [], '至少要有一项'],
  [z.array(z.string()).max(1), ['甲', '乙'], '太多：最多 1 项'],
  [z.string(), undefined, '没有填写'],
])('a text, a number and a list are refused in words of their own: %#', (schema, value, words) => {
  expect(said(schema, value)).toBe(words);
});

test('what has no words of its own has those of the library', () => {
  expect(said(z.enum(['red']), 'green')).toMatch(/^无效/u);
  expect(said(z.string(), 7)).toMatch(/^无效输入/u);
});
