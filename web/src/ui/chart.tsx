import { BarChart, LineChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { type ReactElement, useEffect, useRef } from 'react';

use([
  BarChart,
  LineChart,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);

interface ChartProps {
  readonly option: EChartsCoreOption;
  /** What the picture says, for who cannot see it. */
  readonly label: string;
  readonly height?: number;
}

/** An ECharts picture that follows the width of its place. */
export function Chart({ option, label, height = 300 }: ChartProps): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(undefined);
  useEffect(() => {
    if (!place.current) return undefined;
    const made = init(place.current);
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option]);
  return <div ref={place} role="img" aria-label={label} style={{ height }} />;
}

const BEIJING_MS = 8 * 3_600_000;

/** ECharts can draw UTC or the browser's zone, not Beijing: draw moments shifted by eight hours, with `useUTC`. */
export function onBeijingAxis(at: number): number {
  return at + BEIJING_MS;
}

/** Back from the axis to the moment. */
export function fromBeijingAxis(at: number): number {
  return at - BEIJING_MS;
}
