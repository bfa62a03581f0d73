import { exportRoutes, type Point } from '#contract/monitoring';
import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';

import { formatDateTime, formatValue } from '../../app/format.ts';
import { useNow } from '../../app/use-now.ts';
import { Chart } from '../../ui/chart.tsx';
import { ReplayTag } from '../../ui/replay-tag.tsx';
import { Empty, Resource } from '../../ui/states.tsx';
import { AnalyticsResults } from './analytics/analytics-results.tsx';
import { ExportReadings } from './export-readings.tsx';
import { Learnt } from './detectors/learnt.tsx';
import { RareSpans } from './detectors/rare-spans.tsx';
import { rarityQuery } from './detectors/rarity-query.ts';
import { Confidence } from './quality/confidence.tsx';
import { readingsQuery } from './monitoring-queries.ts';
import { pointOption, type Reading } from './point-option.ts';
import { CHART_TEXT, MARK_TEXT, SOURCE_TEXT } from './text.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const NEWEST = 12;

/** The readings of one point up to its newest, thinned by the server to the pixels of the drawer. */
export function PointChart({ point }: { readonly point: Point }): ReactElement {
  const [ms, setMs] = useState(DAY_MS);
  const now = useNow(MINUTE_MS);
  // A stopped or replayed point is shown up to its last word, not as an empty present.
  const to = (point.lastObservedAt ?? now) + 1;
  const width = Math.max(300, Math.min(720, window.innerWidth - 48));
  const query = useQuery(readingsQuery({ point: point.code, to, ms }, width));
  const items = query.data?.items;
  const { data: rarity } = useQuery(rarityQuery({ point: point.code, from: to - ms, to }));
  const spans = rarity?.spans;
  const option = useMemo(() => pointOption(items ?? [], point, spans ?? []), [items, point, spans]);
  return (
    <div className="point-chart">
      <div className="filters">
        <Segmented value={ms} onChange={setMs} options={[...CHART_TEXT.spans]} />
        <Confidence point={point.code} />
        {rarity?.learnt && <Learnt learnt={rarity.learnt} />}
        {point.lastObservedAt !== null && (
          <span className="quiet figures">
            {CHART_TEXT.upTo} {formatDateTime(point.lastObservedAt)}
          </span>
        )}
        <ExportReadings
          path={exportRoutes.exportReadings.path}
          query={{ point: point.code }}
          from={to - ms}
          to={to}
        />
      </div>
      <Resource query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={CHART_TEXT.none} hint={CHART_TEXT.noneHint} />
          ) : (
            <>
              <Chart
                option={option}
                height={280}
                label={`${point.objectName} ${point.elementName}读数曲线`}
              />
              <RareSpans spans={spans ?? []} />
              <NewestReadings items={items.slice(-NEWEST).toReversed()} unit={point.unit} />
            </>
          )
        }
      </Resource>
      <AnalyticsResults point={point.code} />
    </div>
  );
}

function NewestReadings({
  items,
  unit,
}: {
  readonly items: readonly Reading[];
  readonly unit: string;
}): ReactElement {
  return (
    <table className="rows">
      <caption>最近 {items.length} 个读数</caption>
      <thead>
        <tr>
          <th scope="col">时间</th>
          <th scope="col">值</th>
          <th scope="col">标记</th>
          <th scope="col">来源</th>
        </tr>
      </thead>
      <tbody>
        {items.map((reading) => (
          <tr key={`${reading.observedAt}@${reading.value}`}>
            <td className="nowrap">{formatDateTime(reading.observedAt)}</td>
            <td className="nowrap">
              {formatValue(reading.value, unit)}
              {reading.raw !== null && (
                <span className="quiet"> {CHART_TEXT.raw(formatValue(reading.raw, unit))}</span>
              )}
            </td>
            <td>{reading.marks.map((mark) => MARK_TEXT[mark] ?? mark).join('、') || '—'}</td>
            <td>
              {SOURCE_TEXT[reading.source]} {reading.replay && <ReplayTag />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
