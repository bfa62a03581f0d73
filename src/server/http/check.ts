import { AppError } from '#base';
import type { z } from 'zod';

/**
 * The value as the schema reads it. Throws `input.invalid` naming every field that is wrong, also one whose text no
 * table can hold: PostgreSQL stores neither NUL nor half a surrogate pair.
 */
export function check(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  const issues = parsed.success
    ? unstorable(parsed.data, '').map((field) => `${field} 含有不能保存的字符`)
    : parsed.error.issues.map((issue) => `${issue.path.join('.') || '正文'} ${issue.message}`);
  if (parsed.success && issues.length === 0) return parsed.data;
  throw new AppError('input.invalid', { issues: issues.join('；') });
}

/** Paths of the texts that cannot be stored. */
function unstorable(value: unknown, path: string): readonly string[] {
  if (typeof value === 'string') {
    return value.isWellFormed() && !value.includes('\u0000') ? [] : [path || '正文'];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, held]) => {
    const at = path === '' ? name : `${path}.${name}`;
    // Where the names are the sender's, they are stored, too.
    return [...unstorable(name, at), ...unstorable(held, at)];
  });
}
