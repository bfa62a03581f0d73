import { Alert, Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../ui/states.tsx';
import { endOfDay } from '../../app/beijing-input.ts';
import { Field } from './field.tsx';
import { PlatformSelect } from './platform-select.tsx';
import { requestAccount, useChange } from './queries.ts';
import { RoleEditor, type RoleRow } from './role-editor.tsx';
import { wantedOf } from './role-rows.ts';
import { FORM_TEXT } from './text.ts';

interface Form {
  readonly username: string;
  readonly name: string;
  readonly unit: string;
  readonly title: string;
  readonly phone: string;
  readonly platform: string;
  readonly expires: string;
  readonly reason: string;
  readonly roles: readonly RoleRow[];
}

const BLANK: Form = {
  username: '',
  name: '',
  unit: '',
  title: '',
  phone: '',
  platform: '',
  expires: '',
  reason: '',
  roles: [{ key: 0, role: '', platform: '', validTo: '' }],
};

const TEXTS = [
  ['username', FORM_TEXT.username, FORM_TEXT.usernameHint, 40],
  ['name', FORM_TEXT.name, undefined, 50],
  ['unit', FORM_TEXT.unit, undefined, 100],
  ['title', FORM_TEXT.title, undefined, 100],
  ['phone', FORM_TEXT.phone, undefined, 20],
] as const;

/** Asks for one new account. */
export function OpenForm(): ReactElement {
  const id = useId();
  const [form, setForm] = useState(BLANK);
  const opening = useChange(requestAccount);
  const change = (part: Partial<Form>): void => setForm({ ...form, ...part });
  const roles = wantedOf(form.roles);
  const filled = form.username.trim() !== '' && form.name.trim() !== '' && form.platform !== '';
  const ready = filled && roles !== undefined && form.reason.trim().length >= 5;
  const send = (): void => {
    if (!ready) return;
    const { username, name, unit, title, phone, platform, expires, reason } = form;
    opening.mutate({
      action: 'open',
      username: username.trim(),
      name: name.trim(),
      unit: unit.trim() || null,
      title: title.trim() || null,
      phone: phone.trim() || null,
      platform,
      roles,
      expiresAt: endOfDay(expires),
      reason: reason.trim(),
    });
  };
  if (opening.isSuccess) {
    const again = (): void => {
      opening.reset();
      setForm(BLANK);
    };
    return (
      <Alert
        type="success"
        showIcon
        title={FORM_TEXT.sent}
        action={<Button onClick={again}>{FORM_TEXT.another}</Button>}
      />
    );
  }
  return (
    <form
      className="people-form panel"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {TEXTS.map(([field, label, hint, longest]) => (
        <Field key={field} id={`${id}-${field}`} label={label} {...(hint === undefined ? {} : { hint })}>
          <Input
            id={`${id}-${field}`}
            autoComplete="off"
            maxLength={longest}
            value={form[field]}
            onChange={({ target }) => change({ [field]: target.value })}
          />
        </Field>
      ))}
      <Field id={`${id}-platform`} label={FORM_TEXT.home}>
        <PlatformSelect
          id={`${id}-platform`}
          label={FORM_TEXT.home}
          value={form.platform}
          onChange={(platform) =>
            change({
              platform,
              roles: form.roles.map((row) => (row.platform === '' ? { ...row, platform } : row)),
            })
          }
        />
      </Field>
      <Field id={`${id}-expires`} label={FORM_TEXT.expires}>
        <Input
          id={`${id}-expires`}
          type="date"
          value={form.expires}
          onChange={({ target }) => change({ expires: target.value })}
        />
      </Field>
      <RoleEditor rows={form.roles} home={form.platform} onChange={(rows) => change({ roles: rows })} />
      <Field id={`${id}-reason`} label={FORM_TEXT.reason} hint={FORM_TEXT.reasonHint}>
        <Input.TextArea
          id={`${id}-reason`}
          rows={2}
          maxLength={500}
          value={form.reason}
          onChange={({ target }) => change({ reason: target.value })}
        />
      </Field>
      {opening.error && <Failure error={opening.error} />}
      <Button type="primary" size="large" htmlType="submit" loading={opening.isPending} disabled={!ready}>
        {FORM_TEXT.send}
      </Button>
    </form>
  );
}
