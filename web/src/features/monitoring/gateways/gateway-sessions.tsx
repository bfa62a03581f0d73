import type { GatewaySessionView, GatewayView } from '#contract/monitoring';
import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import type { ReactElement } from 'react';

import { formatAgo, formatNumber } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { Empty, Failure, Resource } from '../../../ui/states.tsx';
import { gatewaySessionsQuery, useCutSession } from './gateway-queries.ts';
import { GATEWAY_TEXT } from './text.ts';

/** Who is connected now. */
export function GatewaySessions({ gateway }: { readonly gateway: GatewayView }): ReactElement {
  const query = useQuery(gatewaySessionsQuery(gateway.id));
  const cutting = useCutSession(gateway.id);
  const now = useNow(5000);
  const mayCut = gateway.allowedActions.includes('change');
  return (
    <section>
      <h2>{GATEWAY_TEXT.sessions}</h2>
      {cutting.error && <Failure error={cutting.error} />}
      <Resource query={query} rows={2}>
        {({ items, total }) =>
          items.length === 0 ? (
            <Empty title={GATEWAY_TEXT.noSessions} hint={GATEWAY_TEXT.noSessionsHint} />
          ) : (
            <>
              {total > items.length && (
                <p className="quiet">{GATEWAY_TEXT.moreSessions(items.length, total)}</p>
              )}
              <RowsTable columns={GATEWAY_TEXT.sessionColumns}>
                {items.map((session) => (
                  <SessionRow
                    key={session.id}
                    session={session}
                    now={now}
                    onCut={mayCut ? () => cutting.mutate(session.id) : undefined}
                  />
                ))}
              </RowsTable>
            </>
          )
        }
      </Resource>
    </section>
  );
}

const MOST_NAMES = 3;

interface SessionRowProps {
  readonly session: GatewaySessionView;
  readonly now: number;
  readonly onCut: (() => void) | undefined;
}

function SessionRow({ session, now, onCut }: SessionRowProps): ReactElement {
  const [address, since, last, frames, devices] = GATEWAY_TEXT.sessionColumns;
  return (
    <tr>
      <td data-label={address} className="code">
        {session.address}
      </td>
      <td data-label={since} className="nowrap">
        {formatAgo(session.since, now)}
      </td>
      <td data-label={last} className="nowrap">
        {session.lastFrameAt === null ? (
          <span className="quiet">{GATEWAY_TEXT.noFrame}</span>
        ) : (
          formatAgo(session.lastFrameAt, now)
        )}
      </td>
      <td data-label={frames}>{formatNumber(session.frames)}</td>
      <td data-label={devices} className="code" title={session.devices.join('\n')}>
        {session.devices.length === 0 ? '—' : session.devices.slice(0, MOST_NAMES).join('、')}
        {session.devices.length > MOST_NAMES && ` 等 ${session.devices.length} 台`}
      </td>
      <td>
        {onCut && (
          <Popconfirm
            title={GATEWAY_TEXT.sureCut}
            description={GATEWAY_TEXT.sureCutWhy}
            okText={GATEWAY_TEXT.cut}
            cancelText={GATEWAY_TEXT.cancel}
            onConfirm={onCut}
          >
            <Button size="small" aria-label={GATEWAY_TEXT.cutOf(session.address)}>
              {GATEWAY_TEXT.cut}
            </Button>
          </Popconfirm>
        )}
      </td>
    </tr>
  );
}
