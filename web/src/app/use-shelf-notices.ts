import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useEffect } from 'react';

import { onStreamEvent } from './event-stream.ts';
import { useCan } from './session.ts';

const TITLE = '搁置即将结束';

/** Whoever may shelve is told ten minutes before a shelf ends, on whatever page they are; it stays until it is closed or pressed. */
export function useShelfNotices(): void {
  const { notification } = App.useApp();
  const navigate = useNavigate();
  const may = useCan('warning.shelve');
  useEffect(() => {
    if (!may) return undefined;
    return onStreamEvent(({ type, id, text, state }) => {
      const key = `shelf-${id}`;
      // It has been prolonged, or has ended: there is nothing left to say.
      if (type === 'shelf.changed') notification.destroy(key);
      if (type !== 'shelf.ending' || state !== 'running') return;
      notification.warning({
        key,
        title: TITLE,
        description: text,
        duration: 0,
        onClick: () => {
          notification.destroy(key);
          void navigate({ to: '/warnings', search: { tab: 'held' } });
        },
      });
    });
  }, [may, navigate, notification]);
}
