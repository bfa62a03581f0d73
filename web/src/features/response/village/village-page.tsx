import { BookOutlined, CalendarOutlined, CameraFilled } from '@ant-design/icons';
import type { WorkOrder } from '#contract/response';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { useKeptSince } from '../../../app/kept.ts';
import { useRecordNow } from '../../../app/replay.ts';
import { useSession } from '../../../app/session.ts';
import { mostUrgentFirst } from '../../../app/urgency.ts';
import { MoreButton } from '../../../ui/more-button.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { Empty, Loading, Resource } from '../../../ui/states.tsx';
import { orderQuery, todoQuery } from '../queries.ts';
import { QueuePanel } from '../queue/queue-panel.tsx';
import { useOrdersAtHand } from '../use-orders-at-hand.ts';
import { Callees } from './callees.tsx';
import { TEXT } from './text.ts';
import { VillageCard } from './village-card.tsx';
import '../response.css';
import '../work.css';
import '../todo.css';
import './village.css';

/** What a village sees: a card for each thing that is its own, and all it needs to act. What of other rooms waits stands `beside`. */
export function VillagePage({ beside }: { readonly beside: ReactNode }): ReactElement {
  const session = useSession();
  const query = useInfiniteQuery(todoQuery);
  const recordNow = useRecordNow();
  const keptSince = useKeptSince();
  useOrdersAtHand(query.data?.pages[0]?.items);
  const homes = [...new Set(session?.roles.map(({ platformName }) => platformName))];
  return (
    <div className="todo village">
      <PageHead title={TEXT.title} hint={homes.join('、')} />
      <Links />
      <QueuePanel />
      {beside}
      <Resource query={query}>
        {({ pages }) => {
          const orders = pages.flatMap((page) => page.items).toSorted(mostUrgentFirst(recordNow));
          if (orders.length === 0) {
            const at = formatDateTime(keptSince ?? query.dataUpdatedAt);
            return <Empty title={TEXT.calm} hint={TEXT.calmHint(at)} />;
          }
          return (
            <>
              {orders.map((order) => (
                <Card key={order.id} order={order} />
              ))}
              {query.hasNextPage && <MoreButton count={orders.length} query={query} />}
            </>
          );
        }}
      </Resource>
      <Callees />
    </div>
  );
}

function Card({ order }: { readonly order: WorkOrder }): ReactElement {
  const query = useQuery(orderQuery(order.id));
  if (query.data === undefined && query.error === null) return <Loading rows={3} />;
  return <Resource query={query}>{(told) => <VillageCard told={told} />}</Resource>;
}

function Links(): ReactElement {
  return (
    <nav className="village-links" aria-label="常用">
      <Link to="/todo/report">
        <CameraFilled aria-hidden /> {TEXT.report}
      </Link>
      <Link to="/command/contacts">
        <BookOutlined aria-hidden /> {TEXT.contacts}
      </Link>
      <Link to="/command/roster">
        <CalendarOutlined aria-hidden /> {TEXT.roster}
      </Link>
    </nav>
  );
}
