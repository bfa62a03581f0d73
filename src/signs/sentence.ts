import {
  type ElementState,
  type LevelThreshold,
  type Limit,
  rarityText,
  type Sign,
  type SignMeasure,
  unitText,
} from '#model/standard';
import { type Level, LEVEL_TEXT, levelOf } from '#model/warning';

import type { ParameterOf } from './compile-sign.ts';
import { forecastText } from './forecast-sentence.ts';

/** What a sentence about a sign needs of it. */
export type SpokenSign = Pick<Sign, 'name' | 'unit' | 'direction' | 'measure' | 'levels' | 'agreement'> & {
  /** What the numbers of its element mean, for an enumerated one. */
  readonly states?: readonly ElementState[] | undefined;
};

/** "1小时雨量：1 小时累计 61.6 mm ≥ 50 mm（黄色）": why a sign stands at its level, as a person would say it. */
export function levelSentence(
  sign: SpokenSign,
  rank: number,
  value: number,
  parameterOf: ParameterOf = () => undefined,
): string {
  const level = levelOf(rank);
  const cell = level && sign.levels[level];
  if (!level || !cell) return normalSentence(sign, value);
  const agreed = agreementText(sign);
  if (stateOf(sign, value) !== undefined)
    return `${sign.name}：${agreed}${said(sign, value)}（${LEVEL_TEXT[level]}）`;
  if (sign.measure.kind === 'forecast') return comingSentence(sign, { level, cell, value }, parameterOf);
  // It fell within its off-delay: the level holds still, the limit is no longer passed.
  const back = sign.agreement === undefined ? backText(sign, cell, value, parameterOf) : '';
  if (back !== '')
    return `${sign.name}：${what(sign.measure)} ${said(sign, value)}，${back}，恢复前仍按${LEVEL_TEXT[level]}`;
  // "Once in 12,000, which is rarer than once in 10,000" says nothing more.
  const beside = sign.measure.kind === 'rarity' ? '' : besideText(sign, cell, value, parameterOf);
  return `${sign.name}：${agreed}${what(sign.measure)} ${said(sign, value)}${beside}（${LEVEL_TEXT[level]}）`;
}

/** "预计客流：预计 12 分钟后越限，不足 30 分钟（蓝色）". */
function comingSentence(
  sign: SpokenSign,
  { level, cell, value }: { readonly level: Level; readonly cell: LevelThreshold; readonly value: number },
  parameterOf: ParameterOf,
): string {
  const coming = forecastText(value, spanText);
  if (!isPast(sign, cell, value, parameterOf))
    return `${sign.name}：${coming}，恢复前仍按${LEVEL_TEXT[level]}`;
  const limit = resolved(cell.limit, parameterOf);
  const beside = limit === undefined || value <= 0 ? '' : `，不足 ${spanText(limit)}`;
  return `${sign.name}：${coming}${beside}（${LEVEL_TEXT[level]}）`;
}

/** "最近 5 次读数至少 3 次": what was told is what at least so many of them came to. */
function agreementText({ agreement }: SpokenSign): string {
  return agreement === undefined ? '' : `最近 ${agreement.of} 次读数至少 ${agreement.atLeast} 次`;
}

/** The limit a value is past, on the side it is past; nothing where it depends on what is not known. */
function besideText(sign: SpokenSign, cell: LevelThreshold, value: number, parameterOf: ParameterOf): string {
  const lower = cell.lower === undefined ? undefined : resolved(cell.lower, parameterOf);
  const isLow = sign.direction === 'low' || (lower !== undefined && value < lower);
  const bound = isLow && lower !== undefined ? lower : resolved(cell.limit, parameterOf);
  return bound === undefined ? '' : ` ${isLow ? '<' : '≥'} ${said(sign, bound)}`;
}

/** "已低于 25 cm": of a value that no longer passes the limit; nothing where it does, or where that is not known. */
function backText(sign: SpokenSign, cell: LevelThreshold, value: number, parameterOf: ParameterOf): string {
  const limit = resolved(cell.limit, parameterOf);
  if (limit === undefined || sign.measure.kind === 'rarity' || isPast(sign, cell, value, parameterOf))
    return '';
  return sign.direction === 'low' ? `已不低于 ${said(sign, limit)}` : `已低于 ${said(sign, limit)}`;
}

/**
 * Why a sign that holds is not over yet, by the newest reading: the value that is still past its limit, or one that has not been back
 * for long enough. What is no plain value is told as it was at its last change.
 */
export function standingSentence(
  sign: SpokenSign & Pick<Sign, 'deadband' | 'offDelaySeconds'>,
  {
    level,
    value,
    newest,
  }: { readonly level: number; readonly value: number; readonly newest: number | null },
  parameterOf: ParameterOf = () => undefined,
): string {
  if (newest === null || sign.measure.kind !== 'value' || sign.agreement !== undefined)
    return levelSentence(sign, level, value, parameterOf);
  const name = levelOf(level);
  const cell = name && sign.levels[name];
  if (cell && isPast(sign, cell, newest, parameterOf)) return levelSentence(sign, level, newest, parameterOf);
  const { deadband, offDelaySeconds } = sign;
  const margin = deadband > 0 ? `离开限值 ${quantity(deadband, sign.unit)}，` : '';
  const wait = offDelaySeconds > 0 ? `持续 ${spanText(offDelaySeconds)}` : '有新读数';
  return `${sign.name}：现值 ${said(sign, newest)}，还须${margin}${wait}才算恢复`;
}

