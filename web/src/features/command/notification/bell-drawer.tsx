import { notificationRoutes } from '#contract/command';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import type { ReactElement } from 'react';

import { NotificationList } from '../../../ui/notifications/notification-list.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { useAct } from '../use-act.ts';
import { myNotificationsQuery } from './queries.ts';
import { BELL_TEXT as TEXT } from './text.ts';

interface BellDrawerProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The newest of what I am told. A link that is followed closes it. */
export function BellDrawer({ open, onClose }: BellDrawerProps): ReactElement {
  const query = useQuery(myNotificationsQuery);
  const read = useAct(notificationRoutes.readMyNotifications);
  const newest = query.data?.items[0]?.id;
  const readable = (query.data?.unread ?? 0) > 0 && newest !== undefined;
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size="min(460px, 100vw)"
      title={TEXT.title}
      destroyOnHidden
      footer={
        <Link to="/me/notifications" onClick={onClose}>
          {TEXT.own}
        </Link>
      }
      extra={
        readable && (
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
            <div role="presentation" onClick={(event) => closesOn(event.target) && onClose()}>
              <NotificationList items={items} words own />
            </div>
          )
        }
      </Resource>
    </Drawer>
  );
}

function closesOn(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a') !== null;
}
