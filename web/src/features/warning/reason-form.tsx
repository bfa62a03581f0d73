import { Button, Input } from 'antd';
import { type ReactElement, type ReactNode, useId, useState } from 'react';

import { Failure } from '../../ui/states.tsx';
import './warning.css';

interface ReasonFormProps {
  /** What the button says. */
  readonly send: string;
  readonly label: string;
  /** Where nothing need be written, it may be left empty. */
  readonly optional?: boolean;
  /** Something else is still missing. */
  readonly disabled?: boolean;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onSend: (reason: string) => void;
  /** What else is asked, above the reason. */
  readonly children?: ReactNode;
}

/** An act that needs a reason in a sentence. */
export function ReasonForm(props: ReasonFormProps): ReactElement {
  const { send, label, optional = false, disabled = false, pending, error, onSend, children } = props;
  const id = useId();
  const [reason, setReason] = useState('');
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(reason.trim());
      }}
    >
      {children}
      <label htmlFor={id}>
        {label}
        <Input
          id={id}
          required={!optional}
          minLength={2}
          maxLength={200}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      {error && <Failure error={error} />}
      <Button type="primary" htmlType="submit" loading={pending} disabled={disabled}>
        {send}
      </Button>
    </form>
  );
}
