import {
  type CompositeReach,
  type CompositeSign,
  SIGN_LEVELS,
  type SignLevel,
  type StandardFile,
} from '#model/standard';
import { LEVEL_TEXT, levelOf } from '#model/warning';

import { basisFaults, belongs, codesOf, foreign, type LintFault, repeated } from './lint-fault.ts';

/** A condition as whoever reads it (the compiler of the floor above) says. */
export interface ConditionRead {
  /** Chinese sentences about it; none when it is sound. */
  readonly faults: readonly string[];
  /** Signs and items whose levels it asks for, by name. */
  readonly codes: ReadonlySet<string>;
  /** Levels it asks them to reach; 1 blue … 4 red. */
  readonly wanted: readonly { readonly code: string; readonly level: number }[];
}

/** What a file's composite signs stand among. */
export interface CompositeSurroundings {
  readonly readCondition: (when: string, within: CompositeReach) => ConditionRead;
  /** Composite signs of the other scenarios. */
  readonly others: readonly CompositeSign[];
  /** The worst level (1 blue … 4 red) that a sign, an item or a scenario has anywhere; 0 when it is not known. */
  readonly highestOf: (code: string) => number;
}

/** 复合体征检查: faults in the order of the file; empty means they may be published. */
export function lintComposites(
  file: StandardFile,
  surroundings: CompositeSurroundings,
): readonly LintFault[] {
  const composites = file.composites ?? [];
  return [
    ...repeated(codesOf(composites), (i) => `composites[${i}].code`, '复合体征'),
    ...composites.flatMap((composite, i) => [
      ...ownFaults(composite, `composites[${i}]`, file),
      ...levelFaults(composite, `composites[${i}]`, { file, surroundings }),
    ]),
    ...circleFaults(composites, surroundings),
  ];
}

function ownFaults(composite: CompositeSign, path: string, file: StandardFile): readonly LintFault[] {
  const { code, item, element, levels, within, basis } = composite;
  const faults: LintFault[] = [...basisFaults(basis, `${path}.basis`)];
  const fault = (key: string, message: string): void => void faults.push({ path: `${path}.${key}`, message });
  if (!belongs(code, file.scenario)) faults.push(foreign(`${path}.code`, code, file.scenario));
  if (!file.items.some((one) => one.code === item))
    fault('item', `复合体征“${code}”引用的预警事项“${item}”不存在。请改正编码，或先增加这个事项。`);
  if (!file.elements.some((one) => one.code === element))
    fault(
      'element',
      `复合体征“${code}”设在监测要素“${element}”上，而本场景没有它。请改正编码，或先增加这个要素。`,
    );
  if (SIGN_LEVELS.every((level) => levels[level] === undefined))
    fault('levels', `复合体征“${code}”没有任何等级。请至少给一个等级的条件。`);
  const { sameObject, radiusMeters, sameTown, linked } = within;
  if (sameObject === true && (radiusMeters !== undefined || sameTown === true || linked === true))
    fault('within', `复合体征“${code}”已限定同一对象，不能再给半径、同一街镇或关联对象。请只留一项。`);
  return faults;
}

interface Around {
  readonly file: StandardFile;
  readonly surroundings: CompositeSurroundings;
}

function levelFaults(composite: CompositeSign, path: string, around: Around): readonly LintFault[] {
  return SIGN_LEVELS.flatMap((level) => {
    const cell = composite.levels[level];
    if (cell === undefined) return [];
    const at = `${path}.levels.${level}`;
    return [
      ...(cell.basis === undefined ? [] : basisFaults(cell.basis, `${at}.basis`)),
      ...conditionFaults(composite, level, around).map((sentence) => ({
        path: `${at}.when`,
        message: `复合体征“${composite.code}”${LEVEL_TEXT[level]}的条件有误：${sentence}`,
      })),
      ...handbookFaults(composite, level, around.file).map((message) => ({ path: at, message })),
    ];
  });
}

function conditionFaults(
  { levels, within }: CompositeSign,
  level: SignLevel,
  { surroundings }: Around,
): readonly string[] {
  const { faults, wanted } = surroundings.readCondition(levels[level]?.when ?? '', within);
  if (faults.length > 0) return faults;
  return wanted.flatMap(({ code, level: rank }) => {
    const highest = surroundings.highestOf(code);
    if (highest === 0 || rank <= highest) return [];
    const told = levelOf(highest);
    return [
      `“${code}”最高只到${told ? LEVEL_TEXT[told] : '正常'}，要它更高的条件永远不会成立。请改低等级，或换一个体征。`,
    ];
  });
}

function handbookFaults(
  { code, item }: CompositeSign,
  level: SignLevel,
  file: StandardFile,
): readonly string[] {
  if (file.handbook.some((entry) => entry.item === item && entry.level === level)) return [];
  const name = file.items.find((one) => one.code === item)?.name ?? item;
  return [
    `复合体征“${code}”可达${LEVEL_TEXT[level]}，但指挥手册没有“${name}”${LEVEL_TEXT[level]}的条目。请补写。`,
  ];
}

/** Composite signs that in the end wait for themselves: none of them could ever be judged. */
function circleFaults(
  composites: readonly CompositeSign[],
  surroundings: CompositeSurroundings,
): readonly LintFault[] {
  const all = [...composites, ...surroundings.others];
  const reads = new Map(all.map((one) => [one.code, readsOf(one, all, surroundings)]));
  return composites.flatMap(({ code }, i) => {
    const circle = circleOf(code, reads);
    return circle === undefined
      ? []
      : [
          {
            path: `composites[${i}]`,
            message: `复合体征互相引用成环：${circle.join(' → ')}。请去掉其中一处引用。`,
          },
        ];
  });
}

function readsOf(
  { levels, within }: CompositeSign,
  all: readonly CompositeSign[],
  { readCondition }: CompositeSurroundings,
): readonly string[] {
  const codes = new Set<string>();
  for (const level of SIGN_LEVELS) {
    const cell = levels[level];
    if (cell) for (const code of readCondition(cell.when, within).codes) codes.add(code);
  }
  return all.flatMap(({ code, item }) => (codes.has(code) || codes.has(item) ? [code] : []));
}

/** The shortest way from a sign back to itself. */
function circleOf(
  code: string,
  reads: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const seen = new Set<string>();
  let ways: (readonly string[])[] = [[code]];
  while (ways.length > 0) {
    const longer: (readonly string[])[] = [];
    for (const way of ways) {
      for (const next of reads.get(way.at(-1) ?? '') ?? []) {
        if (next === code) return [...way, code];
        if (seen.has(next)) continue;
        seen.add(next);
        longer.push([...way, next]);
      }
    }
    ways = longer;
  }
  return undefined;
}
