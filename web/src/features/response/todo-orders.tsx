import { BookOutlined, CalendarOutlined, CameraOutlined, RightOutlined } from '@ant-design/icons';
import type { WorkOrder } from '#contract/response';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';

import { useRecordNow } from '../../app/replay.ts';
import { useSession } from '../../app/session.ts';
import { DeadlineBar, nextDeadline } from '../../ui/deadline-bar.tsx';
import { LEVEL_COLORS } from '../../ui/level-colors.ts';
import { LevelTag } from '../../ui/level-tag.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { OriginTags } from '../../ui/replay-tag.tsx';
import { Empty, Resource } from '../../ui/states.tsx';
import { OrderStateTag, OverdueTag } from '../../ui/state-tag.tsx';
import { todoQuery } from './queries.ts';
import { QueuePanel } from './queue/queue-panel.tsx';
import { useAsLeft } from './queue/use-as-left.ts';
import { TEXT } from './text.ts';
import { useOrdersAtHand } from './use-orders-at-hand.ts';
import { mostUrgentFirst } from '../../app/urgency.ts';
import './response.css';
import './work.css';
import './todo.css';

/** Orders that wait for me, the most urgent first, and what of other rooms waits `beside` them. */
export function TodoOrders({ beside }: { readonly beside: ReactNode }): ReactElement {
  const query = useInfiniteQuery(todoQuery);
  const recordNow = useRecordNow();
  const asLeft = useAsLeft();
  useOrdersAtHand(query.data?.pages[0]?.items);
  return (
    <div className="todo">
      <PageHead title={TEXT.todo} hint={TEXT.todoHint} extra={<Links />} />
      <QueuePanel />
      {beside}
      <Resource query={query}>
        {({ pages }) => {
          const orders = pages
            .flatMap((page) => page.items)
            .map(asLeft)
            .toSorted(mostUrgentFirst(recordNow));
          if (orders.length === 0) return <Empty title={TEXT.todoNone} hint={TEXT.todoNoneHint} />;
          return (
            <>
              <ul className="todo-cards">
                {orders.map((order) => (
                  <li key={order.id}>
                    <TodoCard order={order} now={recordNow(order.replaySession)} />
                  </li>
                ))}
              </ul>
              <MoreButton count={orders.length} query={query} />
            </>
          );
        }}
      </Resource>
    </div>
  );
}

/** 随手报 for whoever may report; what else a handler has no other way to, whose navigation holds only what waits for him. */
function Links(): ReactElement | null {
  const session = useSession();
  if (!session) return null;
  const { home, capabilities } = session;
  const others = home === 'todo' && capabilities.includes('duty.read');
  return (
    <span className="todo-links">
      {capabilities.includes('event.report') && (
        <Link to="/todo/report" className="todo-roster">
          <CameraOutlined aria-hidden /> {TEXT.todoReport}
        </Link>
      )}
      {others && (
        <>
          <Link to="/command/contacts" className="todo-roster">
            <BookOutlined aria-hidden /> {TEXT.todoContacts}
          </Link>
          <Link to="/command/roster" className="todo-roster">
            <CalendarOutlined aria-hidden /> {TEXT.todoRoster}
          </Link>
        </>
      )}
    </span>
  );
}

function TodoCard({
  order,
  now,
}: {
  readonly order: WorkOrder;
  readonly now: number | undefined;
}): ReactElement {
  const next = nextDeadline(order.deadlines);
  const [act] = order.allowedActions;
  return (
    <Link
      to="/todo/orders/$id"
      params={{ id: String(order.id) }}
      className="todo-card"
      style={{ borderLeftColor: LEVEL_COLORS[order.level].fill }}
    >
      <span className="tags">
        <LevelTag level={order.level} />
        <OrderStateTag state={order.state} text={order.stateText} />
        {order.overdue && <OverdueTag />}
        <OriginTags replaySession={order.replaySession} simulated={order.simulated} />
      </span>
      <strong className="todo-object">{order.object.name}</strong>
      <span>
        {order.item.name}
        <span className="quiet">{order.object.town === null ? '' : ` · ${order.object.town}`}</span>
      </span>
      {next && <DeadlineBar deadline={next} from={order.openedAt} now={now} />}
      {act && (
        <span className="todo-act">
          {act.text} <RightOutlined aria-hidden />
        </span>
      )}
    </Link>
  );
}
