import { AppError } from '#base';

/** Deeper than any body of ours; whoever walks one by recursion comes to its end. */
const MOST_NESTED = 64;

/** The value of a JSON body. Throws `input.malformed-json`, and `input.invalid` for one that is nested without end. */
export function readJson(raw: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(raw.toString('utf8'));
  } catch (error) {
    throw new AppError('input.malformed-json', { reason: error instanceof Error ? error.message : '' });
  }
  if (isNestedDeeper(value))
    throw new AppError('input.invalid', { issues: `正文嵌套超过 ${MOST_NESTED} 层` });
  return value;
}

/** Level by level: a call per level is what such a body is made to exhaust. */
function isNestedDeeper(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= MOST_NESTED; depth += 1) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    if (level.length === 0) return false;
  }
  return true;
}
