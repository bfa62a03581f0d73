import type { DeskOrder } from '#contract/command';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { mostUrgentFirst } from '../../app/urgency.ts';
import { DeadlineBar, nextDeadline } from '../../ui/deadline-bar.tsx';
import { LevelTag } from '../../ui/level-tag.tsx';
import { OriginTags } from '../../ui/replay-tag.tsx';
import { Empty } from '../../ui/states.tsx';
import { OrderStateTag, OverdueTag } from '../../ui/state-tag.tsx';
import type { RecordTime } from './record-time.ts';
import { TEXT } from './text.ts';

const SHOWN = 5;

interface PressingOrdersProps {
  readonly orders: readonly DeskOrder[];
  readonly time: RecordTime;
}

/** Open orders, late ones first. */
export function PressingOrders({ orders, time }: PressingOrdersProps): ReactElement {
  if (orders.length === 0) return <Empty title={TEXT.noOrders} />;
  return (
    <ul className="duty-list">
      {orders
        .toSorted(mostUrgentFirst(time.now))
        .slice(0, SHOWN)
        .map((order) => {
          const next = nextDeadline(order.deadlines);
          return (
            <li key={order.id}>
              <LevelTag level={order.level} />
              <div className="duty-words">
                <Link to="/orders/$id" params={{ id: String(order.id) }} className="row-link">
                  {order.object.name}
                </Link>
                <span className="tags">
                  {order.item}
                  <OrderStateTag state={order.state} text={order.stateText} />
                  {/* The bar beside it says so already where it is the next limit that was missed. */}
                  {order.overdue && !next?.overdue && <OverdueTag />}
                  <OriginTags replaySession={order.replaySession} simulated={order.simulated} />
                </span>
              </div>
              {next && (
                <DeadlineBar deadline={next} from={order.openedAt} now={time.now(order.replaySession)} />
              )}
            </li>
          );
        })}
    </ul>
  );
}
