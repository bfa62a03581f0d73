import { type Performance, PERFORMANCE_SPANS } from '#contract/warning';
import { Segmented, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDate, formatDateTime, formatMonth } from '../../../app/format.ts';
import { monthAway, monthsBack } from '../../../app/months.ts';
import type { Looked } from './queries.ts';
import { PERFORMANCE_TEXT as T } from './text.ts';

const MONTHS_OFFERED = 36;

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
          onChange={(next) => onLook({ span: next === 'month' ? monthAway(now, -1) : next })}
        />
        {isMonth && (
          <Select
            aria-label={T.month}
            value={data.month}
            options={monthsBack(now, MONTHS_OFFERED).map((month) => ({
              value: month,
              label: formatMonth(month),
            }))}
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
