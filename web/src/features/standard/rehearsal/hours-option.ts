import type { RehearsalResult, RehearsedLevels } from '#contract/standard';
import type { EChartsCoreOption } from 'echarts/core';

import { REHEARSAL_TEXT as T } from './rehearsal-text.ts';

const INK = '#18242b';
const QUIET = '#4c5c66';

/** Warnings by the hour of the day, the draft beside the version in force; no level, so no level's colour. */
export function hoursOption(hours: RehearsalResult['hours']): EChartsCoreOption {
  const total = ({ blue, yellow, orange, red }: RehearsedLevels): number => blue + yellow + orange + red;
  const bars = (name: string, color: string, data: readonly number[]) => ({
    name,
    type: 'bar',
    barMaxWidth: 12,
    itemStyle: { color },
    data,
  });
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit', color: INK },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10 },
    grid: { left: 8, right: 8, top: 30, bottom: 8, outerBoundsMode: 'same' },
    xAxis: {
      type: 'category',
      data: hours.map((_, hour) => `${hour}时`),
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
      bars(
        T.current,
        '#a9b7bd',
        hours.map(({ current }) => total(current)),
      ),
      bars(
        T.draft,
        '#0b5a73',
        hours.map(({ draft }) => total(draft)),
      ),
    ],
  };
}
