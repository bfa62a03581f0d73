import type { Point } from '#contract/monitoring';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Checkbox, Drawer, Input } from 'antd';
import { lazy, type ReactElement, Suspense, useDeferredValue, useState } from 'react';

import { formatAgo, formatNumber, formatValue } from '../../app/format.ts';
import { useNow } from '../../app/use-now.ts';
import { SimulatedTag } from '../../ui/replay-tag.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { Loading } from '../../ui/states.tsx';
import { pointsQuery } from './monitoring-queries.ts';
import { CardsTable } from '../../ui/cards-table.tsx';
import { POINT_TEXT } from './text.ts';

const PointChart = lazy(async () => ({ default: (await import('./point-chart.tsx')).PointChart }));

/** Points with their newest value, its age and whether it may be believed. */
export function Points(): ReactElement {
  const [text, setText] = useState('');
  const [staleOnly, setStaleOnly] = useState(false);
  const [opened, setOpened] = useState<Point>();
  const search = useDeferredValue(text.trim());
  const query = useInfiniteQuery(pointsQuery(search, staleOnly));
  const first = query.data?.pages[0];
  const now = useNow(5000);
  const narrowed = search !== '' || staleOnly;
  return (
    <>
      <div className="filters">
        <Input.Search
          className="filter-search"
          allowClear
          maxLength={50}
          value={text}
          placeholder={POINT_TEXT.search}
          aria-label={POINT_TEXT.search}
          onChange={({ target }) => setText(target.value)}
        />
        <Checkbox checked={staleOnly} onChange={({ target }) => setStaleOnly(target.checked)}>
          {POINT_TEXT.staleOnly}
        </Checkbox>
        {first && (
          <span className="quiet figures" role="status">
            共 {formatNumber(first.total)} 个，{formatNumber(first.stale)} 个超时未更新
          </span>
        )}
      </div>
      <CardsTable
        query={query}
        columns={POINT_TEXT.columns}
        empty={
          narrowed ? { title: POINT_TEXT.notFound } : { title: POINT_TEXT.none, hint: POINT_TEXT.noneHint }
        }
      >
        {(point) => <PointRow key={point.id} point={point} now={now} onOpen={setOpened} />}
      </CardsTable>
      <Drawer
        open={opened !== undefined}
        onClose={() => setOpened(undefined)}
        size="min(760px, 100vw)"
        title={
          opened && (
            <>
              {opened.objectName} · {opened.elementName} {opened.simulated && <SimulatedTag />}
            </>
          )
        }
        destroyOnHidden
      >
        {opened && (
          <Suspense fallback={<Loading />}>
            <PointChart point={opened} />
          </Suspense>
        )}
      </Drawer>
    </>
  );
}

interface PointRowProps {
  readonly point: Point;
  readonly now: number;
  readonly onOpen: (point: Point) => void;
}

function PointRow({ point, now, onOpen }: PointRowProps): ReactElement {
  const [code, object, element, value, updated, quality, device] = POINT_TEXT.columns;
  return (
    <tr>
      <td data-label={code} className="code">
        <button type="button" className="link-button" onClick={() => onOpen(point)}>
          {point.code}
        </button>
      </td>
      <td data-label={object}>
        {point.objectName} {point.simulated && <SimulatedTag />}
      </td>
      <td data-label={element}>{point.elementName}</td>
      <td data-label={value} className="nowrap">
        {point.lastValue === null ? (
          <span className="quiet">{POINT_TEXT.noValue}</span>
        ) : (
          <strong>{formatValue(point.lastValue, point.unit)}</strong>
        )}
      </td>
      <td data-label={updated}>
        <span className="age">
          {point.lastObservedAt !== null && formatAgo(point.lastObservedAt, now)}{' '}
          {point.stale && (
            <span title={POINT_TEXT.staleWhy}>
              <StateTag tone="late">{POINT_TEXT.stale}</StateTag>
            </span>
          )}
        </span>
      </td>
      <td data-label={quality}>
        <Quality quality={point.lastQuality} />
      </td>
      <td data-label={device} className="code">
        {point.device ?? <span className="quiet">{POINT_TEXT.noDevice}</span>}
      </td>
    </tr>
  );
}

function Quality({ quality }: { readonly quality: string | null }): ReactElement {
  if (quality === null) return <span className="quiet">—</span>;
  if (quality === 'good') return <span className="quiet">{POINT_TEXT.good}</span>;
  return (
    <span title={POINT_TEXT.suspectWhy}>
      <StateTag tone="waiting">{POINT_TEXT.suspect}</StateTag>
    </span>
  );
}
