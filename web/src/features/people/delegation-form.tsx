import { deputyRoutes } from '#contract/platform';
import { Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../app/call.ts';
import { Failure } from '../../ui/states.tsx';
import { fieldOf, momentOf } from '../../app/beijing-input.ts';
import { Field } from './field.tsx';
import { PersonInput } from './person-input.tsx';
import { type DelegationBody, useChange } from './queries.ts';
import { DELEGATION_TEXT } from './text.ts';

const DAY_MS = 86_400_000;

interface DelegationFormProps {
  /** User name of whom it is for; oneself without it. */
  readonly principal?: string;
  readonly onDone: () => void;
}

/** Names a deputy, from a moment to a moment. */
export function DelegationForm({ principal, onDone }: DelegationFormProps): ReactElement {
  const id = useId();
  const [deputy, setDeputy] = useState('');
  const [from, setFrom] = useState(() => fieldOf(Date.now()));
  const [to, setTo] = useState(() => fieldOf(Date.now() + DAY_MS));
  const [reason, setReason] = useState('');
  const opening = useChange((body: DelegationBody) => call(deputyRoutes.openDelegation, { body }));
  const [start, end] = [momentOf(from), momentOf(to)];
  const ready = deputy.trim() !== '' && start !== null && end !== null && reason.trim().length >= 2;
  const send = (): void => {
    if (!ready) return;
    const body = { deputy: deputy.trim(), from: start, to: end, reason: reason.trim() };
    opening.mutate(principal === undefined ? body : { ...body, principal }, { onSuccess: onDone });
  };
  return (
    <form
      className="people-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p className="quiet people-wide">{DELEGATION_TEXT.hint}</p>
      <Field id={`${id}-deputy`} label={DELEGATION_TEXT.deputy}>
        <PersonInput
          id={`${id}-deputy`}
          value={deputy}
          placeholder={DELEGATION_TEXT.deputyHint}
          onChange={setDeputy}
        />
      </Field>
      <Field id={`${id}-reason`} label={DELEGATION_TEXT.reason}>
        <Input
          id={`${id}-reason`}
          maxLength={200}
          value={reason}
          placeholder={DELEGATION_TEXT.reasonHint}
          onChange={({ target }) => setReason(target.value)}
        />
      </Field>
      <Field id={`${id}-from`} label={DELEGATION_TEXT.from}>
        <Input
          id={`${id}-from`}
          type="datetime-local"
          value={from}
          onChange={({ target }) => setFrom(target.value)}
        />
      </Field>
      <Field id={`${id}-to`} label={DELEGATION_TEXT.to}>
        <Input
          id={`${id}-to`}
          type="datetime-local"
          value={to}
          onChange={({ target }) => setTo(target.value)}
        />
      </Field>
      {opening.error && <Failure error={opening.error} />}
      <Button type="primary" size="large" htmlType="submit" loading={opening.isPending} disabled={!ready}>
        {DELEGATION_TEXT.open}
      </Button>
    </form>
  );
}
