import { incidentReportRoutes } from '#contract/command';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { call } from '../../app/call.ts';
import { useCan } from '../../app/session.ts';
import { StateTag } from '../state-tag.tsx';

const TEXT = {
  title: '信息报送',
  open: '报送、查看',
  over: '已结束',
  running: '报送中',
  covered: '已并入事件的报送',
} as const;

/** What is reported upwards on an order; nothing where nothing has to be. */
export function OrderReports({ order }: { readonly order: number }): ReactElement | null {
  const mayRead = useCan('duty.read');
  const query = useQuery({
    queryKey: ['command', 'reports', 'of-order', order],
    queryFn: ({ signal }) =>
      call(incidentReportRoutes.listReportMatters, { query: { workOrder: order, limit: 1 }, signal }),
    enabled: mayRead,
  });
  const [matter] = query.data?.items ?? [];
  if (!matter) return null;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{TEXT.title}</h2>
        <StateTag tone={matter.closedAt === null && !matter.covered ? 'active' : 'done'}>
          {matter.covered ? TEXT.covered : matter.closedAt === null ? TEXT.running : TEXT.over}
        </StateTag>
      </div>
      <p className="panel-body">
        {matter.platform.name} ·{' '}
        <Link to="/command/reports/$id" params={{ id: String(matter.id) }}>
          {TEXT.open}
        </Link>
        {matter.covered && matter.incident && (
          <>
            {' · '}
            <Link to="/orders/incidents/$id" params={{ id: String(matter.incident.id) }} className="figures">
              {matter.incident.code}
            </Link>
          </>
        )}
      </p>
    </section>
  );
}
