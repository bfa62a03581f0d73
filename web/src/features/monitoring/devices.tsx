import type { Device } from '#contract/monitoring';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { formatAgo, formatNumber } from '../../app/format.ts';
import { useCan } from '../../app/session.ts';
import { useNow } from '../../app/use-now.ts';
import { OriginTags } from '../../ui/replay-tag.tsx';
import { AdoptDrawer } from './adopt-drawer.tsx';
import { DeviceDrawer } from './device/device-drawer.tsx';
import { devicesQuery } from './monitoring-queries.ts';
import { DEVICE_DETAIL_TEXT } from './device/text.ts';
import { CardsTable } from '../../ui/cards-table.tsx';
import { DEVICE_TEXT, TEXT } from './text.ts';

/** Devices: when they last spoke, what was taken, and what was refused and why. */
export function Devices(): ReactElement {
  const [text, setText] = useState('');
  const [adopting, setAdopting] = useState(false);
  const [shown, setShown] = useState<Device>();
  const search = useDeferredValue(text.trim());
  const query = useInfiniteQuery(devicesQuery(search));
  const mayManage = useCan('device.manage');
  const now = useNow(5000);
  return (
    <>
      <div className="filters">
        <Input.Search
          className="filter-search"
          allowClear
          maxLength={50}
          value={text}
          placeholder={DEVICE_TEXT.search}
          aria-label={DEVICE_TEXT.search}
          onChange={({ target }) => setText(target.value)}
        />
        {mayManage && <Button onClick={() => setAdopting(true)}>{DEVICE_TEXT.register}</Button>}
      </div>
      <CardsTable
        query={query}
        columns={DEVICE_TEXT.columns}
        empty={
          search ? { title: DEVICE_TEXT.notFound } : { title: DEVICE_TEXT.none, hint: DEVICE_TEXT.noneHint }
        }
      >
        {(device) => <DeviceRow key={device.id} device={device} now={now} onShow={() => setShown(device)} />}
      </CardsTable>
      <DeviceDrawer device={shown} onClose={() => setShown(undefined)} />
      <AdoptDrawer open={adopting} onClose={() => setAdopting(false)} />
    </>
  );
}

interface DeviceRowProps {
  readonly device: Device;
  readonly now: number;
  readonly onShow: () => void;
}

function DeviceRow({ device, now, onShow }: DeviceRowProps): ReactElement {
  const [code, protocol, points, seen, accepted, refused, unmapped] = DEVICE_TEXT.columns;
  const refusedTotal = device.framesRefused.reduce((sum, { count }) => sum + count, 0);
  return (
    <tr>
      <td data-label={code} className="code">
        <button
          type="button"
          className="link-button code"
          aria-label={DEVICE_DETAIL_TEXT.open(device.code)}
          onClick={onShow}
        >
          {device.code}
        </button>{' '}
        <OriginTags replaySession={device.replaySession} simulated={device.simulated} />
      </td>
      <td data-label={protocol} className="nowrap">
        {device.protocol}
      </td>
      <td data-label={points}>{formatNumber(device.points)}</td>
      <td data-label={seen} className="nowrap">
        {device.lastSeenAt === null ? (
          <span className="quiet">{TEXT.never}</span>
        ) : (
          formatAgo(device.lastSeenAt, now)
        )}
      </td>
      <td data-label={accepted}>{formatNumber(device.framesAccepted)} 帧</td>
      <td data-label={refused}>
        {refusedTotal === 0 ? (
          <span className="quiet">{DEVICE_TEXT.refusedNone}</span>
        ) : (
          <>
            <strong>{formatNumber(refusedTotal)} 帧</strong>
            <ul className="refusals">
              {device.framesRefused.map(({ reason, text, count }) => (
                <li key={reason} title={reason}>
                  {text} {formatNumber(count)}
                </li>
              ))}
            </ul>
          </>
        )}
      </td>
      <td data-label={unmapped} className="code">
        {device.unmappedFactors.length === 0 ? (
          <span className="quiet">{DEVICE_TEXT.refusedNone}</span>
        ) : (
          device.unmappedFactors.join('、')
        )}
      </td>
    </tr>
  );
}
