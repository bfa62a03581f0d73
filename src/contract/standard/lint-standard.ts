import type { ElementDefinition, LimitsFile, ParameterDefinition, StandardFile } from '#model/standard';
import {
  basisFaults,
  belongs,
  codesOf,
  foreign,
  type LintFault,
  repeated,
  unitFaults,
} from './lint-fault.ts';
import { handbookFaults } from './lint-handbook.ts';
import { limitFaults } from './lint-limits.ts';
import { improbableFaults } from './lint-rarity.ts';
import { signFaults } from './lint-sign.ts';

/**
 * 业务标准检查: what the shape cannot say. Faults of one scenario's file, in the order of the file; empty means it may be
 * published. The scenarios' files refer only to themselves and to the limit classes.
 */
export function lintStandard(file: StandardFile, limits: LimitsFile): readonly LintFault[] {
  return [
    ...duplicates(file),
    ...file.elements.flatMap((element, i) => elementFaults(element, `elements[${i}]`, file.scenario)),
    ...file.items.flatMap((item, i) =>
      belongs(item.code, file.scenario) ? [] : [foreign(`items[${i}].code`, item.code, file.scenario)],
    ),
    ...file.parameters.flatMap((parameter, i) =>
      parameterFaults(parameter, `parameters[${i}]`, file.scenario),
    ),
    ...file.signs.flatMap((sign, i) => signFaults(sign, `signs[${i}]`, file)),
    ...handbookFaults(file, limits),
  ];
}

/** 时限检查: a limit may not grow shorter as the level grows milder. */
export function lintLimits(file: LimitsFile): readonly LintFault[] {
  const codes = file.classes.map((limitClass) => limitClass.code);
  return [
    ...repeated(codes, (i) => `classes[${i}].code`, '时限类别'),
    ...file.classes.flatMap((limitClass, i) => [
      ...basisFaults(limitClass.basis, `classes[${i}].basis`),
      ...limitFaults(limitClass.levels, `classes[${i}].levels`),
    ]),
    ...basisFaults(file.escalation.basis, 'escalation.basis'),
    ...basisFaults(file.workingPeriodsBasis, 'workingPeriodsBasis'),
    ...file.escalation.ladder.flatMap((rung, i, ladder) => {
      const before = ladder[i - 1];
      if (before === undefined || rung.percent > before.percent) return [];
      return [
        {
          path: `escalation.ladder[${i}].percent`,
          message: `催办阶梯须逐级升高，${rung.percent} % 没有高于上一级。`,
        },
      ];
    }),
  ];
}

function duplicates(file: StandardFile): readonly LintFault[] {
  const entryKeys = file.handbook.map((entry) => `${entry.item} ${entry.level}`);
  return [
    ...repeated(codesOf(file.elements), (i) => `elements[${i}].code`, '监测要素'),
    ...repeated(codesOf(file.items), (i) => `items[${i}].code`, '预警事项'),
    ...repeated(codesOf(file.parameters), (i) => `parameters[${i}].code`, '对象参数'),
    ...repeated(codesOf(file.signs), (i) => `signs[${i}].code`, '预警体征'),
    ...repeated(entryKeys, (i) => `handbook[${i}]`, '指挥手册'),
  ];
}

function parameterFaults(
  parameter: ParameterDefinition,
  path: string,
  scenario: string,
): readonly LintFault[] {
  const { code, name, unit, range, basis } = parameter;
  const faults = [...basisFaults(basis, `${path}.basis`), ...unitFaults(unit, path, name)];
  if (!belongs(code, scenario)) faults.push(foreign(`${path}.code`, code, scenario));
  if (range[0] >= range[1])
    faults.push({ path: `${path}.range`, message: `对象参数“${name}”的下限须小于上限。` });
  return faults;
}

function elementFaults(element: ElementDefinition, path: string, scenario: string): readonly LintFault[] {
  const faults = [
    ...basisFaults(element.basis, `${path}.basis`),
    ...unitFaults(element.unit, path, element.name),
    ...improbableFaults(element, path),
  ];
  if (!belongs(element.code, scenario)) faults.push(foreign(`${path}.code`, element.code, scenario));
  if (element.range !== null && element.range[0] >= element.range[1])
    faults.push({ path: `${path}.range`, message: `监测要素“${element.name}”的量程下限须小于上限。` });
  return faults;
}
