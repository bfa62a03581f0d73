import {
  NOTIFICATION_STATE_TEXT,
  NOTIFICATION_STATES,
  NOTIFICATION_WAY_TEXT,
  NOTIFICATION_WAYS,
} from '#model/command';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented, Select } from 'antd';
import type { ReactElement } from 'react';

import { useCan } from '../../../app/session.ts';
import { MoreButton } from '../../../ui/more-button.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { Frame } from '../frame.tsx';
import type { NotificationSearch, NotificationTab } from '../search.ts';
import { Channels } from './channels.tsx';
import { NotificationList } from '../../../ui/notifications/notification-list.tsx';
import { notificationsQuery } from './queries.ts';
import { Templates } from './templates.tsx';
import { NOTIFY_TEXT as TEXT } from './text.ts';

/** 通知: what was told to whom, by which channels, in which words. */
export function NotificationsPage(): ReactElement {
  const search = useSearch({ from: '/desk/command/notifications' });
  const navigate = useNavigate();
  const mayManage = useCan('channel.manage');
  const tabs: readonly NotificationTab[] = mayManage
    ? ['log', 'channels', 'templates']
    : ['log', 'templates'];
  const tab = search.tab !== undefined && tabs.includes(search.tab) ? search.tab : 'log';
  const go = (next: NotificationSearch): void =>
    void navigate({
      to: '/command/notifications',
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)),
      replace: true,
    });
  return (
    <Frame title={TEXT.title} hint={TEXT.hint}>
      <div className="filters">
        <Segmented<NotificationTab>
          aria-label={TEXT.title}
          value={tab}
          onChange={(next) => go({ tab: next === 'log' ? undefined : next })}
          options={tabs.map((value) => ({ value, label: TEXT.tabs[value] }))}
        />
      </div>
      {tab === 'log' && <Log search={search} onFilter={go} />}
      {tab === 'channels' && <Channels />}
      {tab === 'templates' && <Templates />}
    </Frame>
  );
}

function Log({
  search: { state, kind },
  onFilter,
}: {
  readonly search: NotificationSearch;
  readonly onFilter: (next: NotificationSearch) => void;
}): ReactElement {
  const query = useInfiniteQuery(notificationsQuery({ state, kind }));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="filters" role="search">
        <Select
          aria-label={TEXT.allStates}
          placeholder={TEXT.allStates}
          allowClear
          popupMatchSelectWidth={false}
          value={state ?? null}
          onChange={(next: typeof state | null) => onFilter({ state: next ?? undefined, kind })}
          options={NOTIFICATION_STATES.map((value) => ({ value, label: NOTIFICATION_STATE_TEXT[value] }))}
        />
        <Select
          aria-label={TEXT.allKinds}
          placeholder={TEXT.allKinds}
          allowClear
          popupMatchSelectWidth={false}
          value={kind ?? null}
          onChange={(next: typeof kind | null) => onFilter({ state, kind: next ?? undefined })}
          options={NOTIFICATION_WAYS.map((value) => ({ value, label: NOTIFICATION_WAY_TEXT[value] }))}
        />
      </div>
      <Resource query={query}>
        {() =>
          items.length === 0 ? (
            <Empty
              title={state === undefined && kind === undefined ? TEXT.none : TEXT.noneFound}
              hint={TEXT.noneHint}
            />
          ) : (
            <div className="rows-frame">
              <NotificationList items={items} words />
              <MoreButton count={items.length} query={query} />
            </div>
          )
        }
      </Resource>
    </>
  );
}
