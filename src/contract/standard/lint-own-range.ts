import { type Limit, type Sign, SIGN_LEVELS } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

import type { LintFault } from './lint-fault.ts';
import { differenceOf } from './lint-order.ts';

/** 可设范围: it has a lower and an upper end, holds the standard's own limit, and asks for no other parameter than that does. */
export function ownRangeFaults(sign: Sign, path: string): readonly LintFault[] {
  return SIGN_LEVELS.flatMap((level) => {
    const cell = sign.levels[level];
    if (cell?.own === undefined) return [];
    const { from, to } = cell.own;
    const at = `${path}.levels.${level}.own`;
    const name = `体征“${sign.name}”${LEVEL_TEXT[level]}`;
    const ends = [cell.limit, ...(cell.lower === undefined ? [] : [cell.lower])];
    const known = new Set(ends.map(parameterOf));
    const faults: LintFault[] = [];
    if ((differenceOf(from, to) ?? 0) > 0)
      faults.push({ path: `${at}.from`, message: `${name}的对象可设范围，下端须不大于上端。` });
    else if (ends.some((end) => isBelow(end, from) || isBelow(to, end)))
      faults.push({ path: `${at}.from`, message: `${name}的对象可设范围须包含标准自己的限值。请放宽范围。` });
    if ([from, to].some((end) => !known.has(parameterOf(end)) && typeof end !== 'number'))
      faults.push({
        path: `${at}.from`,
        message: `${name}的对象可设范围只能用限值已用到的对象参数，或数值。`,
      });
    return faults;
  });
}

function isBelow(one: Limit, other: Limit): boolean {
  return (differenceOf(one, other) ?? 0) < 0;
}

function parameterOf(limit: Limit): string | undefined {
  return typeof limit === 'number' ? undefined : limit.parameter;
}
