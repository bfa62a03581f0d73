import {
  type ElementDefinition,
  type LevelThreshold,
  type Limit,
  type OwnLevel,
  type OwnLimits,
  type Sign,
  SIGN_LEVELS,
  type SignLevel,
} from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

import type { LintFault } from './lint-fault.ts';
import { holdFaults, levelsOf, monotoneFaults, rangeFaults } from './lint-sign.ts';

/** What is set for the object at hand, by the parameter's code; undefined where nothing is. */
type ParameterOf = (parameter: string) => number | undefined;

/** The sign as the object has it: its own limits laid over the standard's. Levels the standard does not have are left out. */
export function withOwnLimits(sign: Sign, own: OwnLimits): Sign {
  const levels = Object.fromEntries(
    levelsOf(sign).map(({ level, ...cell }) => [level, { ...cell, ...own.levels[level] }]),
  );
  const { deadband = sign.deadband, offDelaySeconds = sign.offDelaySeconds } = own;
  return { ...sign, levels, deadband, offDelaySeconds };
}

/** A limit as a number at the object, where what it depends on is known. */
function numberOf(limit: Limit, parameterOf: ParameterOf): number | undefined {
  if (typeof limit === 'number') return limit;
  const value = parameterOf(limit.parameter);
  return value === undefined ? undefined : value * (limit.times ?? 1) + (limit.plus ?? 0);
}

