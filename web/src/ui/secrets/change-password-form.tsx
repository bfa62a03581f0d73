import './secrets.css';

import { platformRoutes } from '#contract/platform';
import { PASSWORD_FAULT_TEXT, passwordFaults } from '#model/platform';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { type FormEvent, type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { isWrongPassword } from './is-wrong-password.ts';
import { SecretField } from './secret-field.tsx';
import { PASSWORD_TEXT as TEXT } from './text.ts';

interface ChangePasswordFormProps {
  readonly username: string;
  /** The present password, where it was typed a moment ago. */
  readonly known?: string | undefined;
  readonly onDone: () => void;
}

/** One's own password, changed; says what is wrong with a new one while it is typed. */
export function ChangePasswordForm({ username, known, onDone }: ChangePasswordFormProps): ReactElement {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const change = useMutation({
    mutationFn: (body: { readonly current: string; readonly next: string }) =>
      call(platformRoutes.changePassword, { body }),
    onSuccess: onDone,
  });
  const faults = passwordFaults(next, username).map((fault) => PASSWORD_FAULT_TEXT[fault]);
  const faulty = faults.length > 0 && (tried || next !== '');
  const differs = tried && next !== again;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const present = known ?? current;
    if (present === '' || faults.length > 0 || next !== again) return;
    change.mutate({ current: present, next });
  };
  return (
    <form className="secret-form" onSubmit={submit} noValidate>
      <input type="hidden" name="username" autoComplete="username" value={username} readOnly />
      {change.error && (known !== undefined || !isWrongPassword(change.error)) && (
        <Alert type="error" showIcon role="alert" title={change.error.message} />
      )}
      {known === undefined && (
        <CurrentField
          change={change}
          value={current}
          onChange={setCurrent}
          isMissing={tried && current === ''}
        />
      )}
      <SecretField
        label={TEXT.next}
        name="next"
        autoComplete="new-password"
        autoFocus={known !== undefined}
        value={next}
        onChange={setNext}
        fault={faulty ? `${faults.join('；')}。` : undefined}
      />
      <SecretField
        label={TEXT.again}
        name="again"
        autoComplete="new-password"
        value={again}
        onChange={setAgain}
        fault={differs ? TEXT.differ : undefined}
      />
      <p className="secret-hint">{TEXT.rules}</p>
      <p className="secret-hint">{TEXT.effect}</p>
      <Button type="primary" size="large" block htmlType="submit" loading={change.isPending}>
        {TEXT.submit}
      </Button>
    </form>
  );
}

/** The present password; that it is wrong is said here, until it is typed anew. */
function CurrentField(props: {
  readonly change: { readonly error: Error | null; readonly reset: () => void };
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isMissing: boolean;
}): ReactElement {
  const { change, value, onChange, isMissing } = props;
  const wrong = isWrongPassword(change.error) ? TEXT.wrong : undefined;
  return (
    <SecretField
      label={TEXT.current}
      name="current"
      autoComplete="current-password"
      autoFocus
      value={value}
      onChange={(typed) => {
        onChange(typed);
        change.reset();
      }}
      fault={isMissing ? TEXT.missing : wrong}
    />
  );
}
