import type { ActorDetail } from '#contract/warning';
import type { EChartsCoreOption } from 'echarts/core';

import { formatDateTime } from '../../../app/format.ts';
import { PERFORMANCE_TEXT } from './text.ts';

const QUIET = '#4c5c66';
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const SHORT_MS = 5 * MINUTE_MS;

/** How long each alarm lasted, one after the other, in minutes, or in seconds where all were short; what stands counts up to now. */
export function lastedOption({ episodes, until }: ActorDetail): EChartsCoreOption {
  const lasted = episodes.map(({ raisedAt, normalAt }) => (normalAt ?? until) - raisedAt);
  const isShort = Math.max(...lasted) < SHORT_MS;
  const by = isShort ? SECOND_MS : MINUTE_MS;
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit', color: '#18242b' },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    grid: { left: 8, right: 8, top: 24, bottom: 8, outerBoundsMode: 'same' },
    xAxis: {
      type: 'category',
      data: episodes.map(({ raisedAt }) => formatDateTime(raisedAt).slice(5)),
      axisTick: { show: false },
      axisLabel: { color: QUIET, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      name: isShort ? PERFORMANCE_TEXT.detail.seconds : PERFORMANCE_TEXT.detail.minutes,
      nameTextStyle: { color: QUIET },
      splitLine: { lineStyle: { color: '#eef1f2' } },
      axisLabel: { color: QUIET },
    },
    series: [
      {
        name: PERFORMANCE_TEXT.detail.chart,
        type: 'bar',
        barMaxWidth: 12,
        itemStyle: { color: '#5f8f93' },
        data: lasted.map((ms) => Math.round((ms / by) * 10) / 10),
      },
    ],
  };
}
