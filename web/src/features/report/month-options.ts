import { LEVEL_TEXT, LEVELS } from '#model/warning';
import type { EChartsCoreOption } from 'echarts/core';

import { LEVEL_COLORS } from '../../ui/level-colors.ts';
import type { Month } from './month-query.ts';
import { TEXT } from './text.ts';

const INK = '#18242b';
const QUIET = '#4c5c66';
const BASE = {
  animation: false,
  textStyle: { fontFamily: 'inherit', color: INK },
  tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
} as const;
const COUNTS = {
  type: 'value',
  minInterval: 1,
  splitLine: { lineStyle: { color: '#eef1f2' } },
  axisLabel: { color: QUIET },
};

/** One bar per scenario, stacked by level, the gravest at the left. The scenarios with most warnings on top. */
export function scenarioOption({ byScenario }: Month['warnings']): EChartsCoreOption {
  const rows = byScenario.toSorted((a, b) => a.total - b.total);
  return {
    ...BASE,
    grid: { left: 8, right: 16, top: 30, bottom: 8, outerBoundsMode: 'same' },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10 },
    xAxis: COUNTS,
    yAxis: {
      type: 'category',
      data: rows.map(({ name }) => name),
      axisTick: { show: false },
      axisLabel: { color: INK },
    },
    series: LEVELS.toReversed().map((level) => ({
      name: LEVEL_TEXT[level],
      type: 'bar',
      stack: 'level',
      barMaxWidth: 22,
      itemStyle: { color: LEVEL_COLORS[level].fill, borderColor: '#fff', borderWidth: 0.5 },
      label: {
        show: true,
        color: LEVEL_COLORS[level].text,
        formatter: ({ value }: { readonly value: number }) => (value > 0 ? String(value) : ''),
      },
      data: rows.map(({ byLevel }) => byLevel[level]),
    })),
  };
}

/** Warnings per day; the axis carries the day of the month. */
export function dayOption({ byDay }: Month['warnings']): EChartsCoreOption {
  return {
    ...BASE,
    grid: { left: 8, right: 8, top: 16, bottom: 8, outerBoundsMode: 'same' },
    xAxis: {
      type: 'category',
      data: byDay.map(({ day }) => `${Number(day.slice(8, 10))}日`),
      axisTick: { show: false },
      axisLabel: { color: QUIET, hideOverlap: true },
    },
    yAxis: COUNTS,
    series: [
      {
        name: TEXT.warnings,
        type: 'bar',
        barMaxWidth: 18,
        itemStyle: { color: '#5f8f93' },
        data: byDay.map(({ total }) => total),
      },
    ],
  };
}

/** Rows of bars need their height. */
export function scenarioHeight({ byScenario }: Month['warnings']): number {
  return 64 + Math.max(2, byScenario.length) * 34;
}
