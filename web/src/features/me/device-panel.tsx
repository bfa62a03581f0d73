import { type BoundDevice, platformRoutes, type Session } from '#contract/platform';
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { BindDeviceForm } from '../../ui/secrets/bind-device-form.tsx';
import { Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { Cards } from './cards.tsx';
import { ownSessionsQuery, useAccountChanged } from './queries.ts';
import { DEVICE_TEXT as TEXT, SESSION_TEXT } from './text.ts';

/** Absent for those who neither bind a phone nor have one bound. */
export function DevicePanel({ session }: { readonly session: Session }): ReactElement | null {
  const query = useQuery(ownSessionsQuery);
  const [open, setOpen] = useState(false);
  const { message } = App.useApp();
  const changed = useAccountChanged();
  const devices = query.data?.devices ?? [];
  if (!session.mayBindDevice && devices.length === 0) return null;
  const done = (): void => {
    setOpen(false);
    message.success(TEXT.bound);
    void changed();
  };
  return (
    <section className="panel me-wide" aria-labelledby="me-devices">
      <h2 id="me-devices">{TEXT.title}</h2>
      <div className="panel-body me-body">
        <p className="quiet">{TEXT.hint}</p>
        <Resource query={query} rows={2}>
          {({ devices }) => (devices.length === 0 ? <p>{TEXT.none}</p> : <Devices devices={devices} />)}
        </Resource>
        {open && (
          <div className="me-form">
            <BindDeviceForm onDone={done} />
            <Button type="link" onClick={() => setOpen(false)}>
              {TEXT.cancel}
            </Button>
          </div>
        )}
        {session.mayBindDevice && !open && <Button onClick={() => setOpen(true)}>{TEXT.bind}</Button>}
      </div>
    </section>
  );
}

function Devices({ devices }: { readonly devices: readonly BoundDevice[] }): ReactElement {
  const { message } = App.useApp();
  const changed = useAccountChanged();
  const end = useMutation({
    mutationFn: (id: number) => call(platformRoutes.endBoundDevice, { params: { id } }),
    onSuccess: changed,
    onError: (error) => message.error(error.message),
  });
  return (
    <Cards
      label={TEXT.title}
      columns={TEXT.columns}
      rows={devices.map((device) => ({
        key: device.id,
        cells: [
          <span key="name">
            {device.name} {device.current && <span className="origin-tag">{SESSION_TEXT.current}</span>}
          </span>,
          device.client,
          <TimeText key="bound" at={device.boundAt} />,
          <TimeText key="used" at={device.lastUsedAt} />,
          <TimeText key="until" at={device.expiresAt} />,
          <Button key="end" size="small" loading={end.isPending} onClick={() => end.mutate(device.id)}>
            {TEXT.end}
          </Button>,
        ],
      }))}
    />
  );
}
