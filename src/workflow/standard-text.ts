import type {
  Agreement,
  Basis,
  BasisTag,
  Limit,
  ParameterDefinition,
  PastDirection,
  RoleInUnit,
  SignDirection,
  SignMeasure,
  Statistic,
  TimeLimit,
} from '#model/standard';
import { MEASURE_TEXT, unitText } from '#model/standard';
import { ROLE_TEXT } from '#model/platform';

const TAG_TEXT: Readonly<Record<BasisTag, string>> = {
  S: '公开原文',
  K: '已知条款',
  P: '通行做法',
  A: '设定值',
};
const STATISTIC_TEXT: Readonly<Record<Statistic, string>> = {
  sum: '累计',
  mean: '平均',
  min: '最小',
  max: '最大',
  count: '次数',
};
const PAST_TEXT: Readonly<Record<PastDirection, string>> = { high: '不低于', low: '低于' };
export const DIRECTION_TEXT: Readonly<Record<SignDirection, string>> = {
  high: '达到或高于限值',
  low: '低于限值',
  band: '越出区间',
};

const HOUR = 3600;
const MINUTE = 60;

export function durationText(seconds: number): string {
  if (seconds !== 0 && seconds % HOUR === 0) return `${seconds / HOUR} 小时`;
  if (seconds !== 0 && seconds % MINUTE === 0) return `${seconds / MINUTE} 分钟`;
  return `${seconds} 秒`;
}

export function periodText(seconds: number): string {
  return seconds === 0 ? '事件触发' : durationText(seconds);
}

export function yesNo(value: boolean): string {
  return value ? '是' : '否';
}

/** A number with its unit as people read it. */
export function withUnit(value: number | string, unit: string): string {
  const shown = unitText(unit);
  return shown === '' ? String(value) : `${value} ${shown}`;
}

export function rangeText([low, high]: readonly [number, number], unit: string): string {
  return withUnit(`${low}–${high}`, unit);
}

/** A limit: a number, or the parameter it follows from, by name. */
export function limitText(limit: Limit, unit: string, parameters: readonly ParameterDefinition[]): string {
  if (typeof limit === 'number') return withUnit(limit, unit);
  const { parameter, times, plus } = limit;
  const name = parameters.find(({ code }) => code === parameter)?.name ?? parameter;
  const factor = times === undefined ? '' : ` × ${times}`;
  if (plus === undefined) return `“${name}”${factor}`;
  return `“${name}”${factor} ${plus < 0 ? '−' : '+'} ${withUnit(Math.abs(plus), unit)}`;
}

export function basisText({ tag, document, clause, url, verified, note }: Basis): string {
  const where = [document, clause].filter((part) => part !== undefined && part !== '').join(' ');
  const more = [note, url].filter((part) => part !== undefined && part !== '').join('；');
  return `${TAG_TEXT[tag]}：${where}（${verified ? '已核实' : '未核实'}）${more}`;
}

export function roleText({ role, unit }: RoleInUnit): string {
  return `${unit} ${ROLE_TEXT[role]}`;
}

export function timeLimitText(limit: TimeLimit): string {
  if (typeof limit === 'number') return durationText(limit);
  return limit.kind === 'sign-normal' ? '体征恢复之前' : '当天下班之前';
}

/** `最近 5 次读数至少 3 次越限`. */
export function agreementText({ atLeast, of }: Agreement): string {
  return `最近 ${of} 次读数至少 ${atLeast} 次越限`;
}

/** What is compared with the limits, with its window and the limit it counts past (in the element's unit). */
export function measureText(
  measure: SignMeasure,
  unit: string,
  parameters: readonly ParameterDefinition[],
): string {
  return [MEASURE_TEXT[measure.kind], ...measureParts(measure, unit, parameters)].join(' ');
}

const DEVIATION_TEXT = { percent: '百分比', absolute: '差值' } as const;

function measureParts(
  measure: SignMeasure,
  unit: string,
  parameters: readonly ParameterDefinition[],
): readonly string[] {
  switch (measure.kind) {
    case 'value':
    case 'silence':
      return [];
    case 'rolling':
      return [durationText(measure.windowSeconds), STATISTIC_TEXT[measure.statistic]];
    case 'rate':
    case 'anomaly':
      return [durationText(measure.windowSeconds)];
    case 'rarity':
      return [`先学 ${durationText(measure.learnSeconds)}`];
    case 'deviation':
      return [`${measure.weeks} 周`, DEVIATION_TEXT[measure.as]];
    case 'duration':
    case 'points':
      return [pastText(measure, unit, parameters)];
    case 'forecast':
      return [durationText(measure.windowSeconds), pastText(measure, unit, parameters)];
    case 'fire-weather':
      return [`由 ${[measure.temperature, measure.humidity, measure.wind, measure.rain].join('、')} 计算`];
    default:
      return [String(measure satisfies never)];
  }
}

function pastText(
  { past, direction }: { readonly past: Limit; readonly direction: PastDirection },
  unit: string,
  parameters: readonly ParameterDefinition[],
): string {
  return `${PAST_TEXT[direction]} ${limitText(past, unit, parameters)}`;
}
