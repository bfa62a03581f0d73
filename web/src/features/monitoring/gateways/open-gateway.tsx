import type { gatewayRoutes } from '#contract/monitoring';
import { PROTOCOLS } from '#model/monitoring';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import type { z } from 'zod';

import { Failure } from '../../../ui/states.tsx';
import { fieldsOf, limitsOf, portOf } from './gateway-form.ts';
import { platformChoiceQuery, useOpenGateway } from './gateway-queries.ts';
import { LimitFields } from './limit-fields.tsx';
import { GATEWAY_TEXT } from './text.ts';

type Body = z.input<typeof gatewayRoutes.openGateway.body>;

interface OpenGatewayProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** One more door, for a platform of its own. */
export function OpenGateway({ open, onClose }: OpenGatewayProps): ReactElement {
  return (
    <Drawer open={open} onClose={onClose} size="min(560px, 100vw)" title={GATEWAY_TEXT.open} destroyOnHidden>
      <Form onDone={onClose} />
    </Drawer>
  );
}

const LISTENING = (Object.keys(PROTOCOLS) as (keyof typeof PROTOCOLS)[]).filter(
  (protocol) => PROTOCOLS[protocol].way === 'listen',
);

function Form({ onDone }: { readonly onDone: () => void }): ReactElement {
  const id = useId();
  const [name, setName] = useState('');
  const [platform, setPlatform] = useState<string>();
  const [search, setSearch] = useState('');
  const [protocol, setProtocol] = useState<Body['protocol']>('hj212');
  const [port, setPort] = useState('');
  const [limits, setLimits] = useState(fieldsOf({}));
  const [fault, setFault] = useState<string>();
  const platforms = useQuery(platformChoiceQuery(search.trim()));
  const opening = useOpenGateway();
  const send = (): void => {
    const wanted = limitsOf(limits);
    const at = portOf(port);
    const wrong =
      name.trim() === ''
        ? GATEWAY_TEXT.needName
        : platform === undefined
          ? GATEWAY_TEXT.needPlatform
          : at === undefined
            ? GATEWAY_TEXT.badPort
            : 'fault' in wanted
              ? wanted.fault
              : undefined;
    setFault(wrong);
    if (platform === undefined || at === undefined || 'fault' in wanted || wrong !== undefined) return;
    opening.mutate({ name, platform, protocol, port: at, limits: wanted.limits });
  };
  if (opening.data) {
    const { name: made, state } = opening.data;
    return (
      <Alert
        type={state.kind === 'listening' ? 'success' : 'warning'}
        showIcon
        title={GATEWAY_TEXT.opened(made)}
        description={state.kind === 'failed' ? state.reason : undefined}
        action={<Button onClick={onDone}>好</Button>}
      />
    );
  }
  return (
    <form
      className="gateway-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor={`${id}-name`}>{GATEWAY_TEXT.name}</label>
      <Input
        id={`${id}-name`}
        value={name}
        maxLength={100}
        onChange={({ target }) => setName(target.value)}
      />
      <label htmlFor={`${id}-platform`}>{GATEWAY_TEXT.platform}</label>
      <Select
        id={`${id}-platform`}
        value={platform ?? null}
        showSearch={{ filterOption: false, onSearch: setSearch }}
        loading={platforms.isFetching}
        onChange={(code: string) => setPlatform(code)}
        options={(platforms.data?.items ?? []).map(({ code, name: of }) => ({ value: code, label: of }))}
      />
      <label htmlFor={`${id}-protocol`}>{GATEWAY_TEXT.protocol}</label>
      <Select
        id={`${id}-protocol`}
        value={protocol}
        onChange={setProtocol}
        options={LISTENING.map((value) => ({ value, label: PROTOCOLS[value].name }))}
      />
      <label htmlFor={`${id}-port`}>{GATEWAY_TEXT.port}</label>
      <Input
        id={`${id}-port`}
        value={port}
        inputMode="numeric"
        maxLength={5}
        onChange={({ target }) => setPort(target.value)}
      />
      <p className="quiet">{GATEWAY_TEXT.portHint}</p>
      <LimitFields fields={limits} onChange={setLimits} />
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {opening.error && <Failure error={opening.error} />}
      <Button type="primary" size="large" htmlType="submit" loading={opening.isPending}>
        {GATEWAY_TEXT.open}
      </Button>
    </form>
  );
}
