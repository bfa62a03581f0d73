import { Button, Input } from 'antd';
import { type FormEvent, type ReactElement, useState } from 'react';

import { CODE_TEXT as TEXT } from './text.ts';

interface CodeStepProps {
  readonly pending: boolean;
  readonly onSubmit: (code: string) => void;
  readonly onBack: () => void;
}

/** The second factor, after a right password. */
export function CodeStep({ pending, onSubmit, onBack }: CodeStepProps): ReactElement {
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (code.trim() === '') return;
    onSubmit(code.trim());
    setCode('');
    setTried(false);
  };
  return (
    <form onSubmit={submit} noValidate>
      <h2>{TEXT.title}</h2>
      <p className="quiet">{TEXT.hint}</p>
      <label>
        {TEXT.code}
        <Input
          size="large"
          name="otp"
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          maxLength={20}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        {tried && code.trim() === '' && <span className="field-fault">{TEXT.missing}</span>}
      </label>
      <Button type="primary" size="large" block htmlType="submit" loading={pending}>
        {TEXT.submit}
      </Button>
      <Button type="link" onClick={onBack}>
        {TEXT.back}
      </Button>
    </form>
  );
}
