import type { DeviceDetail } from '#contract/monitoring';
import { protocolName } from '#model/monitoring';
import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import type { ReactElement } from 'react';

import { formatAgo, formatNumber } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { DeviceNotes } from '../../../ui/notes/device-notes.tsx';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { Resource } from '../../../ui/states.tsx';
import { TEXT as PAGE_TEXT } from '../text.ts';
import { DeviceCommands } from './device-commands.tsx';
import { DeviceMap } from './device-map.tsx';
import { deviceQuery } from './device-queries.ts';
import { DEVICE_DETAIL_TEXT as TEXT } from './text.ts';

interface DeviceDrawerProps {
  readonly device: { readonly id: number; readonly code: string } | undefined;
  readonly onClose: () => void;
}

/** One device: how it speaks, what was refused or let pass, what it can be asked, where its factors go. */
export function DeviceDrawer({ device, onClose }: DeviceDrawerProps): ReactElement {
  return (
    <Drawer
      open={device !== undefined}
      onClose={onClose}
      size="min(760px, 100vw)"
      title={<span className="code">{device?.code}</span>}
      destroyOnHidden
    >
      {device && <Detail id={device.id} />}
    </Drawer>
  );
}

function Detail({ id }: { readonly id: number }): ReactElement {
  const query = useQuery(deviceQuery(id));
  return (
    <Resource query={query}>
      {(device) => (
        <>
          <Facts device={device} />
          {device.allowedActions.includes('command') && <DeviceCommands device={device} />}
          <DeviceNotes
            filter={{ device: device.id }}
            className="tab-section"
            {...(device.commands.includes('query-picture') ? { empty: TEXT.noNotes } : {})}
          />
          {device.allowedActions.includes('change') ? (
            <DeviceMap key={device.id} device={device} />
          ) : (
            <FactorTable device={device} />
          )}
        </>
      )}
    </Resource>
  );
}

function Facts({ device }: { readonly device: DeviceDetail }): ReactElement {
  const now = useNow(5000);
  const seen = device.lastSeenAt === null ? PAGE_TEXT.never : formatAgo(device.lastSeenAt, now);
  return (
    <section>
      <h2>
        {TEXT.facts} <OriginTags replaySession={device.replaySession} simulated={device.simulated} />
      </h2>
      <dl className="device-facts">
        <dt>{TEXT.protocol}</dt>
        <dd>{protocolName(device.protocol)}</dd>
        <dt>{TEXT.seen}</dt>
        <dd>{seen}</dd>
        <dt>{TEXT.accepted}</dt>
        <dd>{TEXT.frames(formatNumber(device.framesAccepted))}</dd>
        <dt>{TEXT.refused}</dt>
        <dd>
          <Counted items={device.framesRefused.map(({ reason, ...rest }) => ({ name: reason, ...rest }))} />
        </dd>
        <dt>{TEXT.leniencies}</dt>
        <dd>
          {device.leniencies.length > 0 && <p className="quiet">{TEXT.leniencyHint}</p>}
          <Counted items={device.leniencies.map(({ leniency, ...rest }) => ({ name: leniency, ...rest }))} />
        </dd>
        <dt>{TEXT.unmapped}</dt>
        <dd>
          {device.unmappedFactors.length === 0 ? (
            TEXT.none
          ) : (
            <>
              <p className="quiet">{TEXT.unmappedHint}</p>
              <span className="code">{device.unmappedFactors.join('、')}</span>
            </>
          )}
        </dd>
      </dl>
    </section>
  );
}

function Counted({
  items,
}: {
  readonly items: readonly { readonly name: string; readonly text: string; readonly count: number }[];
}): ReactElement {
  if (items.length === 0) return <>{TEXT.none}</>;
  return (
    <ul className="refusals">
      {items.map(({ name, text, count }) => (
        <li key={name} title={name}>
          {text} <strong>{formatNumber(count)}</strong>
        </li>
      ))}
    </ul>
  );
}

function FactorTable({ device }: { readonly device: DeviceDetail }): ReactElement {
  const [factor, point, scale, offset] = TEXT.columns;
  return (
    <section className="tab-section">
      <h2>{TEXT.map}</h2>
      {device.factors.length === 0 ? (
        <p className="quiet">{TEXT.noFactors}</p>
      ) : (
        <RowsTable columns={TEXT.columns}>
          {device.factors.map((row) => (
            <tr key={row.factor}>
              <td data-label={factor} className="code">
                {row.factor}
              </td>
              <td data-label={point}>
                {row.objectName} · {row.elementName}（{row.unit}）
              </td>
              <td data-label={scale}>{row.scale}</td>
              <td data-label={offset}>{row.offset}</td>
            </tr>
          ))}
        </RowsTable>
      )}
    </section>
  );
}
