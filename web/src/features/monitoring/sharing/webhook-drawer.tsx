import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Drawer, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { CopyButton } from '../../../ui/secrets/copy-button.tsx';
import { Failure } from '../../../ui/states.tsx';
import { PlatformSelect } from './platform-select.tsx';
import { sharedGrantsQuery } from './sharing-queries.ts';
import { useCreateWebhook } from './webhook-queries.ts';
import { WEBHOOK_FORM_TEXT as TEXT, WEBHOOK_TEXT } from './webhook-text.ts';

interface WebhookDrawerProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** A new webhook; its secret is shown once. */
export function WebhookDrawer({ open, onClose }: WebhookDrawerProps): ReactElement {
  return (
    <Drawer open={open} onClose={onClose} size="min(560px, 100vw)" title={WEBHOOK_TEXT.open} destroyOnHidden>
      <Form onDone={onClose} />
    </Drawer>
  );
}

function Form({ onDone }: { readonly onDone: () => void }): ReactElement {
  const id = useId();
  const [name, setName] = useState('');
  const [platform, setPlatform] = useState<string>();
  const [url, setUrl] = useState('');
  const [grant, setGrant] = useState<number>();
  const [warnings, setWarnings] = useState(false);
  const [fault, setFault] = useState<string>();
  const grants = useInfiniteQuery(sharedGrantsQuery);
  const creating = useCreateWebhook();
  if (creating.data) return <Secret secret={creating.data.secret} onDone={onDone} />;
  const send = (): void => {
    const wrong = faultOf({ name, platform, url, what: grant !== undefined || warnings });
    setFault(wrong);
    if (wrong !== undefined || platform === undefined) return;
    creating.mutate({ name, platform, url: url.trim(), grant, warnings });
  };
  const open = grants.data?.pages.flatMap(({ items }) => items).filter(({ state }) => state === 'in-force');
  return (
    <form
      className="gateway-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor={`${id}-name`}>{TEXT.name}</label>
      <Input
        id={`${id}-name`}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
      />
      <label htmlFor={`${id}-platform`}>{TEXT.platform}</label>
      <PlatformSelect id={`${id}-platform`} value={platform} onChange={setPlatform} />
      <label htmlFor={`${id}-url`}>{TEXT.url}</label>
      <Input id={`${id}-url`} value={url} maxLength={500} onChange={(event) => setUrl(event.target.value)} />
      <label htmlFor={`${id}-grant`}>{TEXT.grant}</label>
      <Select
        id={`${id}-grant`}
        value={grant ?? null}
        allowClear
        loading={grants.isFetching}
        onChange={(chosen: number | null) => setGrant(chosen ?? undefined)}
        options={(open ?? []).map(({ id: value, item, unit }) => ({
          value,
          label: WEBHOOK_TEXT.readings(item.name, unit),
        }))}
      />
      <Checkbox checked={warnings} onChange={(event) => setWarnings(event.target.checked)}>
        {TEXT.warnings}
      </Checkbox>
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {creating.error && <Failure error={creating.error} />}
      <Button type="primary" size="large" htmlType="submit" loading={creating.isPending}>
        {TEXT.send}
      </Button>
    </form>
  );
}

function Secret({ secret, onDone }: { readonly secret: string; readonly onDone: () => void }): ReactElement {
  return (
    <Alert
      type="success"
      showIcon
      title={TEXT.secretTitle}
      description={
        <>
          <p className="code">{secret}</p>
          <p className="quiet">{TEXT.secretHint}</p>
          <CopyButton text={secret} label={TEXT.copy} done={TEXT.copied} />{' '}
          <Button onClick={onDone}>{TEXT.done}</Button>
        </>
      }
    />
  );
}

function faultOf(form: {
  readonly name: string;
  readonly platform: string | undefined;
  readonly url: string;
  readonly what: boolean;
}): string | undefined {
  if (form.name.trim() === '') return TEXT.faults.name;
  if (form.platform === undefined) return TEXT.faults.platform;
  if (!URL.canParse(form.url.trim())) return TEXT.faults.url;
  return form.what ? undefined : TEXT.faults.what;
}
