import { analyticsRoutes } from '#contract/monitoring';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { call } from '../../../app/call.ts';
import { formatDateTime, formatNumber, formatShare } from '../../../app/format.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { TimeText } from '../../../ui/time-text.tsx';

const TEXT = {
  title: '分析结果的出处',
  columns: ['时间', '值', '模型', '把握', '所用的输入', '谁写的'],
} as const;
const SHOWN = 20;

/** Which model made a point's readings, out of what; nothing for points that no analysis writes. */
export function AnalyticsResults({ point }: { readonly point: string }): ReactElement | null {
  const { data } = useQuery({
    queryKey: ['monitoring', 'analytics', point],
    queryFn: ({ signal }) =>
      call(analyticsRoutes.listAnalyticsResults, { query: { point, limit: SHOWN }, signal }),
  });
  if (!data || data.items.length === 0) return null;
  const [when, value, model, sure, inputs, by] = TEXT.columns;
  return (
    <section>
      <h3>{TEXT.title}</h3>
      <RowsTable columns={TEXT.columns} label={TEXT.title}>
        {data.items.map((item) => (
          <tr key={item.id}>
            <td data-label={when} className="nowrap">
              <TimeText at={item.observedAt} />
            </td>
            <td data-label={value}>{formatNumber(item.value)}</td>
            <td data-label={model}>
              {item.model} <span className="quiet">{item.version}</span>
            </td>
            <td data-label={sure}>{item.confidence === null ? '—' : formatShare(item.confidence)}</td>
            <td data-label={inputs}>
              {item.inputs.map((input) => (
                <div key={`${input.point} ${input.from}`}>
                  <span className="code">{input.point}</span>{' '}
                  <span className="quiet">
                    {formatDateTime(input.from)} 至 {formatDateTime(input.to)}
                  </span>
                </div>
              ))}
            </td>
            <td data-label={by}>{item.writtenBy}</td>
          </tr>
        ))}
      </RowsTable>
    </section>
  );
}
