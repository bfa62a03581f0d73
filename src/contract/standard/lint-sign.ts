import { type ElementDefinition, SIGN_LEVELS, type StandardFile, type ThresholdSign } from '#model/standard';
import { basisFaults, belongs, foreign, type LintFault, unitFaults } from './lint-fault.ts';

/** Faults of one sign, seen with the elements and items of its file. */
export function signFaults(sign: ThresholdSign, path: string, file: StandardFile): readonly LintFault[] {
  const element = file.elements.find((candidate) => candidate.code === sign.element);
  const faults = [
    ...basisFaults(sign.basis, `${path}.basis`),
    ...cellBasisFaults(sign, path),
    ...unitFaults(sign.unit, path, sign.code),
    ...monotoneFaults(sign, path),
    ...(element === undefined ? [] : againstElement(sign, path, element)),
  ];
  if (!belongs(sign.code, file.scenario)) faults.push(foreign(`${path}.code`, sign.code, file.scenario));
  if (element === undefined)
    faults.push({
      path: `${path}.element`,
      message: `体征“${sign.code}”引用的监测要素“${sign.element}”不存在。`,
    });
  if (!file.items.some((item) => item.code === sign.item))
    faults.push({ path: `${path}.item`, message: `体征“${sign.code}”引用的预警事项“${sign.item}”不存在。` });
  if (levelsOf(sign).length === 0)
    faults.push({ path: `${path}.levels`, message: `体征“${sign.code}”没有任何等级。请至少给一个阈值。` });
  return faults;
}

/** The cells a sign has, from red to blue. */
export function levelsOf(sign: ThresholdSign) {
  return SIGN_LEVELS.flatMap((level) => {
    const cell = sign.levels[level];
    return cell === undefined ? [] : [{ level, ...cell }];
  });
}

/** A cell may stand on its own ground; if it says so, it must say which. */
function cellBasisFaults(sign: ThresholdSign, path: string): readonly LintFault[] {
  return levelsOf(sign).flatMap(({ level, basis }) =>
    basis === undefined ? [] : basisFaults(basis, `${path}.levels.${level}.basis`),
  );
}

function monotoneFaults(sign: ThresholdSign, path: string): readonly LintFault[] {
  const cells = levelsOf(sign);
  const order = sign.direction === 'high' ? '越严重越高' : '越严重越低';
  return cells.flatMap((cell, i) => {
    const milder = cells[i + 1];
    if (milder === undefined) return [];
    const rises = sign.direction === 'high' ? cell.limit > milder.limit : cell.limit < milder.limit;
    if (rises) return [];
    return [
      {
        path: `${path}.levels.${cell.level}.limit`,
        message: `体征“${sign.code}”的阈值须${order}：${cell.level} ${cell.limit} 与 ${milder.level} ${milder.limit} 不符。`,
      },
    ];
  });
}

/** A hold shorter than the sampling (dense, where the element has it) cannot be observed. */
function againstElement(sign: ThresholdSign, path: string, element: ElementDefinition): readonly LintFault[] {
  const period = element.densePeriodSeconds ?? element.periodSeconds;
  const faults = levelsOf(sign)
    .filter(({ onDelaySeconds }) => onDelaySeconds > 0 && onDelaySeconds < period)
    .map(({ level, onDelaySeconds }) => ({
      path: `${path}.levels.${level}.onDelaySeconds`,
      message: `体征“${sign.code}”${level} 级持续时间 ${onDelaySeconds} 秒短于采样周期 ${period} 秒，无法观测。请加长，或设为 0。`,
    }));
  if (sign.unit === element.unit) return faults;
  return [
    ...faults,
    {
      path: `${path}.unit`,
      message: `体征“${sign.code}”的单位“${sign.unit}”与监测要素的“${element.unit}”不同。`,
    },
  ];
}
