import type { DeskOrder, DeskWarning } from '#contract/command';
import type { ReactElement } from 'react';

import { formatShort } from '../../../app/format.ts';
import { mostUrgentFirst } from '../../../app/urgency.ts';
import { useNow } from '../../../app/use-now.ts';
import { DeadlineBar, nextDeadline } from '../../../ui/deadline-bar.tsx';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import type { RecordTime } from '../record-time.ts';
import { WALL_TEXT } from './text.ts';

const NEWEST = 9;
const LATE = 5;
const MINUTE_MS = 60_000;

/** Open warnings that changed last. */
export function Newest({
  warnings,
  time,
}: {
  readonly warnings: readonly DeskWarning[];
  readonly time: RecordTime;
}): ReactElement {
  const minute = useNow(MINUTE_MS);
  const open = warnings.filter(({ state }) => state === 'open').toSorted((a, b) => time.age(a) - time.age(b));
  if (open.length === 0) return <p className="wall-empty">{WALL_TEXT.noNewest}</p>;
  return (
    <ul className="wall-list">
      {open.slice(0, NEWEST).map((one) => (
        <li key={one.id} data-unread={one.acknowledgedAt === null && one.hold === null}>
          <LevelTag level={one.level} large />
          <span className="wall-words">
            <strong>{one.object.name}</strong>
            <span>
              {one.item} <OriginTags replaySession={one.replaySession} simulated={one.simulated} />
            </span>
          </span>
          <span className="wall-when figures">{formatShort(one.changedAt, minute)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Orders of which a limit has passed, the most pressing first. */
export function Late({
  orders,
  time,
}: {
  readonly orders: readonly DeskOrder[];
  readonly time: RecordTime;
}): ReactElement {
  const late = orders.filter(({ overdue }) => overdue).toSorted(mostUrgentFirst(time.now));
  if (late.length === 0) return <p className="wall-empty">{WALL_TEXT.noLate}</p>;
  return (
    <ul className="wall-list">
      {late.slice(0, LATE).map((order) => {
        const next = nextDeadline(order.deadlines);
        return (
          <li key={order.id}>
            <LevelTag level={order.level} large />
            <span className="wall-words">
              <strong>{order.object.name}</strong>
              <span>
                {order.stateText}
                {order.handler !== null && ` · ${order.handler}`}
              </span>
            </span>
            {next && (
              <DeadlineBar deadline={next} from={order.openedAt} now={time.now(order.replaySession)} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
