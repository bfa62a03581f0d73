import './secrets.css';

import { platformRoutes } from '#contract/platform';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { type FormEvent, lazy, type ReactElement, Suspense, useState } from 'react';

import { call } from '../../app/call.ts';
import { Resource } from '../states.tsx';
import { CopyButton } from './copy-button.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SecretField } from './secret-field.tsx';
import { TOTP_TEXT as TEXT } from './text.ts';

const Qr = lazy(() => import('./qr.tsx').then(({ Qr }) => ({ default: Qr })));
const GROUP = /(.{4})(?=.)/gu;

/** Sets up an authenticator: its secret, a first code of it, and then the recovery codes. */
export function EnrolTotp({ onDone }: { readonly onDone: () => void }): ReactElement {
  const [code, setCode] = useState('');
  // Asked for once: each answer is a new secret.
  const begun = useQuery({
    queryKey: ['platform', 'totp-secret'],
    queryFn: () => call(platformRoutes.beginTotp),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  const confirm = useMutation({
    mutationFn: () => call(platformRoutes.confirmTotp, { body: { code: code.trim() } }),
  });
  if (confirm.data) return <RecoveryCodes codes={confirm.data.recoveryCodes} onDone={onDone} />;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (code.trim() !== '') confirm.mutate();
  };
  return (
    <Resource query={begun}>
      {({ secret, uri }) => (
        <form className="secret-form" onSubmit={submit} noValidate>
          <p>{TEXT.scan}</p>
          <div className="secret-qr">
            <Suspense fallback={null}>
              <Qr text={uri} label={TEXT.qr} />
            </Suspense>
          </div>
          <p className="secret-hint">{TEXT.orType}</p>
          <div className="secret-text">
            <code>{secret.replaceAll(GROUP, '$1 ')}</code>
            <CopyButton text={secret} label={TEXT.copy} done={TEXT.copied} />
          </div>
          {confirm.error && (
            <Alert
              type="error"
              showIcon
              role="alert"
              title={confirm.error.message}
              action={
                <Button size="small" onClick={() => void begun.refetch()}>
                  {TEXT.again}
                </Button>
              }
            />
          )}
          <SecretField
            label={TEXT.code}
            name="otp"
            autoComplete="one-time-code"
            digits
            plain
            value={code}
            onChange={setCode}
          />
          <Button type="primary" size="large" block htmlType="submit" loading={confirm.isPending}>
            {TEXT.submit}
          </Button>
        </form>
      )}
    </Resource>
  );
}
