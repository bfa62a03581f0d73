import { incidentReportRoutes } from '#contract/command';
import { REPORT_CHANNEL_TEXT, REPORT_RECIPIENT_TEXT } from '#model/command';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { call } from '../../app/call.ts';
import { formatClock, formatDuration } from '../../app/format.ts';
import { useCan } from '../../app/session.ts';
import { useNow } from '../../app/use-now.ts';
import { StateTag } from '../state-tag.tsx';

const TEXT = {
  title: '待报送',
  all: '全部',
  none: '没有待报送的信息。',
  late: '已超时',
  left: (text: string) => `${text}后`,
  over: (text: string) => `已超 ${text}`,
} as const;
const SHOWN = 6;
const LOOK_MS = 30_000;
const TICK_MS = 10_000;

/** What is to be reported upwards, the most urgent first, for whoever keeps the duty. */
export function DueReports(): ReactElement | null {
  const mayKeep = useCan('duty.keep');
  const now = useNow(TICK_MS);
  const { data } = useQuery({
    queryKey: ['command', 'reports', 'most-urgent'],
    queryFn: ({ signal }) =>
      call(incidentReportRoutes.listReportDuties, { query: { replay: 'false', limit: SHOWN }, signal }),
    enabled: mayKeep,
    refetchInterval: LOOK_MS,
  });
  if (!mayKeep || data === undefined) return null;
  return (
    <section className="panel" aria-label={TEXT.title}>
      <div className="panel-head">
        <h2>{TEXT.title}</h2>
        <Link to="/command/reports">{TEXT.all}</Link>
      </div>
      {data.items.length === 0 && <p className="panel-body quiet">{TEXT.none}</p>}
      {data.items.length > 0 && (
        <ul className="duty-list">
          {data.items.map((duty) => {
            const left = duty.dueAt - now;
            return (
              <li key={duty.id}>
                <span className="duty-when figures">
                  {formatClock(duty.dueAt).slice(0, 5)}
                  <small className="quiet">
                    {left >= 0 ? TEXT.left(formatDuration(left)) : TEXT.over(formatDuration(-left))}
                  </small>
                </span>
                <div className="duty-words">
                  <strong>
                    {REPORT_CHANNEL_TEXT[duty.channel]}报{REPORT_RECIPIENT_TEXT[duty.recipient]}{' '}
                    {left < 0 && <StateTag tone="late">{TEXT.late}</StateTag>}
                  </strong>
                  <span className="quiet">
                    <Link
                      to="/command/reports/$id"
                      params={{ id: String(duty.matter.id) }}
                      search={{ duty: duty.id }}
                    >
                      {duty.matter.title}
                    </Link>
                    {' · '}
                    {duty.platform.name}
                  </span>
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
