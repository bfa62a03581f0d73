import {
  type ElementDefinition,
  type LevelThreshold,
  type Limit,
  type MeasureKind,
  MEASURE_TEXT,
  type ParameterDefinition,
  type Sign,
  SIGN_LEVELS,
  type SignDirection,
  type SignLevel,
  type SignMeasure,
  type StandardFile,
} from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

import { agreementFaults } from './lint-agreement.ts';
import { basisFaults, belongs, foreign, type LintFault, unitFaults } from './lint-fault.ts';
import { limitsOf, outOfOrder } from './lint-order.ts';
import { ownRangeFaults } from './lint-own-range.ts';
import { rarityFaults } from './lint-rarity.ts';

/** Faults of one sign, seen with the elements, items and parameters of its file. */
export function signFaults(sign: Sign, path: string, file: StandardFile): readonly LintFault[] {
  const element = file.elements.find((candidate) => candidate.code === sign.element);
  return [
    ...basisFaults(sign.basis, `${path}.basis`),
    ...cellBasisFaults(sign, path),
    ...unitFaults(sign.unit, path, sign.name),
    ...directionFaults(sign, path),
    ...agreementFaults(sign, path),
    ...monotoneFaults(sign, path, file.parameters),
    ...ownRangeFaults(sign, path),
    ...parameterFaults(sign, path, file),
    ...(element === undefined ? [] : againstElement(sign, path, element)),
    ...unknownFaults(sign, path, file),
  ];
}

function unknownFaults(sign: Sign, path: string, file: StandardFile): readonly LintFault[] {
  const faults: LintFault[] = [];
  if (!belongs(sign.code, file.scenario)) faults.push(foreign(`${path}.code`, sign.code, file.scenario));
  if (!file.elements.some((candidate) => candidate.code === sign.element))
    faults.push({
      path: `${path}.element`,
      message: `体征“${sign.name}”引用的监测要素“${sign.element}”不存在。请改正编码，或先增加这个要素。`,
    });
  if (!file.items.some((item) => item.code === sign.item))
    faults.push({
      path: `${path}.item`,
      message: `体征“${sign.name}”引用的预警事项“${sign.item}”不存在。请改正编码，或先增加这个事项。`,
    });
  if (levelsOf(sign).length === 0)
    faults.push({ path: `${path}.levels`, message: `体征“${sign.name}”没有任何等级。请至少给一个阈值。` });
  return faults;
}

/** The cells a sign has, from red to blue. */
export function levelsOf(sign: Sign): readonly (LevelThreshold & { readonly level: SignLevel })[] {
  return SIGN_LEVELS.flatMap((level) => {
    const cell = sign.levels[level];
    return cell === undefined ? [] : [{ level, ...cell }];
  });
}

/** A cell may stand on its own ground; if it says so, it must say which. */
function cellBasisFaults(sign: Sign, path: string): readonly LintFault[] {
  return levelsOf(sign).flatMap(({ level, basis }) =>
    basis === undefined ? [] : basisFaults(basis, `${path}.levels.${level}.basis`),
  );
}

/** The one direction in which a measure can grow worse; those that are not here may go either way. */
export const ONLY_DIRECTION: Readonly<Partial<Record<MeasureKind, SignDirection>>> = {
  duration: 'high',
  anomaly: 'high',
  rarity: 'high',
  points: 'high',
  silence: 'high',
  'fire-weather': 'high',
  forecast: 'low',
};

const DIRECTION_TEXT: Readonly<Record<SignDirection, string>> = { high: '越高', low: '越低', band: '越偏' };

function directionFaults(sign: Sign, path: string): readonly LintFault[] {
  const only = ONLY_DIRECTION[sign.measure.kind];
  const faults: LintFault[] = [];
  if (only !== undefined && sign.direction !== only)
    faults.push({
      path: `${path}.direction`,
      message: `体征“${sign.name}”看的是${MEASURE_TEXT[sign.measure.kind]}，只能${DIRECTION_TEXT[only]}越严重。请把方向改为“${DIRECTION_TEXT[only]}越严重”。`,
    });
  for (const { level, lower } of levelsOf(sign)) {
    if ((lower !== undefined) === (sign.direction === 'band')) continue;
    const message =
      lower === undefined
        ? `体征“${sign.name}”是区间体征，${LEVEL_TEXT[level]}还缺下限。请补上。`
        : `体征“${sign.name}”不是区间体征，${LEVEL_TEXT[level]}不应有下限。请删去，或把方向改为“偏出区间越远越严重”。`;
    faults.push({ path: `${path}.levels.${level}.lower`, message });
  }
  return faults;
}

