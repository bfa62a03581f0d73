import type { SharedItem } from '#contract/monitoring';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { endOfDay } from './end-of-day.ts';
import { tokenChoiceQuery, useGrant } from './sharing-queries.ts';
import { GRANT_TEXT } from './text.ts';

interface GrantDrawerProps {
  readonly item: SharedItem | undefined;
  readonly onClose: () => void;
}

/** Lets a unit have an item for a purpose and a time. */
export function GrantDrawer({ item, onClose }: GrantDrawerProps): ReactElement {
  return (
    <Drawer
      open={item !== undefined}
      onClose={onClose}
      size="min(560px, 100vw)"
      title={item && GRANT_TEXT.title(item.name)}
      destroyOnHidden
    >
      {item && <Form item={item.id} onDone={onClose} />}
    </Drawer>
  );
}

function Form({ item, onDone }: { readonly item: number; readonly onDone: () => void }): ReactElement {
  const id = useId();
  const [unit, setUnit] = useState('');
  const [purpose, setPurpose] = useState('');
  const [token, setToken] = useState<number>();
  const [until, setUntil] = useState('');
  const [fault, setFault] = useState<string>();
  const tokens = useQuery(tokenChoiceQuery);
  const granting = useGrant();
  const send = (): void => {
    const to = endOfDay(until);
    const wrong = faultOf({ unit, purpose, to });
    setFault(wrong);
    if (wrong !== undefined || to === undefined) return;
    granting.mutate({ item, unit, purpose, token, to }, { onSuccess: onDone });
  };
  return (
    <form
      className="gateway-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor={`${id}-unit`}>{GRANT_TEXT.unit}</label>
      <Input
        id={`${id}-unit`}
        value={unit}
        maxLength={100}
        onChange={(event) => setUnit(event.target.value)}
      />
      <label htmlFor={`${id}-purpose`}>{GRANT_TEXT.purpose}</label>
      <Input.TextArea
        id={`${id}-purpose`}
        value={purpose}
        maxLength={500}
        autoSize={{ minRows: 2 }}
        onChange={(event) => setPurpose(event.target.value)}
      />
      <label htmlFor={`${id}-token`}>{GRANT_TEXT.token}</label>
      <Select
        id={`${id}-token`}
        value={token ?? null}
        allowClear
        loading={tokens.isFetching}
        onChange={(chosen: number | null) => setToken(chosen ?? undefined)}
        options={(tokens.data ?? []).map(({ id: value, name }) => ({ value, label: `${name}（#${value}）` }))}
      />
      <p className="quiet">{GRANT_TEXT.tokenHint}</p>
      <label htmlFor={`${id}-until`}>{GRANT_TEXT.until}</label>
      <Input
        id={`${id}-until`}
        type="date"
        value={until}
        onChange={(event) => setUntil(event.target.value)}
      />
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {granting.error && <Failure error={granting.error} />}
      <Button type="primary" size="large" htmlType="submit" loading={granting.isPending}>
        {GRANT_TEXT.send}
      </Button>
    </form>
  );
}

function faultOf(form: {
  readonly unit: string;
  readonly purpose: string;
  readonly to: number | undefined;
}): string | undefined {
  if (form.unit.trim() === '') return GRANT_TEXT.faults.unit;
  if (form.purpose.trim() === '') return GRANT_TEXT.faults.purpose;
  return form.to === undefined || form.to <= Date.now() ? GRANT_TEXT.faults.until : undefined;
}