/** Where a limit of the object's own may lie at one level; null is open. Undefined while a parameter of the object is missing. */
export interface OwnBounds {
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * The bounds of an own limit: what the standard grants at the level, else from the standard's own limit to the stricter side
 * (earlier, never later). `side` is the end of a band.
 */
export function ownBounds(
  sign: Pick<Sign, 'direction'>,
  cell: Pick<LevelThreshold, 'limit' | 'lower' | 'own'>,
  side: 'limit' | 'lower',
  parameterOf: ParameterOf,
): OwnBounds | undefined {
  const standard = side === 'limit' ? cell.limit : cell.lower;
  if (standard === undefined) return undefined;
  if (cell.own) {
    const [from, to] = [numberOf(cell.own.from, parameterOf), numberOf(cell.own.to, parameterOf)];
    return from === undefined || to === undefined ? undefined : { from, to };
  }
  const limit = numberOf(standard, parameterOf);
  if (limit === undefined) return undefined;
  const lowIsStrict = side === 'limit' && sign.direction !== 'low';
  return lowIsStrict ? { from: null, to: limit } : { from: limit, to: null };
}

/**
 * What keeps an object from having these limits of its own under this sign: sentences with the path in the own limits, none when
 * they are within what the standard grants. Judged with the parameters of the object.
 */
export function ownLimitFaults(sign: Sign, own: OwnLimits, parameterOf: ParameterOf): readonly LintFault[] {
  const levels = SIGN_LEVELS.flatMap((level) => {
    const given = own.levels[level];
    return given === undefined ? [] : levelFaults(sign, { level, given }, parameterOf);
  });
  const faults = [...levels, ...recoverFaults(sign, own)];
  // Out of bounds already: what it would come to beside the other levels says nothing more.
  return faults.length > 0 ? faults : togetherFaults(sign, own, parameterOf);
}

/** What the element says against them: a hold that cannot be observed, a limit that is never reached. */
export function ownLimitElementFaults(
  sign: Sign,
  own: OwnLimits,
  element: ElementDefinition,
): readonly LintFault[] {
  if (sign.measure.kind === 'value' && element.states !== undefined)
    return [{ path: 'levels', message: `“${sign.name}”看的是状态，不是数值，不能另设限值。` }];
  const merged = withOwnLimits(sign, own);
  return [...holdFaults(merged, '', element), ...rangeFaults(merged, '', element)].map(unrooted);
}

function levelFaults(
  sign: Sign,
  { level, given }: { readonly level: SignLevel; readonly given: OwnLevel },
  parameterOf: ParameterOf,
): readonly LintFault[] {
  const cell = sign.levels[level];
  const name = LEVEL_TEXT[level];
  if (cell === undefined)
    return [
      { path: `levels.${level}`, message: `标准里“${sign.name}”没有${name}，不能为对象另设。请删去这一级。` },
    ];
  const faults: LintFault[] = [];
  for (const side of ['limit', 'lower'] as const) {
    const value = given[side];
    if (value === undefined) continue;
    const message = boundFault(sign, { cell, side, value, name }, parameterOf);
    if (message !== undefined) faults.push({ path: `levels.${level}.${side}`, message });
  }
  if (given.onDelaySeconds !== undefined && given.onDelaySeconds > cell.onDelaySeconds)
    faults.push({
      path: `levels.${level}.onDelaySeconds`,
      message: `${name}的持续时间只能比标准的 ${cell.onDelaySeconds} 秒短，不能是 ${given.onDelaySeconds} 秒。`,
    });
  return faults;
}

interface Asked {
  readonly cell: LevelThreshold;
  readonly side: 'limit' | 'lower';
  readonly value: number;
  readonly name: string;
}

function boundFault(
  sign: Sign,
  { cell, side, value, name }: Asked,
  parameterOf: ParameterOf,
): string | undefined {
  if (side === 'lower' && cell.lower === undefined)
    return `“${sign.name}”不是区间体征，${name}没有下限。请删去它。`;
  const bounds = ownBounds(sign, cell, side, parameterOf);
  if (bounds === undefined)
    return `标准的${name}限值要用对象参数计算，这个对象还没有填。请先在对象上补录参数。`;
  const { from, to } = bounds;
  if ((from === null || value >= from) && (to === null || value <= to)) return undefined;
  const what = `${name}${side === 'lower' ? '下限' : '限值'}`;
  if (from !== null && to !== null) return `${what}只能设在 ${from}–${to} 之间，不能是 ${value}。`;
  return to === null
    ? `${what}只能比标准的 ${from} 严（更高），不能是 ${value}。`
    : `${what}只能比标准的 ${to} 严（更低），不能是 ${value}。`;
}

/** What is left later holds longer: never earlier than the standard says. */
function recoverFaults(sign: Sign, own: OwnLimits): readonly LintFault[] {
  const faults: LintFault[] = [];
  if (own.deadband !== undefined && own.deadband < sign.deadband)
    faults.push({
      path: 'deadband',
      message: `回差只能比标准的 ${sign.deadband} 大，不能是 ${own.deadband}。`,
    });
  if (own.offDelaySeconds !== undefined && own.offDelaySeconds < sign.offDelaySeconds)
    faults.push({
      path: 'offDelaySeconds',
      message: `恢复延时只能比标准的 ${sign.offDelaySeconds} 秒长，不能是 ${own.offDelaySeconds} 秒。`,
    });
  return faults;
}

/** Levels in their order at the object, own ones beside the standard's; those whose parameter is missing are left out. */
function togetherFaults(sign: Sign, own: OwnLimits, parameterOf: ParameterOf): readonly LintFault[] {
  const merged = withOwnLimits(sign, own);
  const known = levelsOf(merged).flatMap(({ level, ...cell }) => {
    const limit = numberOf(cell.limit, parameterOf);
    const lower = cell.lower === undefined ? undefined : numberOf(cell.lower, parameterOf);
    if (limit === undefined || (cell.lower !== undefined && lower === undefined)) return [];
    return [{ level, limit, lower, cell }];
  });
  const crossed = known.flatMap(({ level, limit, lower }) =>
    lower === undefined || lower < limit
      ? []
      : [
          {
            path: `levels.${level}.lower`,
            message: `${LEVEL_TEXT[level]}的下限 ${lower} 须小于上限 ${limit}。`,
          },
        ],
  );
  const levels = Object.fromEntries(
    known.map(({ level, limit, lower, cell }) => [
      level,
      { ...cell, limit, ...(lower === undefined ? {} : { lower }) },
    ]),
  );
  return [...crossed, ...monotoneFaults({ ...merged, levels }, '', []).map(unrooted)];
}

function unrooted({ path, message }: LintFault): LintFault {
  return { path: path.replace(/^\./u, ''), message };
}
