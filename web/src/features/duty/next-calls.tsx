import type { WorkOrder, WorkOrderDetail } from '#contract/response';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatClock, formatDuration } from '../../app/format.ts';
import { useRecordNow } from '../../app/replay.ts';
import { mostUrgentFirst } from '../../app/urgency.ts';
import { orderQuery } from './queries.ts';
import { TEXT } from './text.ts';

/** Only the most pressing orders are asked who comes next; a flood must not become a flood of questions. */
const ASKED = 6;

type Waiting = WorkOrderDetail & { readonly nextReminder: NonNullable<WorkOrderDetail['nextReminder']> };

function waits(order: WorkOrderDetail | undefined): order is Waiting {
  return order !== undefined && order.nextReminder !== null;
}

/** Who is told next, about which order and when, by the ladder. */
export function NextCalls({ orders }: { readonly orders: readonly WorkOrder[] }): ReactElement {
  const recordNow = useRecordNow();
  const asked = orders.toSorted(mostUrgentFirst(recordNow)).slice(0, ASKED);
  const details = useQueries({ queries: asked.map((order) => orderQuery(order.id)) });
  const left = ({ nextReminder, replaySession }: Waiting): number =>
    nextReminder.at - (recordNow(replaySession) ?? nextReminder.at);
  const waiting = details
    .map((detail) => detail.data)
    .filter(waits)
    .toSorted((a, b) => left(a) - left(b));
  if (waiting.length === 0) return <p className="panel-body quiet">{TEXT.noCalls}</p>;
  return (
    <ul className="duty-list">
      {waiting.map((order) => (
        <li key={order.id}>
          <span className="duty-when figures">
            {formatClock(order.nextReminder.at).slice(0, 5)}
            <small className="quiet">
              {left(order) > 0 ? `${formatDuration(left(order))}后` : TEXT.soon}
            </small>
          </span>
          <div className="duty-words">
            <strong>{order.nextReminder.to}</strong>
            <span className="quiet">
              <Link to="/orders/$id" params={{ id: String(order.id) }}>
                {order.object.name}
              </Link>
              {' · '}
              {order.nextReminder.reason}
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}
