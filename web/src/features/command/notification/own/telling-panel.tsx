import type { Notification } from '#contract/command';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { MoreButton } from '../../../../ui/more-button.tsx';
import { NotificationList } from '../../../../ui/notifications/notification-list.tsx';
import { Empty, Resource } from '../../../../ui/states.tsx';
import { toldByChannelsQuery } from '../queries.ts';
import { TELLING_TEXT as TEXT } from './text.ts';

/** A test is watched as long as something may still be told of it. */
const WATCHED_MS = 120_000;
const EVERY_MS = 2000;
const UNDER_WAY: ReadonlySet<Notification['state']> = new Set(['queued', 'limited', 'sent', 'delivered']);

/** What was sent to me by channels, the newest first; while a test is under way its receipt comes by itself. */
export function TellingPanel(): ReactElement {
  const query = useInfiniteQuery({
    ...toldByChannelsQuery,
    refetchInterval: ({ state }) => ((state.data?.pages[0]?.items ?? []).some(isWatched) ? EVERY_MS : false),
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="panel" aria-labelledby="own-told">
      <h2 id="own-told">{TEXT.title}</h2>
      <Resource query={query} rows={3}>
        {() =>
          items.length === 0 ? (
            <Empty title={TEXT.none} hint={TEXT.noneHint} />
          ) : (
            <>
              <NotificationList items={items} words own />
              {query.hasNextPage && <MoreButton count={items.length} query={query} />}
            </>
          )
        }
      </Resource>
    </section>
  );
}

function isWatched({ cause, state, createdAt }: Notification): boolean {
  return cause === 'channel.test' && UNDER_WAY.has(state) && Date.now() - createdAt < WATCHED_MS;
}
