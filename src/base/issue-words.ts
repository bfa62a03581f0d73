import type { z } from 'zod';
import { zhCN } from 'zod/locales';

type Raw = Parameters<z.core.$ZodErrorMap>[0];

const shipped = zhCN().localeError;

/** What is wrong with a value, as people say it: a text is too short, a number too small. What needs no other words is the library's. */
export function issueWords(): { readonly localeError: z.core.$ZodErrorMap } {
  return { localeError: (issue) => wordsOf(issue) ?? shipped(issue) };
}

function wordsOf(issue: Raw): string | undefined {
  if (issue.code === 'invalid_type') return issue.input === undefined ? '没有填写' : undefined;
  if (issue.code === 'too_small')
    return tooSmall(issue.origin, String(issue.minimum), issue.inclusive !== false);
  if (issue.code === 'too_big') return tooBig(issue.origin, String(issue.maximum), issue.inclusive !== false);
  return undefined;
}

function tooSmall(origin: string, least: string, inclusive: boolean): string | undefined {
  if (origin === 'string') return least === '1' ? '不能为空' : `太短：至少 ${least} 个字`;
  if (origin === 'array') return least === '1' ? '至少要有一项' : `太少：至少 ${least} 项`;
  if (origin === 'number' || origin === 'int') return inclusive ? `不能小于 ${least}` : `须大于 ${least}`;
  return undefined;
}

function tooBig(origin: string, most: string, inclusive: boolean): string | undefined {
  if (origin === 'string') return `太长：最多 ${most} 个字`;
  if (origin === 'array') return `太多：最多 ${most} 项`;
  if (origin === 'number' || origin === 'int') return inclusive ? `不能大于 ${most}` : `须小于 ${most}`;
  return undefined;
}
