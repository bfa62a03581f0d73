import type { BlindObject, BlindPoint } from '#contract/monitoring';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { SimulatedTag } from '../../../ui/replay-tag.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { blindObjectsQuery, type BlindPlace, blindPointsQuery } from './queries.ts';
import { BLIND_TEXT, CONDITION_TEXT } from './text.ts';

interface DeviceLink {
  readonly id: number;
  readonly code: string;
}

interface BlindPointsProps {
  readonly place: BlindPlace;
  readonly onDevice: (device: DeviceLink) => void;
}

/** Points of the place that do not watch, each with the way to its device and its fault. */
export function BlindPoints({ place: { scenario, town }, onDevice }: BlindPointsProps): ReactElement {
  const query = useInfiniteQuery(blindPointsQuery({ scenario, town }));
  return (
    <section>
      <h3>{BLIND_TEXT.silentPoints}</h3>
      <CardsTable
        query={query}
        columns={BLIND_TEXT.pointColumns}
        empty={{ title: BLIND_TEXT.noSilentPoints }}
      >
        {(point) => <PointRow key={point.id} point={point} onDevice={onDevice} />}
      </CardsTable>
    </section>
  );
}

function PointRow({
  point,
  onDevice,
}: {
  readonly point: BlindPoint;
  readonly onDevice: (device: DeviceLink) => void;
}): ReactElement {
  const mayDevices = useCan('device.read');
  const [code, object, condition, since, device, fault] = BLIND_TEXT.pointColumns;
  return (
    <tr>
      <td data-label={code} className="code">
        {point.code} {point.simulated && <SimulatedTag />}
      </td>
      <td data-label={object}>
        {point.objectName}
        <span className="quiet row-code">{point.elementName}</span>
      </td>
      <td data-label={condition} className="nowrap">
        {CONDITION_TEXT[point.condition]}
        {point.until !== null && (
          <span className="quiet row-code">
            {BLIND_TEXT.until} <TimeText at={point.until} />
          </span>
        )}
      </td>
      <td data-label={since} className="nowrap">
        {point.since === null ? BLIND_TEXT.never : <TimeText at={point.since} />}
      </td>
      <td data-label={device} className="code">
        <Device device={point.device} onDevice={mayDevices ? onDevice : undefined} />
      </td>
      <td data-label={fault}>
        {point.fault === null ? (
          <span className="quiet nowrap">{BLIND_TEXT.noFault}</span>
        ) : (
          <Link to="/operations" search={{ fault: point.fault.id }}>
            {point.fault.code}
            <span className="row-code">{point.fault.summary}</span>
          </Link>
        )}
      </td>
    </tr>
  );
}

interface DeviceProps {
  readonly device: DeviceLink | null;
  readonly onDevice: ((device: DeviceLink) => void) | undefined;
}

function Device({ device, onDevice }: DeviceProps): ReactElement {
  if (device === null) return <span className="quiet">{BLIND_TEXT.noDevice}</span>;
  if (!onDevice) return <>{device.code}</>;
  return (
    <button type="button" className="link-button code" onClick={() => onDevice(device)}>
      {device.code}
    </button>
  );
}

/** Objects of the place that no point watches. */
export function BlindObjects({ place: { scenario, town } }: { readonly place: BlindPlace }): ReactElement {
  const query = useInfiniteQuery(blindObjectsQuery({ scenario, town }));
  return (
    <section>
      <h3>{BLIND_TEXT.blindObjects}</h3>
      <CardsTable
        query={query}
        columns={BLIND_TEXT.objectColumns}
        empty={{ title: BLIND_TEXT.noBlindObjects }}
      >
        {(object) => <ObjectRow key={object.id} object={object} />}
      </CardsTable>
    </section>
  );
}

function ObjectRow({ object }: { readonly object: BlindObject }): ReactElement {
  const [name, code, points] = BLIND_TEXT.objectColumns;
  return (
    <tr>
      <td data-label={name}>
        <Link to="/platforms/objects" search={{ open: object.id }}>
          {object.name}
        </Link>{' '}
        {object.simulated && <SimulatedTag />}
      </td>
      <td data-label={code} className="code">
        {object.code}
      </td>
      <td data-label={points} className="figures">
        {object.points === 0 ? BLIND_TEXT.noPoints : formatNumber(object.points)}
      </td>
    </tr>
  );
}