function isPast(sign: SpokenSign, cell: LevelThreshold, value: number, parameterOf: ParameterOf): boolean {
  const limit = resolved(cell.limit, parameterOf);
  const lower = cell.lower === undefined ? undefined : resolved(cell.lower, parameterOf);
  if (lower !== undefined && value < lower) return true;
  if (limit === undefined) return false;
  return sign.direction === 'low' ? value < limit : value >= limit;
}

/** "1小时雨量：1 小时累计已回到 2.4 mm". */
export function normalSentence(sign: SpokenSign, value: number): string {
  if (sign.measure.kind === 'rarity') return `${sign.name}：又与自身历史相符`;
  if (sign.measure.kind === 'forecast') return `${sign.name}：${forecastText(value, spanText)}，已恢复`;
  const back = stateOf(sign, value) === undefined ? what(sign.measure) : '';
  return `${sign.name}：${back}已回到 ${said(sign, value)}`;
}

/** "积水深度最高 62 cm": the worst of many, in the direction in which the sign is worse. */
export function extremeSentence(sign: SpokenSign, value: number): string {
  if (stateOf(sign, value) !== undefined) return `${sign.name}${said(sign, value)}`;
  if (sign.measure.kind === 'rarity') return `${sign.name}，最罕见的约 ${said(sign, value)}`;
  if (sign.measure.kind === 'forecast') return `${sign.name}，最早的${forecastText(value, spanText)}`;
  const word = EXTREME_TEXT[sign.direction === 'low' ? 'low' : 'high'][isSpan(sign) ? 'span' : 'quantity'];
  return `${sign.name}${word} ${said(sign, value)}`;
}

const EXTREME_TEXT = {
  high: { quantity: '最高', span: '最长' },
  low: { quantity: '最低', span: '最短' },
} as const;

/** A limit as a number, where what it depends on is known. */
export function resolved(limit: Limit, parameterOf: ParameterOf): number | undefined {
  if (typeof limit === 'number') return limit;
  const value = parameterOf(limit.parameter);
  return value === undefined ? undefined : value * (limit.times ?? 1) + (limit.plus ?? 0);
}

const STATISTIC_TEXT = { sum: '累计', mean: '平均', min: '最低', max: '最高', count: '次数' } as const;

function what(measure: SignMeasure): string {
  switch (measure.kind) {
    case 'value':
      return '实测';
    case 'rolling':
      return `${spanText(measure.windowSeconds)}${STATISTIC_TEXT[measure.statistic]}`;
    case 'rate':
      return `${spanText(measure.windowSeconds)}变化`;
    case 'duration':
      return '已持续';
    case 'deviation':
      return '较往周同时段偏离';
    case 'forecast':
      return '预计';
    case 'anomaly':
      return '异常程度';
    case 'rarity':
      return '与自身历史不符，约';
    case 'points':
      return '同时越限点数';
    case 'silence':
      return '数据中断';
    case 'fire-weather':
      return '午时指数';
    default:
      return measure satisfies never;
  }
}

/** The name of a value that is a state: nobody says “2 ≥ 2” of a lift in which somebody is trapped. */
function stateOf({ measure, states }: SpokenSign, value: number): string | undefined {
  return measure.kind === 'value' ? states?.find((state) => state.value === value)?.name : undefined;
}

function said(sign: SpokenSign, value: number): string {
  const state = stateOf(sign, value);
  if (state !== undefined) return `“${state}”`;
  if (sign.measure.kind === 'rarity') return rarityText(value);
  return isSpan(sign) ? spanText(value) : quantity(value, sign.unit);
}

/** What it compares is how long. */
function isSpan({ measure: { kind } }: SpokenSign): boolean {
  return kind === 'duration' || kind === 'forecast' || kind === 'silence';
}

const SPANS = [
  { seconds: 86_400, text: '天' },
  { seconds: 3600, text: '小时' },
  { seconds: 60, text: '分钟' },
] as const;

/** "1 小时", "90 分钟", "2 天": the largest unit of which there is a whole number, else whole minutes. */
export function spanText(seconds: number): string {
  const span = SPANS.find((one) => seconds >= one.seconds && seconds % one.seconds === 0);
  if (span) return `${seconds / span.seconds} ${span.text}`;
  return seconds < 60 ? `${Math.round(seconds)} 秒` : `${Math.floor(seconds / 60)} 分钟`;
}

/** A number to at most two decimals with its unit. */
export function quantity(value: number, unit: string): string {
  const number = String(Math.round(value * 100) / 100);
  const shown = unitText(unit);
  return shown === '' ? number : `${number} ${shown}`;
}
