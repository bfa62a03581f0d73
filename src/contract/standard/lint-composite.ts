import { type CompositeReach, type CompositeSign, SIGN_LEVELS } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

import { basisFaults, codesOf, type LintFault, repeated } from './lint-fault.ts';

/** What composite signs may name, and who reads their conditions (the compiler of the floor above). */
export interface CompositeSurroundings {
  readonly items: ReadonlySet<string>;
  /** Chinese sentences about a condition; none when it is sound. */
  readonly conditionFaults: (when: string, within: CompositeReach) => readonly string[];
}

/** 复合体征检查: faults in the order of the list; empty means it may be published. */
export function lintComposites(
  composites: readonly CompositeSign[],
  surroundings: CompositeSurroundings,
): readonly LintFault[] {
  return [
    ...repeated(codesOf(composites), (i) => `composites[${i}].code`, '复合体征'),
    ...composites.flatMap((composite, i) => compositeFaults(composite, `composites[${i}]`, surroundings)),
  ];
}

function compositeFaults(
  composite: CompositeSign,
  path: string,
  { items, conditionFaults }: CompositeSurroundings,
): readonly LintFault[] {
  const { code, item, levels, within, basis } = composite;
  const faults: LintFault[] = [...basisFaults(basis, `${path}.basis`)];
  if (!items.has(item))
    faults.push({
      path: `${path}.item`,
      message: `复合体征“${code}”引用的预警事项“${item}”不存在。请改正编码，或先增加这个事项。`,
    });
  if (SIGN_LEVELS.every((level) => levels[level] === undefined))
    faults.push({
      path: `${path}.levels`,
      message: `复合体征“${code}”没有任何等级。请至少给一个等级的条件。`,
    });
  if (within.sameObject === true && (within.radiusMeters !== undefined || within.sameTown === true))
    faults.push({
      path: `${path}.within`,
      message: `复合体征“${code}”已限定同一对象，不能再给半径或同一街镇。请只留一项。`,
    });
  for (const level of SIGN_LEVELS) {
    const cell = levels[level];
    if (cell === undefined) continue;
    const at = `${path}.levels.${level}`;
    if (cell.basis !== undefined) faults.push(...basisFaults(cell.basis, `${at}.basis`));
    for (const sentence of conditionFaults(cell.when, within))
      faults.push({
        path: `${at}.when`,
        message: `复合体征“${code}”${LEVEL_TEXT[level]}的条件有误：${sentence}`,
      });
  }
  return faults;
}
