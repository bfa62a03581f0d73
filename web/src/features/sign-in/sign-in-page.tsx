import { platformRoutes } from '#contract/platform';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, type ReactElement, useEffect, useState } from 'react';

import { call } from '../../app/call.ts';
import { TEXT } from './text.ts';
import './sign-in.css';

interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly otp?: string;
}

export function SignInPage(): ReactElement {
  const { from, expired } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const client = useQueryClient();
  useEffect(() => {
    document.title = `${TEXT.title} · ${TEXT.system}`;
  }, []);
  const signIn = useMutation({
    mutationFn: (body: Credentials) => call(platformRoutes.signIn, { body }),
    onSuccess: ({ user }) => {
      forgetOthersDrafts(user.username);
      // What another account saw must not flash up; the desk asks anew who is here.
      client.clear();
      router.history.push(from ?? '/');
    },
  });
  return (
    <main className="sign-in">
      <div className="sign-in-box">
        <h1>
          {TEXT.system}
          <small>{TEXT.about}</small>
        </h1>
        {!window.isSecureContext && <Alert type="warning" showIcon title={TEXT.insecure} />}
        {expired && !signIn.error && <Alert type="info" showIcon title={TEXT.expired} role="status" />}
        {signIn.error && <Alert type="error" showIcon title={signIn.error.message} role="alert" />}
        <SignInForm pending={signIn.isPending} onSubmit={(body) => signIn.mutate(body)} />
      </div>
    </main>
  );
}

const LAST_USER = 'puan.user';

/** Drafts outlive an expired session for who returns to it, not for the next person at the same screen. */
function forgetOthersDrafts(username: string): void {
  if (sessionStorage.getItem(LAST_USER) !== username) sessionStorage.clear();
  sessionStorage.setItem(LAST_USER, username);
}

interface SignInFormProps {
  readonly pending: boolean;
  readonly onSubmit: (credentials: Credentials) => void;
}

function SignInForm({ pending, onSubmit }: SignInFormProps): ReactElement {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [otp, setOtp] = useState<string>();
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (username.trim() === '' || password === '') return;
    onSubmit({ username: username.trim(), password, ...(otp ? { otp: otp.trim() } : {}) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <label>
        {TEXT.username}
        <Input
          size="large"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          autoFocus
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
        {tried && username.trim() === '' && <span className="field-fault">{TEXT.noUsername}</span>}
      </label>
      <label>
        {TEXT.password}
        <Input.Password
          size="large"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {tried && password === '' && <span className="field-fault">{TEXT.noPassword}</span>}
      </label>
      {otp === undefined ? (
        <Button type="link" size="small" className="sign-in-otp" onClick={() => setOtp('')}>
          {TEXT.withOtp}
        </Button>
      ) : (
        <label>
          {TEXT.otp}
          <Input
            size="large"
            name="otp"
            inputMode="numeric"
            autoComplete="one-time-code"
            placeholder={TEXT.otpHint}
            value={otp}
            onChange={(event) => setOtp(event.target.value)}
          />
        </label>
      )}
      <Button type="primary" size="large" block htmlType="submit" loading={pending}>
        {pending ? TEXT.submitting : TEXT.submit}
      </Button>
    </form>
  );
}
