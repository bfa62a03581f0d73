import type { AccountDetail } from '#contract/platform';
import { Alert, Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../ui/states.tsx';
import { type ChangeFields, changeFields, differencesOf } from './change-fields.ts';
import { Field } from './field.tsx';
import { requestAccount, useChange } from './queries.ts';
import { RoleEditor } from './role-editor.tsx';
import { FORM_TEXT, TEXT } from './text.ts';

interface ChangeFormProps {
  readonly account: AccountDetail;
  readonly onDone: () => void;
}

const TEXTS = [
  ['name', FORM_TEXT.name, 50],
  ['unit', FORM_TEXT.unit, 100],
  ['title', FORM_TEXT.title, 100],
] as const;

/** Asks for an account to be changed: only what differs is asked for. */
export function ChangeForm({ account, onDone }: ChangeFormProps): ReactElement {
  const id = useId();
  const [form, setForm] = useState<ChangeFields>(() => changeFields(account));
  const [reason, setReason] = useState('');
  const change = useChange(requestAccount);
  const differences = differencesOf(account, form);
  const edit = (part: Partial<ChangeFields>): void => setForm({ ...form, ...part });
  const ready = differences !== undefined && reason.trim().length >= 5;
  if (change.isSuccess) {
    return (
      <Alert
        type="success"
        showIcon
        title={FORM_TEXT.sent}
        action={<Button onClick={onDone}>{TEXT.good}</Button>}
      />
    );
  }
  return (
    <form
      className="people-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready)
          change.mutate({ action: 'change', account: account.id, ...differences, reason: reason.trim() });
      }}
    >
      {TEXTS.map(([field, label, longest]) => (
        <Field key={field} id={`${id}-${field}`} label={label}>
          <Input
            id={`${id}-${field}`}
            maxLength={longest}
            value={form[field]}
            onChange={({ target }) => edit({ [field]: target.value })}
          />
        </Field>
      ))}
      <Field id={`${id}-phone`} label={FORM_TEXT.phone} hint={FORM_TEXT.phoneKeep}>
        <Input
          id={`${id}-phone`}
          inputMode="tel"
          maxLength={20}
          value={form.phone}
          placeholder={account.phone ?? ''}
          onChange={({ target }) => edit({ phone: target.value })}
        />
      </Field>
      <Field id={`${id}-expires`} label={FORM_TEXT.expires}>
        <Input
          id={`${id}-expires`}
          type="date"
          value={form.expires}
          onChange={({ target }) => edit({ expires: target.value })}
        />
      </Field>
      <RoleEditor
        rows={form.roles}
        home={account.platform?.code ?? ''}
        onChange={(roles) => edit({ roles })}
      />
      <Field id={`${id}-reason`} label={FORM_TEXT.reason} hint={FORM_TEXT.reasonHint}>
        <Input.TextArea
          id={`${id}-reason`}
          rows={2}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </Field>
      {change.error && <Failure error={change.error} />}
      <Button type="primary" size="large" htmlType="submit" loading={change.isPending} disabled={!ready}>
        {FORM_TEXT.send}
      </Button>
    </form>
  );
}