export function monotoneFaults(
  sign: Sign,
  path: string,
  parameters: readonly ParameterDefinition[],
): readonly LintFault[] {
  const cells = levelsOf(sign);
  const rising = sign.direction !== 'low';
  return cells.flatMap((cell, i) => {
    const milder = cells[i + 1];
    if (milder === undefined) return [];
    const pairs = [
      { key: 'limit', worse: cell.limit, better: milder.limit, rising },
      ...(cell.lower === undefined || milder.lower === undefined
        ? []
        : [{ key: 'lower', worse: cell.lower, better: milder.lower, rising: false }]),
    ];
    return pairs.flatMap(({ key, worse, better, rising: up }) =>
      outOfOrder(worse, better, up)
        ? [
            {
              path: `${path}.levels.${cell.level}.${key}`,
              message: `体征“${sign.name}”的阈值须越严重越${up ? '高' : '低'}：${LEVEL_TEXT[cell.level]} ${limitText(worse, parameters)} 与${LEVEL_TEXT[milder.level]} ${limitText(better, parameters)} 不符。`,
            },
          ]
        : [],
    );
  });
}

/** `25`, `警戒水位 + 0.2`. */
function limitText(limit: Limit, parameters: readonly ParameterDefinition[]): string {
  if (typeof limit === 'number') return String(limit);
  const times = limit.times === undefined ? '' : ` × ${limit.times}`;
  const plus = limit.plus === undefined ? '' : ` ${limit.plus < 0 ? '−' : '+'} ${Math.abs(limit.plus)}`;
  const named = parameters.find(({ code }) => code === limit.parameter);
  return `${named?.name ?? limit.parameter}${times}${plus}`;
}

function parameterFaults(sign: Sign, path: string, file: StandardFile): readonly LintFault[] {
  const known = new Set(file.parameters.map(({ code }) => code));
  return limitsOf(sign).flatMap(({ limit, at }) =>
    typeof limit === 'number' || known.has(limit.parameter)
      ? []
      : [
          {
            path: `${path}.${at}`,
            message: `体征“${sign.name}”引用的对象参数“${limit.parameter}”不存在。请先在对象参数里增加它。`,
          },
        ],
  );
}

/** The unit a measure has, where it is not the element's own. */
const UNIT_OF: Readonly<Partial<Record<MeasureKind, string>>> = {
  duration: 's',
  forecast: 's',
  silence: 's',
  anomaly: '1',
  rarity: '1',
  points: '1',
  'fire-weather': '1',
};

/** The unit in which a measure of an element is compared. */
export function measuredUnit(measure: SignMeasure, element: Pick<ElementDefinition, 'unit'>): string {
  if (measure.kind === 'rolling' && measure.statistic === 'count') return '1';
  if (measure.kind === 'deviation' && measure.as === 'percent') return '%';
  return UNIT_OF[measure.kind] ?? element.unit;
}

function againstElement(sign: Sign, path: string, element: ElementDefinition): readonly LintFault[] {
  const wanted = measuredUnit(sign.measure, element);
  const faults = [
    ...holdFaults(sign, path, element),
    ...rangeFaults(sign, path, element),
    ...rarityFaults(sign, path, element),
  ];
  if (sign.unit === wanted) return faults;
  const message =
    wanted === element.unit
      ? `体征“${sign.name}”的单位“${sign.unit}”与监测要素的“${element.unit}”不同。请改成一致。`
      : `体征“${sign.name}”看的是${MEASURE_TEXT[sign.measure.kind]}，单位应为“${wanted}”，不是“${sign.unit}”。`;
  return [...faults, { path: `${path}.unit`, message }];
}

/** What is shorter than the sampling (dense, where the element has it) cannot be observed. */
export function holdFaults(sign: Sign, path: string, element: ElementDefinition): readonly LintFault[] {
  const period = element.densePeriodSeconds ?? element.periodSeconds;
  const faults: LintFault[] = levelsOf(sign)
    .filter(({ onDelaySeconds }) => onDelaySeconds > 0 && onDelaySeconds < period)
    .map(({ level, onDelaySeconds }) => ({
      path: `${path}.levels.${level}.onDelaySeconds`,
      message: `体征“${sign.name}”${LEVEL_TEXT[level]}持续时间 ${onDelaySeconds} 秒短于采样周期 ${period} 秒，无法观测。请加长，或设为 0。`,
    }));
  const { measure } = sign;
  if ('windowSeconds' in measure && measure.windowSeconds < period)
    faults.push({
      path: `${path}.measure.windowSeconds`,
      message: `体征“${sign.name}”的时间窗 ${measure.windowSeconds} 秒短于采样周期 ${period} 秒，窗内没有读数。请加长。`,
    });
  return faults;
}

/** A limit outside of what the element can measure is never reached, or always. */
export function rangeFaults(sign: Sign, path: string, element: ElementDefinition): readonly LintFault[] {
  const { range } = element;
  if (sign.measure.kind !== 'value' || range === null) return [];
  return limitsOf(sign).flatMap(({ limit, at }) =>
    typeof limit !== 'number' || (limit >= range[0] && limit <= range[1])
      ? []
      : [
          {
            path: `${path}.${at}`,
            message: `体征“${sign.name}”的阈值 ${limit} 在监测要素的量程 ${range[0]}–${range[1]} 之外，读数永远到不了。请改阈值或量程。`,
          },
        ],
  );
}
