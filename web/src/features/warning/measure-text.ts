import { MEASURE_TEXT, type MeasureKind, rarityText } from '#model/standard';

import { formatDuration, formatValue } from '../../app/format.ts';
import type { Evidence, Measured } from './evidence.ts';

const STATISTIC_TEXT = {
  sum: '滚动累计',
  mean: '滚动平均',
  min: '滚动最低',
  max: '滚动最高',
  count: '滚动次数',
} as const;

/** `60 分滚动累计`: what of the readings is compared; empty where it is the readings themselves. */
export function measureName(measure: Measured): string {
  if (measure.kind === 'value' || measure.kind === 'composite') return '';
  const { kind, statistic, windowSeconds } = measure;
  const window = windowSeconds === undefined ? '' : formatDuration(windowSeconds * 1000);
  return `${window}${statistic === undefined ? MEASURE_TEXT[kind] : STATISTIC_TEXT[statistic]}`;
}

/** Compared in seconds, and said as a span of time. */
const IN_SECONDS: ReadonlySet<MeasureKind | 'composite'> = new Set(['duration', 'forecast', 'silence']);

export function comparedText({ unit, measure }: Evidence['sign'], value: number): string {
  if (measure.kind === 'rarity') return rarityText(value);
  return IN_SECONDS.has(measure.kind) ? formatDuration(value * 1000) : formatValue(value, unit);
}

/** `≥ 40 cm`, `< 0.14 MPa`, `≥ 23 或 < 19.5 %VOL`. */
export function limitText(sign: Evidence['sign'], limit: number, lower: number | undefined): string {
  if (sign.direction === 'low') return `< ${comparedText(sign, limit)}`;
  const high = `≥ ${comparedText(sign, limit)}`;
  return lower === undefined ? high : `${high} 或 < ${comparedText(sign, lower)}`;
}

/** The window of a rolling sum (ms), which is drawn beside its readings; null for everything else. */
export function sumWindowMs(measure: Measured): number | null {
  const { statistic, windowSeconds } = measure;
  return statistic === 'sum' && windowSeconds !== undefined ? windowSeconds * 1000 : null;
}

/** Whether the limits stand on the scale of what is drawn: the readings, or their sum. */
export function isOnScale(measure: Measured): boolean {
  return measure.kind === 'value' || (measure.kind === 'rolling' && measure.statistic !== 'count');
}
