import type { Sign } from '#contract/standard';
import { LEVEL_TEXT } from '#model/warning';
import type { EChartsCoreOption } from 'echarts/core';

import { formatDateTime, formatNumber, formatValue } from '../../../app/format.ts';
import { FONT } from '../../../app/theme.ts';
import { fromBeijingAxis, onBeijingAxis } from '../../../ui/chart.tsx';
import { LEVEL_COLORS } from '../../../ui/level-colors.ts';
import { isOnScale } from '../words.ts';
import { bandsOf } from './bands.ts';

interface Sample {
  readonly observedAt: number;
  readonly value: number;
}

const INK = '#18242b';
const QUIET = '#4c5c66';
const LINE = '#0e5f63';

/** Readings of a point as a line; the levels as bands behind it, where their limits stand on the readings' scale. */
export function readingsOption(sign: Sign, unit: string, samples: readonly Sample[]): EChartsCoreOption {
  const bands = isOnScale(sign.measure) ? numbersOf(sign) : [];
  const values = [...samples.map(({ value }) => value), ...bands.map(({ from }) => from ?? 0)];
  const low = Math.min(0, ...values);
  const high = Math.max(...values, 0);
  const room = (high - low) * 0.08 || 1;
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: FONT, color: INK },
    grid: { left: 8, right: 76, top: 16, bottom: 8, outerBoundsMode: 'same' },
    tooltip: {
      trigger: 'axis',
      formatter: ([point]: readonly { readonly value: readonly [number, number] }[]) =>
        point
          ? `${formatDateTime(fromBeijingAxis(point.value[0]))}<br><b>${formatValue(point.value[1], unit)}</b>`
          : '',
    },
    xAxis: {
      type: 'time',
      axisLabel: { hideOverlap: true, color: QUIET, formatter: { day: '{MM}-{dd}', hour: '{HH}:{mm}' } },
    },
    yAxis: {
      type: 'value',
      min: low < 0 ? round(low - room) : 0,
      max: round(high + room),
      axisLabel: { formatter: (value: number) => formatNumber(value), showMaxLabel: false, color: QUIET },
      splitLine: { show: bands.length === 0, lineStyle: { color: '#eef1f2' } },
    },
    series: [
      {
        type: 'line',
        showSymbol: samples.length < 3,
        lineStyle: { width: 2, color: LINE },
        itemStyle: { color: LINE },
        data: samples.map(({ observedAt, value }) => [onBeijingAxis(observedAt), value]),
        markLine: { silent: true, symbol: 'none', data: lines(sign, bands.length > 0) },
        markArea: { silent: true, data: areas(bands, round(high + room)) },
      },
    ],
  };
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

interface NumberBand {
  readonly level: keyof typeof LEVEL_COLORS | null;
  readonly from: number | null;
}

/** Empty where a limit follows from a parameter: each object has its own. */
function numbersOf(sign: Sign): readonly NumberBand[] {
  const bands = bandsOf(sign.levels, sign.direction);
  const known = bands.flatMap(({ level, from }): readonly NumberBand[] =>
    from === null || typeof from === 'number' ? [{ level, from }] : [],
  );
  return known.length === bands.length ? known : [];
}

function lines(sign: Sign, drawn: boolean): readonly object[] {
  if (!drawn) return [];
  return sign.levels.flatMap(({ level, limit, lower }) =>
    [limit, lower]
      .filter((one) => typeof one === 'number')
      .map((one) => ({
        yAxis: one,
        lineStyle: { color: LEVEL_COLORS[level].line, type: 'dashed', width: 1.5 },
        label: {
          position: 'end',
          formatter: `${LEVEL_TEXT[level]} ${formatNumber(one)}`,
          color: LEVEL_COLORS[level].line,
          fontWeight: 600,
        },
      })),
  );
}

function areas(bands: readonly NumberBand[], top: number): readonly object[] {
  return bands.flatMap(({ level, from }, i) => {
    if (level === null) return [];
    const until = bands[i + 1]?.from ?? top;
    const style = { color: LEVEL_COLORS[level].fill, opacity: 0.12 };
    return [[{ yAxis: from ?? 'min', itemStyle: style }, { yAxis: until }]];
  });
}
