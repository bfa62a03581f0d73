import { type OwnSession, platformRoutes } from '#contract/platform';
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { ReactElement } from 'react';

import { call } from '../../app/call.ts';
import { Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { Cards } from './cards.tsx';
import { ownSessionsQuery } from './queries.ts';
import { OPENED_WITH_TEXT, SESSION_TEXT as TEXT } from './text.ts';

/** Where I am signed in, and the end of it. */
export function SessionPanel(): ReactElement {
  const query = useQuery(ownSessionsQuery);
  const { message } = App.useApp();
  const after = {
    onSuccess: () => {
      message.success(TEXT.ended);
      return query.refetch();
    },
    onError: (error: Error) => message.error(error.message),
  };
  const end = useMutation({
    mutationFn: (id: number) => call(platformRoutes.endSession, { params: { id } }),
    ...after,
  });
  const endOthers = useMutation({ mutationFn: () => call(platformRoutes.endOtherSessions), ...after });
  const row = (session: OwnSession) => ({
    key: session.id,
    cells: [
      session.client,
      session.address,
      OPENED_WITH_TEXT[session.openedWith],
      <TimeText key="opened" at={session.openedAt} />,
      <TimeText key="used" at={session.lastUsedAt} />,
      session.current ? (
        <span key="current" className="origin-tag">
          {TEXT.current}
        </span>
      ) : (
        <Button key="end" size="small" loading={end.isPending} onClick={() => end.mutate(session.id)}>
          {TEXT.end}
        </Button>
      ),
    ],
  });
  return (
    <section className="panel me-wide" aria-labelledby="me-sessions">
      <h2 id="me-sessions">{TEXT.title}</h2>
      <div className="panel-body me-body">
        <p className="quiet">{TEXT.rule}</p>
        <Resource query={query} rows={3}>
          {({ items }) => (
            <>
              <Cards label={TEXT.title} columns={TEXT.columns} rows={items.map(row)} />
              {items.length > 1 && (
                <Button loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
                  {TEXT.endOthers}
                </Button>
              )}
            </>
          )}
        </Resource>
      </div>
    </section>
  );
}
