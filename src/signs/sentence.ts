import { type ThresholdSign, unitText } from '#model/standard';
import { LEVEL_TEXT, levelOf } from '#model/warning';

/** What a sentence about a sign needs of it. */
export type SpokenSign = Pick<ThresholdSign, 'name' | 'unit' | 'direction' | 'over' | 'levels'>;

/** "1小时雨量 61.6 mm ≥ 50 mm（黄色）": why a sign stands at its level, as a person would say it. */
export function levelSentence(sign: SpokenSign, rank: number, value: number): string {
  const level = levelOf(rank);
  const limit = level && sign.levels[level]?.limit;
  if (!level || limit === undefined) return normalSentence(sign, value);
  const relation = sign.direction === 'high' ? '≥' : '<';
  return `${sign.name}：${what(sign)} ${quantity(value, sign.unit)} ${relation} ${quantity(limit, sign.unit)}（${LEVEL_TEXT[level]}）`;
}

/** "1小时雨量 已回到 2.4 mm". */
export function normalSentence(sign: SpokenSign, value: number): string {
  return `${sign.name}：${what(sign)}已回到 ${quantity(value, sign.unit)}`;
}

function what(sign: SpokenSign): string {
  if (sign.over.kind === 'value') return '实测';
  const hours = sign.over.windowSeconds / 3600;
  return Number.isInteger(hours) ? `${hours} 小时累计` : `${sign.over.windowSeconds / 60} 分钟累计`;
}

/** A number to at most two decimals with its unit. */
export function quantity(value: number, unit: string): string {
  const number = String(Math.round(value * 100) / 100);
  const shown = unitText(unit);
  return shown === '' ? number : `${number} ${shown}`;
}
