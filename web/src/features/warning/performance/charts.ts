import type { Performance } from '#contract/warning';
import { type Level, LEVEL_TEXT, LEVELS } from '#model/warning';
import type { EChartsCoreOption } from 'echarts/core';

import { formatDateTime, formatShare } from '../../../app/format.ts';
import { LEVEL_COLORS } from '../../../ui/level-colors.ts';
import { PERFORMANCE_TEXT as T } from './text.ts';

const INK = '#18242b';
const QUIET = '#4c5c66';
const CALM = '#5f8f93';
const LATE = '#7b2d5b';
const DAY_MS = 86_400_000;
const BASE = {
  animation: false,
  textStyle: { fontFamily: 'inherit', color: INK },
  tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
} as const;

/** What each level should come to: 80/15/5, the last for orange and red together. */
const GOALS: Readonly<Record<Level, number>> = { blue: 0.8, yellow: 0.15, orange: 0.04, red: 0.01 };

/** `11-30 17:00`, or `11-30` where a bucket is a day. */
function nameOf(at: number, bucketMs: number): string {
  const text = formatDateTime(at).slice(5);
  return bucketMs >= DAY_MS ? text.slice(0, 5) : text;
}

/** Warnings hour by hour or day by day, those with a flood of ten minutes in another colour. */
export function loadOption({ buckets, bucketMs, from, until }: Performance): EChartsCoreOption {
  const known = new Map(buckets.map((one) => [one.at, one]));
  const first = Math.min(from, ...known.keys());
  const start = buckets[0] ? buckets[0].at - Math.floor((buckets[0].at - first) / bucketMs) * bucketMs : from;
  const moments: number[] = [];
  for (let at = start; at < until; at += bucketMs) moments.push(at);
  return {
    ...BASE,
    grid: { left: 8, right: 8, top: 28, bottom: 8, outerBoundsMode: 'same' },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10 },
    xAxis: {
      type: 'category',
      data: moments.map((at) => nameOf(at, bucketMs)),
      axisTick: { show: false },
      axisLabel: { color: QUIET, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitLine: { lineStyle: { color: '#eef1f2' } },
      axisLabel: { color: QUIET },
    },
    series: [
      {
        name: T.warnings,
        type: 'bar',
        barMaxWidth: 18,
        itemStyle: { color: CALM },
        data: moments.map((at) => known.get(at)?.warnings ?? 0),
      },
      {
        name: T.peakIn,
        type: 'line',
        symbolSize: 4,
        lineStyle: { color: LATE, width: 1.5 },
        itemStyle: { color: LATE },
        data: moments.map((at) => known.get(at)?.peak ?? 0),
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: LATE, type: 'dashed' },
          label: { formatter: T.limitLine, position: 'insideStartTop', color: LATE },
          data: [{ yAxis: 10 }],
        },
      },
    ],
  };
}

/** What the picture says, for who cannot see it. */
export function loadWords({ buckets, bucketMs }: Performance): string {
  return T.loadLabel(buckets.map(({ at, warnings }) => `${nameOf(at, bucketMs)} ${warnings} 条`).join('，'));
}

function shares({ counts }: Performance): readonly { readonly level: Level; readonly share: number }[] {
  return LEVELS.map((level) => ({
    level,
    share: counts.warnings === 0 ? 0 : counts.byLevel[level] / counts.warnings,
  }));
}

/** The share of each level beside what it should be. */
export function levelOption(data: Performance): EChartsCoreOption {
  const actual = shares(data);
  return {
    ...BASE,
    tooltip: { ...BASE.tooltip, valueFormatter: (value: number) => formatShare(value) },
    grid: { left: 8, right: 16, top: 28, bottom: 8, outerBoundsMode: 'same' },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10 },
    xAxis: {
      type: 'value',
      max: 1,
      axisLabel: { color: QUIET, formatter: (value: number) => `${Math.round(value * 100)}%` },
      splitLine: { lineStyle: { color: '#eef1f2' } },
    },
    yAxis: {
      type: 'category',
      data: actual.map(({ level }) => LEVEL_TEXT[level]),
      axisTick: { show: false },
      axisLabel: { color: INK },
    },
    series: [
      {
        name: T.actual,
        type: 'bar',
        barMaxWidth: 14,
        itemStyle: { color: CALM },
        data: actual.map(({ level, share }) => ({
          value: share,
          itemStyle: { color: LEVEL_COLORS[level].fill },
        })),
      },
      {
        name: T.goal,
        type: 'bar',
        barMaxWidth: 14,
        itemStyle: { color: '#d3dade' },
        data: LEVELS.map((level) => GOALS[level]),
      },
    ],
  };
}

export function levelWords(data: Performance): string {
  return T.levelsLabel(
    shares(data)
      .map(({ level, share }) => `${LEVEL_TEXT[level]} ${formatShare(share)}`)
      .join('，'),
  );
}
