import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { MoreButton } from '../more-button.tsx';
import { Resource } from '../states.tsx';
import { NotificationList } from './notification-list.tsx';
import { orderNotificationsQuery } from './order-query.ts';
import { NOTIFICATION_TEXT as TEXT } from './text.ts';

/** Whom an order was told to: by what, when, and what came back. */
export function OrderNotifications({ order }: { readonly order: number }): ReactElement {
  const query = useInfiniteQuery(orderNotificationsQuery(order));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="panel" aria-label={TEXT.ofOrder}>
      <h2>{TEXT.ofOrder}</h2>
      <Resource query={query} rows={2}>
        {() => (
          <>
            {items.length === 0 ? (
              <p className="quiet">{TEXT.noneOfOrder}</p>
            ) : (
              <NotificationList items={items} words={false} />
            )}
            {query.hasNextPage && <MoreButton count={items.length} query={query} />}
          </>
        )}
      </Resource>
    </section>
  );
}
