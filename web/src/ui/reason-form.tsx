import { Button, Input } from 'antd';
import { type ReactElement, type ReactNode, useId, useState } from 'react';

import { Failure } from './states.tsx';

const TEXT = { minutes: '多久（分钟）', reason: '说明' } as const;
const LONGEST_MINUTES = 1440;

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label?: string;
}

/** How many minutes, a day at most. */
export function MinutesField({ value, onChange, label = TEXT.minutes }: FieldProps): ReactElement {
  const id = useId();
  return (
    <label htmlFor={id}>
      {label}
      <Input
        id={id}
        type="number"
        min={1}
        max={LONGEST_MINUTES}
        required
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}

/** Why, in a few words. */
export function ReasonField({
  value,
  onChange,
  label = TEXT.reason,
  optional = false,
}: FieldProps & { readonly optional?: boolean }): ReactElement {
  const id = useId();
  return (
    <label htmlFor={id}>
      {label}
      <Input
        id={id}
        required={!optional}
        minLength={2}
        maxLength={200}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}

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
      <ReasonField label={label} optional={optional} value={reason} onChange={setReason} />
      {error && <Failure error={error} />}
      <Button type="primary" htmlType="submit" loading={pending} disabled={disabled}>
        {send}
      </Button>
    </form>
  );
}
