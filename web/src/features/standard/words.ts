import type { Element, Parameter } from '#contract/standard';
import {
  type Limit,
  MEASURE_TEXT,
  type MeasureKind,
  rarityText,
  type SignDirection,
  type SignMeasure,
} from '#model/standard';

import { formatNumber, formatValue } from '../../app/format.ts';
import { SIGN_TEXT, STATISTIC_TEXT } from './text.ts';

const HOUR = 3600;
const MINUTE = 60;
const DAY = 24 * HOUR;

/** `2 分钟`, `1 小时`, `90 秒`: as a standard writes its spans. */
export function spanText(seconds: number): string {
  if (seconds >= DAY && seconds % DAY === 0) return `${seconds / DAY} 天`;
  if (seconds >= HOUR && seconds % HOUR === 0) return `${seconds / HOUR} 小时`;
  if (seconds >= MINUTE && seconds % MINUTE === 0) return `${seconds / MINUTE} 分钟`;
  return `${formatNumber(seconds)} 秒`;
}

/** What the codes inside of limits are called. */
export interface Names {
  /** Names of parameters by code. */
  readonly parameters: ReadonlyMap<string, string>;
  /** What the numbers of an enumerated element mean, by its code. */
  readonly states: ReadonlyMap<string, ReadonlyMap<number, string>>;
}

export function namesOf(
  parameters: readonly Pick<Parameter, 'code' | 'name'>[],
  elements: readonly { readonly code: string; readonly states?: Element['states'] }[],
): Names {
  return {
    parameters: new Map(parameters.map(({ code, name }) => [code, name])),
    states: new Map(
      elements.map(({ code, states = [] }) => [
        code,
        new Map(states.map(({ value, name }) => [value, name] as const)),
      ]),
    ),
  };
}

/** What a limit is read with. */
export interface LimitContext {
  readonly measure: SignMeasure;
  readonly element: string;
  readonly unit: string;
  readonly direction: SignDirection;
}

/** Compared in seconds, and said as a span of time. */
const IN_SECONDS: ReadonlySet<MeasureKind> = new Set(['duration', 'forecast', 'silence']);

/** `25 cm`, `警戒水位 − 0.2 m`, `2 小时`, `“确认”`. */
export function limitText(limit: Limit, sign: LimitContext, names: Names): string {
  if (typeof limit !== 'number') return parameterText(limit, sign.unit, names);
  if (IN_SECONDS.has(sign.measure.kind)) return spanText(limit);
  if (sign.measure.kind === 'rarity') return rarityText(limit);
  const state = stateOf(limit, sign, names);
  return state === undefined ? formatValue(limit, sign.unit) : `“${state}”`;
}

/** A number in a sign's unit: `25 cm`, and `2 小时` for what is compared in seconds. */
export function valueText(value: number, unit: string, kind: MeasureKind): string {
  if (kind === 'rarity') return rarityText(value);
  return IN_SECONDS.has(kind) ? spanText(value) : formatValue(value, unit);
}

/** The word for a number of an enumerated element, whose unit then says nothing. */
function stateOf(limit: Limit, sign: LimitContext, names: Names): string | undefined {
  if (typeof limit !== 'number' || sign.measure.kind !== 'value') return undefined;
  return names.states.get(sign.element)?.get(limit);
}

function parameterText(
  { parameter, times, plus }: Exclude<Limit, number>,
  unit: string,
  names: Names,
): string {
  const name = names.parameters.get(parameter) ?? parameter;
  const factor = times === undefined ? '' : ` × ${formatNumber(times).replace('-', '−')}`;
  if (plus === undefined) return `${name}${factor}`;
  return `${name}${factor} ${plus < 0 ? '−' : '+'} ${formatValue(Math.abs(plus), unit)}`;
}

interface Cell {
  readonly limit: Limit;
  readonly lower?: Limit | undefined;
  readonly onDelaySeconds: number;
}

/** `≥ 25 cm，持续 2 分钟`, `< 0.14 MPa`, `≥ 23 或 < 19.5 %VOL`. */
export function cellText(cell: Cell, sign: LimitContext, names: Names): string {
  const limit = limitText(cell.limit, sign, names);
  const [low, high] = stateOf(cell.limit, sign, names) === undefined ? ['< ', '≥ '] : SIGN_TEXT.ofState;
  const past = `${sign.direction === 'low' ? low : high}${limit}`;
  const both = cell.lower === undefined ? past : `${past} 或 < ${limitText(cell.lower, sign, names)}`;
  return cell.onDelaySeconds === 0 ? both : `${both}${SIGN_TEXT.keep(spanText(cell.onDelaySeconds))}`;
}

const AS_TEXT = { percent: '百分比', absolute: '差值' } as const;

/** `1 小时累计`, `下降到 0.1 MPa 以下的时长`: what of the readings is compared, beside the element's name. */
export function measureText(sign: LimitContext, names: Names): string {
  const { measure } = sign;
  switch (measure.kind) {
    case 'value':
    case 'silence':
    case 'fire-weather':
      return MEASURE_TEXT[measure.kind];
    case 'rolling':
      return `${spanText(measure.windowSeconds)}${STATISTIC_TEXT[measure.statistic]}`;
    case 'rate':
    case 'anomaly':
      return `${spanText(measure.windowSeconds)}${MEASURE_TEXT[measure.kind]}`;
    case 'rarity':
      return `先学 ${spanText(measure.learnSeconds)}，再与自身历史相比的${MEASURE_TEXT[measure.kind]}`;
    case 'deviation':
      return `与前 ${measure.weeks} 周同一时刻相比的${AS_TEXT[measure.as]}`;
    case 'duration':
      return `${pastText(measure, sign, names)}的时长`;
    case 'points':
      return `${pastText(measure, sign, names)}的监测点数`;
    case 'forecast':
      return `照近 ${spanText(measure.windowSeconds)}的走势，多久后${pastText(measure, sign, names)}`;
    default:
      return String(measure satisfies never);
  }
}

/** The limit that is passed stands on the element's scale, whose unit the sign does not say. */
function pastText(
  { past, direction }: { readonly past: Limit; readonly direction: 'high' | 'low' },
  sign: LimitContext,
  names: Names,
): string {
  const text = limitText(past, { ...sign, measure: { kind: 'value' }, unit: '' }, names);
  return direction === 'high' ? `达到 ${text}` : `低于 ${text}`;
}

/** When a level is left, in one sentence. */
export function recoverText(
  sign: LimitContext & { readonly deadband: number; readonly offDelaySeconds: number },
): string {
  const { deadband, unit, measure, offDelaySeconds } = sign;
  const back = IN_SECONDS.has(measure.kind) ? spanText(deadband) : formatValue(deadband, unit);
  return SIGN_TEXT.recoverWords(deadband === 0 ? '' : back, spanText(offDelaySeconds));
}

/** Whether limits stand on the scale of the readings themselves. */
export function isOnScale({ kind }: SignMeasure): boolean {
  return kind === 'value';
}
