import '../../../ui/notifications/notification.css';

import { BellOutlined } from '@ant-design/icons';
import { notificationRoutes } from '#contract/command';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { Empty, Resource } from '../../../ui/states.tsx';
import { useAct } from '../use-act.ts';
import { NotificationList } from '../../../ui/notifications/notification-list.tsx';
import { myNotificationsQuery } from './queries.ts';
import { BELL_TEXT as TEXT } from './text.ts';

/** What I am told: how much of it is unread, and the newest of it when it is pressed. */
export function Bell(): ReactElement {
  const [open, setOpen] = useState(false);
  const query = useQuery(myNotificationsQuery);
  const read = useAct(notificationRoutes.readMyNotifications);
  const unread = query.data?.unread ?? 0;
  const newest = query.data?.items[0]?.id;
  return (
    <>
      <button
        type="button"
        className="user-button bell"
        aria-label={TEXT.label(unread)}
        onClick={() => setOpen(true)}
      >
        <BellOutlined aria-hidden />
        {unread > 0 && <span className="bell-count">{TEXT.most(unread)}</span>}
      </button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        size="min(460px, 100vw)"
        title={TEXT.title}
        destroyOnHidden
        extra={
          unread > 0 &&
          newest !== undefined && (
            <Button
              size="small"
              loading={read.isPending}
              onClick={() => read.mutate({ body: { upTo: newest } })}
            >
              {TEXT.readAll}
            </Button>
          )
        }
      >
        <Resource query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={TEXT.none} />
            ) : (
              // A link that is followed closes the drawer.
              <div role="presentation" onClick={(event) => closesOn(event.target) && setOpen(false)}>
                <NotificationList items={items} words />
              </div>
            )
          }
        </Resource>
      </Drawer>
    </>
  );
}

function closesOn(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a') !== null;
}
