import { platformRoutes, type Session } from '#contract/platform';
import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { type FormEvent, type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { EnrolTotp } from '../../ui/secrets/enrol-totp.tsx';
import { SecretField } from '../../ui/secrets/secret-field.tsx';
import { useAccountChanged } from './queries.ts';
import { FACTOR_TEXT as TEXT } from './text.ts';

export function FactorPanel({ session }: { readonly session: Session }): ReactElement {
  const [open, setOpen] = useState(false);
  const { message } = App.useApp();
  const changed = useAccountChanged();
  const { secondFactor } = session;
  const done = (): void => {
    setOpen(false);
    if (!secondFactor) message.success(TEXT.enrolled);
    void changed();
  };
  return (
    <section className="panel" aria-labelledby="me-factor">
      <h2 id="me-factor">{TEXT.title}</h2>
      <div className="panel-body me-body">
        <p className="quiet">{secondFactor ? TEXT.on : TEXT.off}</p>
        {open ? (
          <div className="me-form">
            {secondFactor ? <RemoveTotp onDone={done} /> : <EnrolTotp onDone={done} />}
            <Button type="link" onClick={() => setOpen(false)}>
              {TEXT.cancel}
            </Button>
          </div>
        ) : (
          <Button onClick={() => setOpen(true)}>{secondFactor ? TEXT.remove : TEXT.enrol}</Button>
        )}
      </div>
    </section>
  );
}

function RemoveTotp({ onDone }: { readonly onDone: () => void }): ReactElement {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const remove = useMutation({
    mutationFn: () => call(platformRoutes.removeTotp, { body: { password, code: code.trim() } }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (password !== '' && code.trim() !== '') remove.mutate();
  };
  return (
    <form className="secret-form" onSubmit={submit} noValidate>
      <p>{TEXT.removeHint}</p>
      {remove.error && <Alert type="error" showIcon role="alert" title={remove.error.message} />}
      <SecretField
        label={TEXT.password}
        name="password"
        autoComplete="current-password"
        autoFocus
        value={password}
        onChange={setPassword}
      />
      <SecretField
        label={TEXT.code}
        name="otp"
        autoComplete="one-time-code"
        plain
        value={code}
        onChange={setCode}
      />
      <Button htmlType="submit" danger loading={remove.isPending}>
        {TEXT.confirm}
      </Button>
    </form>
  );
}
