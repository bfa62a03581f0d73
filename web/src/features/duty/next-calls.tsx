import type { DeskCall } from '#contract/command';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatClock, formatDuration } from '../../app/format.ts';
import type { RecordTime } from './record-time.ts';
import { TEXT } from './text.ts';

interface NextCallsProps {
  readonly calls: readonly DeskCall[];
  readonly time: RecordTime;
}

/** Who is told next, about which order and when, by the ladder. */
export function NextCalls({ calls, time }: NextCallsProps): ReactElement {
  if (calls.length === 0) return <p className="panel-body quiet">{TEXT.noCalls}</p>;
  const left = ({ at, replaySession }: DeskCall): number => at - (time.now(replaySession) ?? at);
  return (
    <ul className="duty-list">
      {calls.map((one) => (
        <li key={one.order}>
          <span className="duty-when figures">
            {formatClock(one.at).slice(0, 5)}
            <small className="quiet">{left(one) > 0 ? `${formatDuration(left(one))}后` : TEXT.soon}</small>
          </span>
          <div className="duty-words">
            <strong>{one.to}</strong>
            <span className="quiet">
              <Link to="/orders/$id" params={{ id: String(one.order) }}>
                {one.object}
              </Link>
              {' · '}
              {one.reason}
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}
