import '../../../ui/notifications/notification.css';

import { BellOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactElement, Suspense, useState } from 'react';

import { myNotificationsQuery } from './queries.ts';
import { BELL_TEXT as TEXT } from './text.ts';

const BellDrawer = lazy(async () => ({ default: (await import('./bell-drawer.tsx')).BellDrawer }));

/** What I am told: how much of it is unread; the newest of it, fetched when it is first pressed. */
export function Bell(): ReactElement {
  const [open, setOpen] = useState<boolean>();
  const { data } = useQuery(myNotificationsQuery);
  const unread = data?.unread ?? 0;
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
      {open !== undefined && (
        <Suspense fallback={null}>
          <BellDrawer open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
