import type { ReplaySession } from '#contract/monitoring';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import type { ReactElement } from 'react';

import { formatNumber } from '../../app/format.ts';
import { useCan } from '../../app/session.ts';
import { SessionTag } from '../../ui/replay-tag.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { Failure } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { sessionsQuery, useEndSession } from './monitoring-queries.ts';
import { CardsTable } from '../../ui/cards-table.tsx';
import { SESSION_TEXT } from './text.ts';

/** Replays that run and have run; a running one can be ended. */
export function Sessions(): ReactElement {
  const query = useInfiniteQuery(sessionsQuery);
  const ending = useEndSession();
  const mayEnd = useCan('replay.run');
  return (
    <>
      {ending.error && <Failure error={ending.error} />}
      <CardsTable
        query={query}
        columns={SESSION_TEXT.columns}
        empty={{ title: SESSION_TEXT.none, hint: SESSION_TEXT.noneHint }}
      >
        {(session) => (
          <SessionRow
            key={session.id}
            session={session}
            busy={ending.isPending && ending.variables === session.id}
            onEnd={
              mayEnd && session.kind === 'recording' && session.state === 'running'
                ? () => ending.mutate(session.id)
                : undefined
            }
          />
        )}
      </CardsTable>
    </>
  );
}

interface SessionRowProps {
  readonly session: ReplaySession;
  readonly busy: boolean;
  readonly onEnd: (() => void) | undefined;
}

function SessionRow({ session, busy, onEnd }: SessionRowProps): ReactElement {
  const [name, state, clock, devices, opened, ended, by] = SESSION_TEXT.columns;
  const running = session.state === 'running';
  return (
    <tr>
      <td data-label={name}>
        {session.name} <SessionTag kind={session.kind} />
      </td>
      <td data-label={state}>
        <StateTag tone={running ? 'active' : 'done'}>{SESSION_TEXT[session.state]}</StateTag>
      </td>
      <td data-label={clock} className="nowrap">
        {session.clock === null ? (
          <span className="quiet">{SESSION_TEXT.noClock}</span>
        ) : (
          <TimeText at={session.clock} whole />
        )}
      </td>
      <td data-label={devices} title={session.devices.join('\n')}>
        {formatNumber(session.devices.length)} 台
        <div className="quiet code session-devices">{session.devices.slice(0, 3).join('、')}</div>
      </td>
      <td data-label={opened} className="nowrap">
        <TimeText at={session.openedAt} />
      </td>
      <td data-label={ended} className="nowrap">
        {session.endedAt === null ? '—' : <TimeText at={session.endedAt} />}
      </td>
      <td data-label={by}>{session.openedBy ?? '—'}</td>
      <td>
        {onEnd && (
          <Popconfirm
            title={SESSION_TEXT.sure}
            description={SESSION_TEXT.sureWhy}
            okText={SESSION_TEXT.end}
            cancelText={SESSION_TEXT.cancel}
            onConfirm={onEnd}
          >
            <Button size="small" loading={busy}>
              {SESSION_TEXT.end}
            </Button>
          </Popconfirm>
        )}
      </td>
    </tr>
  );
}
