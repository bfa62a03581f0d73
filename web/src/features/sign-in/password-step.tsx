import { Button, Input } from 'antd';
import { type FormEvent, type ReactElement, useState } from 'react';

import { TEXT } from './text.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

interface PasswordStepProps {
  readonly pending: boolean;
  readonly onSubmit: (credentials: Credentials) => void;
}

/** Name and password. */
export function PasswordStep({ pending, onSubmit }: PasswordStepProps): ReactElement {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (username.trim() !== '' && password !== '') onSubmit({ username: username.trim(), password });
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
      <Button type="primary" size="large" block htmlType="submit" loading={pending}>
        {pending ? TEXT.submitting : TEXT.submit}
      </Button>
    </form>
  );
}
