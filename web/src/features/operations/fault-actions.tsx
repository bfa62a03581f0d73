import { type FaultDetail, operationsRoutes } from '#contract/operations';
import { FAULT_STATE_TEXT, type FaultAction } from '#model/operations';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call, CallError } from '../../app/call.ts';
import { Failure } from '../../ui/states.tsx';
import { faultQuery } from './queries.ts';
import { TEXT } from './text.ts';

type Allowed = FaultDetail['allowedActions'][number];

interface Filled {
  readonly note: string;
  readonly username: string | undefined;
  readonly unit: string;
}

const EMPTY: Filled = { note: '', username: undefined, unit: '' };

/** What may be done now: one press where nothing is demanded, a short form where something is. */
export function FaultActions({ fault }: { readonly fault: FaultDetail }): ReactElement {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Allowed>();
  const advancing = useMutation({
    mutationFn: ({ action, filled }: { readonly action: FaultAction; readonly filled: Filled }) =>
      call(operationsRoutes.advanceFault, { params: { id: fault.id }, body: bodyOf(action, filled, fault) }),
    onSuccess: (advanced) => {
      setChosen(undefined);
      client.setQueryData(faultQuery(fault.id).queryKey, advanced);
      void client.invalidateQueries({ queryKey: ['operations', 'list'] });
      void client.invalidateQueries({ queryKey: ['operations', 'counts'] });
    },
    onError: (error) => {
      // Somebody was quicker: what may be done is another thing now.
      if (error instanceof CallError && error.status === 409)
        void client.invalidateQueries({ queryKey: faultQuery(fault.id).queryKey });
    },
  });
  const choose = (allowed: Allowed): void => {
    if (allowed.requires.length === 0) advancing.mutate({ action: allowed.action, filled: EMPTY });
    else setChosen(allowed);
  };
  if (fault.allowedActions.length === 0)
    return (
      <p className="quiet">
        {FAULT_STATE_TEXT[fault.state]}，{TEXT.done}
      </p>
    );
  return (
    <div className="fault-actions">
      <div className="fault-buttons">
        {fault.allowedActions.map((allowed, i) => (
          <Button
            key={allowed.action}
            type={i === 0 ? 'primary' : 'default'}
            disabled={advancing.isPending}
            aria-expanded={allowed.requires.length === 0 ? undefined : chosen?.action === allowed.action}
            onClick={() => choose(allowed)}
          >
            {allowed.text}
          </Button>
        ))}
      </div>
      {advancing.error && <Failure error={advancing.error} />}
      {chosen && (
        <ActionForm
          key={chosen.action}
          allowed={chosen}
          fault={fault}
          pending={advancing.isPending}
          onCancel={() => setChosen(undefined)}
          onSend={(filled) => advancing.mutate({ action: chosen.action, filled })}
        />
      )}
    </div>
  );
}

function bodyOf(action: FaultAction, { note, username, unit }: Filled, { version }: FaultDetail) {
  const owner = {
    ...(username === undefined ? {} : { username }),
    ...(unit.trim() === '' ? {} : { unit: unit.trim() }),
  };
  return {
    action,
    version,
    ...(note.trim() === '' ? {} : { note: note.trim() }),
    ...(Object.keys(owner).length === 0 ? {} : { owner }),
  };
}

interface ActionFormProps {
  readonly allowed: Allowed;
  readonly fault: FaultDetail;
  readonly pending: boolean;
  readonly onCancel: () => void;
  readonly onSend: (filled: Filled) => void;
}

function ActionForm({ allowed, fault, pending, onCancel, onSend }: ActionFormProps): ReactElement {
  const id = useId();
  const [filled, setFilled] = useState(EMPTY);
  const [missing, setMissing] = useState<string>();
  const needsOwner = allowed.requires.includes('owner');
  const check = (): string | undefined => {
    if (needsOwner && filled.username === undefined && filled.unit.trim() === '') return TEXT.ownerNeeded;
    return allowed.requires.includes('note') && filled.note.trim() === '' ? TEXT.noteNeeded : undefined;
  };
  return (
    <form
      className="fault-form"
      onSubmit={(event) => {
        event.preventDefault();
        const found = check();
        setMissing(found);
        if (found === undefined) onSend(filled);
      }}
    >
      {needsOwner && (
        <>
          <label htmlFor={`${id}-person`}>{TEXT.person}</label>
          <Select<string | null>
            id={`${id}-person`}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={filled.username ?? null}
            onChange={(username) => setFilled({ ...filled, username: username ?? undefined })}
            options={fault.candidates.map(({ username, name }) => ({ value: username, label: name }))}
          />
          <label htmlFor={`${id}-unit`}>{TEXT.unit}</label>
          <Input
            id={`${id}-unit`}
            maxLength={100}
            value={filled.unit}
            onChange={({ target }) => setFilled({ ...filled, unit: target.value })}
          />
        </>
      )}
      <label htmlFor={`${id}-note`}>{TEXT.note}</label>
      <Input.TextArea
        id={`${id}-note`}
        rows={3}
        maxLength={4000}
        placeholder={TEXT.notePlaceholder}
        value={filled.note}
        onChange={({ target }) => setFilled({ ...filled, note: target.value })}
      />
      {missing !== undefined && (
        <p role="alert" className="fault-missing">
          {missing}
        </p>
      )}
      <div className="fault-buttons">
        <Button type="primary" htmlType="submit" loading={pending}>
          {pending ? TEXT.sending : allowed.text}
        </Button>
        <Button onClick={onCancel}>{TEXT.cancel}</Button>
      </div>
    </form>
  );
}
