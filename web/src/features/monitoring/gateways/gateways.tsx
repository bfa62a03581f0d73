import './gateways.css';

import type { GatewayView } from '#contract/monitoring';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { GatewayDrawer } from './gateway-drawer.tsx';
import { gatewaysQuery } from './gateway-queries.ts';
import { OpenGateway } from './open-gateway.tsx';
import { GATEWAY_TEXT } from './text.ts';

/** The doors for data: open or shut, who is in, what was taken and refused. */
export function Gateways(): ReactElement {
  const query = useQuery(gatewaysQuery);
  const mayManage = useCan('device.manage');
  const [opening, setOpening] = useState(false);
  const [shown, setShown] = useState<number>();
  return (
    <>
      <div className="filters">
        <p className="quiet">{GATEWAY_TEXT.intro}</p>
        {mayManage && <Button onClick={() => setOpening(true)}>{GATEWAY_TEXT.open}</Button>}
      </div>
      <Resource query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={GATEWAY_TEXT.none} hint={GATEWAY_TEXT.noneHint} />
          ) : (
            <div className="rows-frame">
              <RowsTable columns={GATEWAY_TEXT.columns}>
                {items.map((gateway) => (
                  <GatewayRow key={gateway.id} gateway={gateway} onShow={() => setShown(gateway.id)} />
                ))}
              </RowsTable>
            </div>
          )
        }
      </Resource>
      <GatewayDrawer
        gateway={query.data?.items.find(({ id }) => id === shown)}
        onClose={() => setShown(undefined)}
      />
      <OpenGateway open={opening} onClose={() => setOpening(false)} />
    </>
  );
}

const TONES = { listening: 'active', off: 'quiet', failed: 'late' } as const;

function GatewayRow({
  gateway,
  onShow,
}: {
  readonly gateway: GatewayView;
  readonly onShow: () => void;
}): ReactElement {
  const [name, platform, state, port, sessions, devices, accepted, refused] = GATEWAY_TEXT.columns;
  const refusedTotal = gateway.framesRefused.reduce((sum, { count }) => sum + count, 0);
  const at = gateway.state;
  // One that asks its devices itself has no port.
  const polls = at.kind === 'listening' && at.port === 0;
  return (
    <tr>
      <td data-label={name}>
        {gateway.name}{' '}
        {!gateway.name.includes(gateway.protocolName) && (
          <span className="quiet nowrap">{gateway.protocolName}</span>
        )}
      </td>
      <td data-label={platform}>{gateway.platform.name}</td>
      <td data-label={state}>
        <StateTag tone={TONES[at.kind]}>{polls ? GATEWAY_TEXT.polling : GATEWAY_TEXT[at.kind]}</StateTag>
        {at.kind === 'failed' && <div className="quiet gateway-reason">{at.reason}</div>}
      </td>
      <td data-label={port} className="nowrap">
        {at.kind === 'listening' && !polls ? at.port : (gateway.port ?? '—')}
        {gateway.port === null && !polls && <span className="quiet"> {GATEWAY_TEXT.bySettings}</span>}
      </td>
      <td data-label={sessions}>{at.kind === 'listening' ? formatNumber(at.sessions) : '—'}</td>
      <td data-label={devices} className="nowrap">
        {GATEWAY_TEXT.heard(gateway.devicesHeard, gateway.devices)}
      </td>
      <td data-label={accepted} className="nowrap">
        {GATEWAY_TEXT.frames(formatNumber(gateway.framesAccepted))}
      </td>
      <td data-label={refused} className="nowrap">
        {refusedTotal === 0 ? (
          <span className="quiet">{GATEWAY_TEXT.refusedNone}</span>
        ) : (
          GATEWAY_TEXT.frames(formatNumber(refusedTotal))
        )}
      </td>
      <td>
        <Button size="small" aria-label={GATEWAY_TEXT.detailsOf(gateway.name)} onClick={onShow}>
          {GATEWAY_TEXT.details}
        </Button>
      </td>
    </tr>
  );
}
