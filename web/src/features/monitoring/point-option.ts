import { unitText } from '#model/standard';
import type { monitoringRoutes, Point } from '#contract/monitoring';
import type { EChartsCoreOption } from 'echarts/core';
import type { z } from 'zod';

import { formatDateTime, formatNumber, formatValue } from '../../app/format.ts';
import { fromBeijingAxis, onBeijingAxis } from '../../ui/chart.tsx';
import type { RareSpan } from './detectors/rare-spans.tsx';
import { CHART_TEXT } from './text.ts';

export type Reading = z.output<typeof monitoringRoutes.listReadings.reply>['items'][number];

const QUIET = '#4c5c66';
const LINE = '#0e5f63';
const SUSPECT = '#7b2d5b';

/** Good readings as a line; suspect ones as dots of their own, never joined to it; where it did not fit its own past is shaded. */
export function pointOption(
  readings: readonly Reading[],
  point: Pick<Point, 'elementName' | 'unit'>,
  rare: readonly RareSpan[],
): EChartsCoreOption {
  const good = readings.filter(({ quality }) => quality === 'good');
  const suspect = readings.filter(({ quality }) => quality === 'suspect');
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: 'inherit', color: '#18242b' },
    grid: { left: 8, right: 16, top: 32, bottom: 8, outerBoundsMode: 'same' },
    legend: suspect.length > 0 ? { top: 0, right: 0, itemHeight: 8 } : { show: false },
    tooltip: { trigger: 'axis', formatter: (points: readonly Hovered[]) => tooltip(points, point.unit) },
    xAxis: { type: 'time', axisLabel: { hideOverlap: true, color: QUIET } },
    yAxis: {
      type: 'value',
      scale: true,
      name: unitText(point.unit),
      nameTextStyle: { align: 'right', color: QUIET },
      axisLabel: { formatter: (value: number) => formatNumber(value), color: QUIET },
      splitLine: { lineStyle: { color: '#eef1f2' } },
    },
    series: [
      {
        name: point.elementName,
        type: 'line',
        showSymbol: good.length < 3,
        lineStyle: { width: 1.6, color: LINE },
        itemStyle: { color: LINE },
        data: good.map(onAxis),
        markArea: {
          silent: true,
          itemStyle: { color: SUSPECT, opacity: 0.12 },
          label: { color: SUSPECT, position: 'insideTop' },
          data: rare.map((span) => areaOf(span, readings)),
        },
      },
      {
        name: CHART_TEXT.suspect,
        type: 'line',
        symbol: 'diamond',
        symbolSize: 7,
        lineStyle: { width: 0 },
        itemStyle: { color: SUSPECT },
        data: suspect.map(onAxis),
      },
    ],
  };
}

/** Up to the newest reading while it goes on. */
function areaOf({ from, until }: RareSpan, readings: readonly Reading[]): readonly object[] {
  const [first, last] = [readings[0]?.observedAt ?? from, readings.at(-1)?.observedAt ?? from];
  const within = (at: number): number => onBeijingAxis(Math.min(Math.max(at, first), last));
  return [{ name: CHART_TEXT.rare, xAxis: within(from) }, { xAxis: within(until ?? last) }];
}

interface Hovered {
  readonly seriesName: string;
  readonly value: readonly [number, number];
}

function tooltip(points: readonly Hovered[], unit: string): string {
  const [first] = points;
  if (!first) return '';
  const lines = points.map(({ value }) => `<b>${formatValue(value[1], unit)}</b>`);
  return [formatDateTime(fromBeijingAxis(first.value[0])), ...lines].join('<br>');
}

function onAxis({ observedAt, value }: Reading): readonly [number, number] {
  return [onBeijingAxis(observedAt), value];
}
