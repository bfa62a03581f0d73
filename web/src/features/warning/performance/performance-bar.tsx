import { type Performance, PERFORMANCE_SPANS } from '#contract/warning';
import { Segmented, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDate, formatDateTime, formatMonth } from '../../../app/format.ts';
import type { Looked } from './queries.ts';
import { PERFORMANCE_TEXT as T } from './text.ts';

const MONTHS_OFFERED = 36;
const YEAR_MONTHS = 12;

interface PerformanceBarProps {
  readonly data: Performance;
  readonly span: string;
  readonly onLook: (next: Partial<Looked>) => void;
}

/** Which desk and which time, and whether the figures still change. */
export function PerformanceBar({ data, span, onLook }: PerformanceBarProps): ReactElement {
  const [now] = useState(() => formatDate(Date.now()).slice(0, 7));
  const isMonth = data.month !== null;
  return (
    <div className="performance-bar">
      <div className="filters" role="search">
        <Select
          className="performance-desk"
          aria-label={T.desk}
          showSearch={{ optionFilterProp: 'label' }}
          value={data.desk.code}
          options={data.desks.map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(desk: string) => onLook({ desk })}
        />
        <Segmented
          aria-label={T.span}
          value={isMonth ? 'month' : span}
          options={[
            ...PERFORMANCE_SPANS.map((one) => ({ value: one as string, label: T.spans[one] })),
            { value: 'month', label: T.month },
          ]}
          onChange={(next) => onLook({ span: next === 'month' ? before(now) : next })}
        />
        {isMonth && (
          <Select
            aria-label={T.month}
            value={data.month}
            options={monthsBack(now).map((month) => ({ value: month, label: formatMonth(month) }))}
            onChange={(month: string) => onLook({ span: month })}
          />
        )}
      </div>
      <p className="quiet">
        {data.writtenAt === null ? T.running : T.written(formatDateTime(data.writtenAt))}
        {data.counts.simulated > 0 && `；${T.simulated(data.counts.simulated)}`}
      </p>
    </div>
  );
}

function before(month: string, by = 1): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const months = year * YEAR_MONTHS + number - 1 - by;
  const padded = String((months % YEAR_MONTHS) + 1).padStart(2, '0');
  return `${Math.floor(months / YEAR_MONTHS)}-${padded}`;
}

function monthsBack(now: string): readonly string[] {
  return Array.from({ length: MONTHS_OFFERED }, (_, i) => before(now, i));
}
