import type { GatewayView } from '#contract/monitoring';
import { Alert, Button, Drawer, Input, Popconfirm } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { Failure } from '../../../ui/states.tsx';
import { fieldsOf, limitsOf, portOf } from './gateway-form.ts';
import { useChangeGateway, useRemoveGateway } from './gateway-queries.ts';
import { GatewaySessions } from './gateway-sessions.tsx';
import { LimitFields } from './limit-fields.tsx';
import { GATEWAY_TEXT } from './text.ts';

interface GatewayDrawerProps {
  readonly gateway: GatewayView | undefined;
  readonly onClose: () => void;
}

/** One door: who is in, what it refused and why, its switch and its limits. */
export function GatewayDrawer({ gateway, onClose }: GatewayDrawerProps): ReactElement {
  return (
    <Drawer
      open={gateway !== undefined}
      onClose={onClose}
      size="min(760px, 100vw)"
      title={gateway?.name}
      destroyOnHidden
    >
      {gateway && (
        <>
          {gateway.state.kind === 'failed' && <Alert type="warning" showIcon title={gateway.state.reason} />}
          <GatewaySessions gateway={gateway} />
          <Refusals gateway={gateway} />
          {gateway.allowedActions.includes('change') && (
            <Settings key={gateway.id} gateway={gateway} onRemoved={onClose} />
          )}
        </>
      )}
    </Drawer>
  );
}

function Refusals({ gateway }: { readonly gateway: GatewayView }): ReactElement {
  return (
    <section className="tab-section">
      <h2>拒收</h2>
      {gateway.framesRefused.length === 0 ? (
        <p className="quiet">{GATEWAY_TEXT.refusedNone}</p>
      ) : (
        <ul className="refusals">
          {gateway.framesRefused.map(({ reason, text, count }) => (
            <li key={reason} title={reason}>
              {text} <strong>{formatNumber(count)}</strong>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Settings({
  gateway,
  onRemoved,
}: {
  readonly gateway: GatewayView;
  readonly onRemoved: () => void;
}): ReactElement {
  const id = useId();
  const [name, setName] = useState(gateway.name);
  const [port, setPort] = useState(gateway.port === null ? '' : String(gateway.port));
  const [limits, setLimits] = useState(fieldsOf(gateway.limits));
  const [fault, setFault] = useState<string>();
  const changing = useChangeGateway(gateway.id);
  const removing = useRemoveGateway();
  const send = (enabled: boolean): void => {
    const wanted = limitsOf(limits);
    const at = gateway.port === null ? null : portOf(port);
    const wrong = at === undefined ? GATEWAY_TEXT.badPort : 'fault' in wanted ? wanted.fault : undefined;
    setFault(wrong);
    if (at === undefined || 'fault' in wanted) return;
    changing.mutate({ name, port: at, enabled, limits: wanted.limits });
  };
  return (
    <section className="tab-section">
      <h2>{GATEWAY_TEXT.limits}</h2>
      <form
        className="gateway-form"
        onSubmit={(event) => {
          event.preventDefault();
          send(gateway.enabled);
        }}
      >
        <label htmlFor={`${id}-name`}>{GATEWAY_TEXT.name}</label>
        <Input
          id={`${id}-name`}
          value={name}
          maxLength={100}
          onChange={({ target }) => setName(target.value)}
        />
        {gateway.port !== null && (
          <>
            <label htmlFor={`${id}-port`}>{GATEWAY_TEXT.port}</label>
            <Input
              id={`${id}-port`}
              value={port}
              inputMode="numeric"
              maxLength={5}
              onChange={({ target }) => setPort(target.value)}
            />
          </>
        )}
        <LimitFields fields={limits} onChange={setLimits} />
        {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
        {changing.error && <Failure error={changing.error} />}
        {changing.isSuccess && <p role="status">{GATEWAY_TEXT.saved}</p>}
        <Button type="primary" htmlType="submit" loading={changing.isPending}>
          {GATEWAY_TEXT.save}
        </Button>
      </form>
      <div className="gateway-switch">
        {gateway.enabled ? (
          <Popconfirm
            title={GATEWAY_TEXT.sureOff}
            description={GATEWAY_TEXT.sureOffWhy}
            okText={GATEWAY_TEXT.disable}
            cancelText={GATEWAY_TEXT.cancel}
            onConfirm={() => send(false)}
          >
            <Button danger>{GATEWAY_TEXT.disable}</Button>
          </Popconfirm>
        ) : (
          <Button onClick={() => send(true)}>{GATEWAY_TEXT.enable}</Button>
        )}
        {gateway.allowedActions.includes('remove') && (
          <Popconfirm
            title={GATEWAY_TEXT.sureRemove}
            description={GATEWAY_TEXT.sureRemoveWhy}
            okText={GATEWAY_TEXT.remove}
            cancelText={GATEWAY_TEXT.cancel}
            onConfirm={() => removing.mutate(gateway.id, { onSuccess: onRemoved })}
          >
            <Button danger loading={removing.isPending}>
              {GATEWAY_TEXT.remove}
            </Button>
          </Popconfirm>
        )}
      </div>
      {removing.error && <Failure error={removing.error} />}
    </section>
  );
}
