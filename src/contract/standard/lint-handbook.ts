import { type HandbookEntry, type LimitsFile, SIGN_LEVELS, type StandardFile } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

import { basisFaults, codesOf, type LintFault, repeated } from './lint-fault.ts';
import { limitFaults } from './lint-limits.ts';
import { levelsOf } from './lint-sign.ts';

/** Faults of the handbook: an item's level without entry, an entry without steps, limits that tighten as levels grow mild. */
export function handbookFaults(file: StandardFile, limits: LimitsFile): readonly LintFault[] {
  return [
    ...missingEntries(file),
    ...file.handbook.flatMap((entry, i) => entryFaults(entry, `handbook[${i}]`, file)),
    ...effectiveLimitFaults(file, limits),
  ];
}

function missingEntries(file: StandardFile): readonly LintFault[] {
  const written = new Set(file.handbook.map((entry) => `${entry.item} ${entry.level}`));
  return file.signs.flatMap((sign, i) =>
    levelsOf(sign).flatMap(({ level }) =>
      written.has(`${sign.item} ${level}`)
        ? []
        : [
            {
              path: `signs[${i}].levels.${level}`,
              message: `体征“${sign.name}”可达${LEVEL_TEXT[level]}，但指挥手册没有“${itemName(file, sign.item)}”${LEVEL_TEXT[level]}的条目。请补写。`,
            },
          ],
    ),
  );
}

function entryFaults(entry: HandbookEntry, path: string, file: StandardFile): readonly LintFault[] {
  const name = `${itemName(file, entry.item)} ${LEVEL_TEXT[entry.level]}`;
  const faults = [
    ...basisFaults(entry.basis, `${path}.basis`),
    ...repeated(codesOf(entry.steps), (i) => `${path}.steps[${i}].code`, '处置步骤'),
  ];
  if (entry.steps.length === 0)
    faults.push({ path: `${path}.steps`, message: `指挥手册“${name}”没有处置步骤。请至少写一步。` });
  if (!file.items.some((item) => item.code === entry.item))
    faults.push({ path: `${path}.item`, message: `指挥手册“${name}”引用的预警事项“${entry.item}”不存在。` });
  return faults;
}

function itemName({ items }: StandardFile, code: string): string {
  return items.find((item) => item.code === code)?.name ?? code;
}

/** The limits as an order gets them: the class of the entry, with its own overrides laid over. */
function effectiveLimitFaults(file: StandardFile, limits: LimitsFile): readonly LintFault[] {
  const items = [...new Set(file.handbook.map((entry) => entry.item))];
  return items.flatMap((item) => {
    const levels = SIGN_LEVELS.flatMap((level) => {
      const entry = file.handbook.find((candidate) => candidate.item === item && candidate.level === level);
      const limitClass = limits.classes.find((candidate) => candidate.code === entry?.limitClass);
      if (entry === undefined || limitClass === undefined) return [];
      return [[level, { ...limitClass.levels[level], ...entry.limits }] as const];
    });
    return limitFaults(Object.fromEntries(levels), `handbook(${item})`);
  });
}
