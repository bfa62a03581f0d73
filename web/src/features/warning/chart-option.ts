import { LEVEL_TEXT, LEVELS } from '#model/warning';
import type { EChartsCoreOption } from 'echarts/core';

import { formatClock, formatDateTime, formatNumber, formatValue } from '../../app/format.ts';
import { FONT } from '../../app/theme.ts';
import { fromBeijingAxis, onBeijingAxis } from '../../ui/chart.tsx';
import { LEVEL_COLORS } from '../../ui/level-colors.ts';
import type { Evidence } from './evidence.ts';
import { measureText } from './evidence-panel.tsx';
import { isOnScale } from './measure-text.ts';
import type { Sample } from './rolling-sum.ts';

interface Drawn {
  readonly samples: readonly Sample[];
  /** The rolling sum, where the sign compares one. */
  readonly sums: readonly Sample[] | null;
}

const INK = '#18242b';
const QUIET = '#4c5c66';
const LINE = '#0e5f63';
const BARS = '#9fc0c4';

/** Readings as a line, or as bars with their rolling sum; four limits in their levels' colours; when it rose and fell. */
export function chartOption(evidence: Evidence, { samples, sums }: Drawn): EChartsCoreOption {
  const compared = sums ?? samples;
  const unit = isOnScale(evidence.sign.measure) ? evidence.sign.unit : '';
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: FONT, color: INK },
    grid: { left: 8, right: 84, top: sums ? 44 : 26, bottom: 8, outerBoundsMode: 'same' },
    legend: sums ? { top: 0, left: 0, itemHeight: 8, itemWidth: 14 } : { show: false },
    tooltip: {
      trigger: 'axis',
      formatter: (points: readonly TooltipPoint[]) => tooltipText(points, unit),
    },
    xAxis: {
      type: 'time',
      axisLabel: { hideOverlap: true, color: QUIET, formatter: { day: '{MM}-{dd}', hour: '{HH}:{mm}' } },
      axisLine: { lineStyle: { color: QUIET } },
    },
    yAxis: {
      type: 'value',
      axisLabel: { formatter: (value: number) => formatNumber(value), showMaxLabel: false, color: QUIET },
      splitLine: { lineStyle: { color: '#eef1f2' } },
      ...span(evidence, compared),
    },
    series: [
      ...(sums
        ? [
            {
              name: evidence.point.elementName,
              type: 'bar',
              barMaxWidth: 8,
              itemStyle: { color: BARS },
              data: points(samples),
            },
          ]
        : []),
      {
        name: measureText(evidence),
        type: 'line',
        showSymbol: compared.length < 3,
        lineStyle: { width: 2, color: LINE },
        itemStyle: { color: LINE },
        sampling: 'lttb',
        data: points(compared),
        markLine: { silent: true, symbol: 'none', data: [...limitLines(evidence), ...momentLines(evidence)] },
      },
    ],
  };
}

function points(samples: readonly Sample[]): (readonly [number, number])[] {
  return samples.map(({ at, value }) => [onBeijingAxis(at), value]);
}

/** The axis holds every limit and every value: a limit out of the picture would say nothing. */
function span(
  { sign }: Evidence,
  samples: readonly Sample[],
): { readonly min: number; readonly max: number } {
  let min = 0;
  let max = 0;
  const drawn = isOnScale(sign.measure) ? [...Object.values(sign.limits), ...Object.values(sign.lowers)] : [];
  for (const value of [...drawn, ...samples.map((sample) => sample.value)]) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const room = (max - min) * 0.06 || 1;
  return { min: min < 0 ? round(min - room) : 0, max: round(max + room) };
}

function round(value: number): number {
  return Number(value.toPrecision(2));
}

function limitLines({ sign }: Evidence): readonly object[] {
  if (!isOnScale(sign.measure)) return [];
  return LEVELS.flatMap((level) => {
    const { line } = LEVEL_COLORS[level];
    return [sign.limits[level], sign.lowers[level]]
      .filter((limit) => limit !== undefined)
      .map((limit) => ({
        yAxis: limit,
        lineStyle: { color: line, type: 'dashed', width: 1.5 },
        label: {
          position: 'end',
          formatter: `${LEVEL_TEXT[level]} ${formatNumber(limit)}`,
          color: line,
          fontWeight: 600,
        },
      }));
  });
}

function momentLines({ raisedAt, normalAt }: Evidence): readonly object[] {
  const moments = [
    { at: raisedAt, word: '发生' },
    ...(normalAt === null ? [] : [{ at: normalAt, word: '恢复' }]),
  ];
  return moments.map(({ at, word }) => ({
    xAxis: onBeijingAxis(at),
    lineStyle: { color: INK, type: 'solid', width: 1 },
    label: { position: 'end', formatter: `${word} ${formatClock(at).slice(0, 5)}`, color: INK },
  }));
}

interface TooltipPoint {
  readonly seriesName: string;
  readonly marker: string;
  readonly value: readonly [number, number];
}

function tooltipText(points: readonly TooltipPoint[], unit: string): string {
  const [first] = points;
  if (!first) return '';
  const rows = points.map(
    (point) => `${point.marker}${escape(point.seriesName)}　<b>${formatValue(point.value[1], unit)}</b>`,
  );
  return [formatDateTime(fromBeijingAxis(first.value[0])), ...rows].join('<br>');
}

/** The tooltip is HTML; names come from the standard's files. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
