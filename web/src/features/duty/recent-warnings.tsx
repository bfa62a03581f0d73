import type { DeskWarning } from '#contract/command';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useMemo } from 'react';

import { HeldTag } from '../../ui/held/held-tag.tsx';
import { LevelTag } from '../../ui/level-tag.tsx';
import { OriginTags } from '../../ui/replay-tag.tsx';
import { Empty } from '../../ui/states.tsx';
import { StateTag, WarningStateTag } from '../../ui/state-tag.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { useFresh } from '../../ui/use-fresh.ts';
import type { RecordTime } from './record-time.ts';
import { TEXT } from './text.ts';

const SHOWN = 14;

interface RecentWarningsProps {
  readonly warnings: readonly DeskWarning[];
  readonly time: RecordTime;
}

/** The warnings that changed last. One object and item is one line, whatever happened to it. */
export function RecentWarnings({ warnings, time }: RecentWarningsProps): ReactElement {
  const shown = warnings.toSorted((a, b) => time.age(a) - time.age(b)).slice(0, SHOWN);
  const marks = useMemo(() => warnings.map(({ id, changedAt }) => ({ id, mark: changedAt })), [warnings]);
  const fresh = useFresh('duty', marks);
  if (shown.length === 0) return <Empty title={TEXT.noRecent} hint={TEXT.noRecentHint} />;
  return (
    <ul className="duty-list">
      {shown.map((warning) => (
        <li key={warning.id} className={fresh.has(warning.id) ? 'row-fresh' : undefined}>
          <LevelTag level={warning.level} />
          <div className="duty-words">
            <span className="duty-line">
              <Link to="/warnings/$id" params={{ id: String(warning.id) }} className="row-link">
                {warning.object.name}
              </Link>
              <span>{warning.item}</span>
              <OriginTags replaySession={warning.replaySession} simulated={warning.simulated} />
            </span>
            <span className="quiet">{warning.reason}</span>
          </div>
          <div className="duty-side">
            <TimeText at={warning.changedAt} />
            {warning.state !== 'open' && <WarningStateTag state={warning.state} />}
            {warning.hold && <HeldTag hold={warning.hold} />}
            {isUnread(warning) && <StateTag tone="waiting">{TEXT.unread}</StateTag>}
          </div>
        </li>
      ))}
    </ul>
  );
}

function isUnread({ state, acknowledgedAt, hold }: DeskWarning): boolean {
  return state === 'open' && acknowledgedAt === null && hold === null;
}
